"""Names of buckets, columns and currencies in the reader's language.

What a reader would get wrong: the labels in JSON ("31-60", "not_due") never change; these are
for people only.
"""

from __future__ import annotations

from decimal import Decimal

from babel import Locale

from xindun.cli.review.figures import percent
from xindun.cli.review.sentences import Speaker
from xindun.kernel.money import NO_CURRENCY


class Names:
    """What people call things."""

    def __init__(self, say: Speaker) -> None:
        self._say = say
        locale = Locale("zh" if say.lang == "zh" else "en")
        self._currencies = locale.currencies
        self._months = locale.months["stand-alone"]["abbreviated"]

    def bucket(self, label: str) -> str:
        """An ageing bucket: "31–60 days late"."""
        if label == "not_due":
            return self._say("Not due")
        if label.startswith(">"):
            return self._say("Over {days} days", days=label[1:])
        return self._say("{days} days", days=label.replace("-", "–"))

    def month(self, number: int) -> str:
        """A calendar month, shortened: "Jan" or "1月"."""
        return str(self._months[number])

    def years(self, label: str) -> str:
        """A bucket of the ageing by recognition date (账龄)."""
        texts = {
            "<1y": self._say("Within 1 year"),
            "1-2y": self._say("1–2 years"),
            "2-3y": self._say("2–3 years"),
            ">3y": self._say("Over 3 years"),
        }
        return texts[label]

    def currency(self, code: str) -> str:
        """A currency's name; XXX is a ledger that names none."""
        if code == NO_CURRENCY:
            return self._say("No currency named in the ledger")
        return str(self._currencies.get(code, code))

    def control(self, part: str) -> str:
        """A part of the control totals."""
        texts = {
            "file": self._say("File"),
            "ledger": self._say("Ledger"),
            "rejects": self._say("Rejects"),
        }
        return texts[part]

    def ageing(self, buckets: dict[str, str], total: str) -> str:
        """The ageing in one sentence, for those who cannot see the bar."""
        parts = [
            f"{self.bucket(label)} {percent(amount, total)}"
            for label, amount in buckets.items()
            if Decimal(amount) > 0
        ]
        return self._say("Ageing: {parts}", parts=", ".join(parts) or "–")
