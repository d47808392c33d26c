"""How well the payment grade ranks buyers by what they do next, on the real settled ledgers.

For each day asked about, every rated account's score of that day is compared with the 90 days
after it: of what fell due in the first 75 of them, the share of the amount paid more than 15 days
late or not at all. An account is *bad* when that share is at least a tenth. The score tables were
reasoned from published ladders and tuned on neither ledger; the plain days beyond terms of the
same day is the baseline. What a reader would get wrong: both ledgers hold settled items only, so
who never paid is not in them; this measures lateness, not default.
"""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from bench._claims import Claim, main
from xindun.connectors.ledger_files import Options, read_ledger
from xindun.engine.portfolio import review
from xindun.engine.run import Ledger, open_ledger

DATA = Path(os.environ.get("XINDUN_DATA", "../shared/data")) / "ledgers"
KNOWN = datetime.fromisoformat("2100-01-01")
LATE_DAYS, DUE_WITHIN, BAD_SHARE = 15, 75, 0.1
LEDGERS = (
    ("us_food_distributor_settled.csv", Options(), (date(2019, 7, 1), date(2019, 9, 30))),
    (
        "receivables_2012_2013.csv",
        Options(date_order="mdy"),
        (date(2012, 12, 31), date(2013, 6, 30)),
    ),
)


@dataclass(frozen=True)
class Judged:
    """One account on one day: what was said, and what came."""

    score: float
    days_beyond_terms: float
    late_share: float


def measure(quick: bool) -> list[Claim]:
    """One set of figures a ledger and day; none when the real ledgers are absent."""
    del quick  # the ledgers are small
    claims: list[Claim] = []
    for name, options, days in LEDGERS:
        if not (DATA / name).is_file():
            continue
        with tempfile.TemporaryDirectory() as home:
            folder = read_ledger([DATA / name], options, Path(home) / "ledger").folder
            for day in days:
                with open_ledger(folder) as ledger:
                    claims += _claims(name.removesuffix(".csv"), day, _judged(ledger, day))
    return claims


def _judged(ledger: Ledger, day: date) -> list[Judged]:
    after = _late_shares(ledger, day)
    accounts = review(ledger, as_of=day, known_at=KNOWN, today_actions=False).accounts.to_pylist()
    return [
        Judged(
            float(row["health_score"]),
            row["days_beyond_terms"],
            after[row["buyer_id"], row["currency"]],
        )
        for row in accounts
        if row["grade"] is not None and (row["buyer_id"], row["currency"]) in after
    ]


def _late_shares(ledger: Ledger, day: date) -> dict[tuple[int, str], float]:
    """Share of the amount falling due after ``day`` that was paid late, by account."""
    rows = ledger.rows(
        f"""
        select buyer_id, currency,
          sum(case when paid.cleared_on <= due_on + {LATE_DAYS} then 0 else items.amount end)
            / sum(items.amount) as late_share
        from items left join settlements as paid using (item_id)
        where due_on > date '{day}' and due_on <= date '{day + timedelta(days=DUE_WITHIN)}'
          and items.kind = 'invoice'
        group by all
        """
    )
    return {(r["buyer_id"], r["currency"]): float(r["late_share"]) for r in rows.to_pylist()}


def auc(risks: list[float], bad: list[bool]) -> float:
    """The chance that a bad account has the higher risk of a random pair; ties count half."""
    ranks = _ranks(risks)
    worse = [rank for rank, is_bad in zip(ranks, bad, strict=True) if is_bad]
    better = len(bad) - len(worse)
    if not worse or not better:
        return float("nan")
    return (sum(worse) - len(worse) * (len(worse) + 1) / 2) / (len(worse) * better)


def rank_correlation(left: list[float], right: list[float]) -> float:
    """Spearman's: the correlation of the mid-ranks."""
    a, b = _ranks(left), _ranks(right)
    middle = (len(a) + 1) / 2
    both = sum((x - middle) * (y - middle) for x, y in zip(a, b, strict=True))
    spread = (sum((x - middle) ** 2 for x in a) * sum((y - middle) ** 2 for y in b)) ** 0.5
    return both / spread if spread else float("nan")


def _ranks(values: list[float]) -> list[float]:
    order = sorted(range(len(values)), key=values.__getitem__)
    ranks = [0.0] * len(values)
    start = 0
    while start < len(order):
        end = start
        while end < len(order) and values[order[end]] == values[order[start]]:
            end += 1
        for position in order[start:end]:
            ranks[position] = (start + end + 1) / 2
        start = end
    return ranks


def _claims(ledger: str, day: date, judged: list[Judged]) -> list[Claim]:
    risk = [-row.score for row in judged]
    plain = [row.days_beyond_terms for row in judged]
    late = [row.late_share for row in judged]
    bad = [share >= BAD_SHARE for share in late]
    told = (
        f"{ledger} as of {day}: {len(judged)} rated accounts with invoices due in the next "
        f"{DUE_WITHIN} days; bad: at least {BAD_SHARE:.0%} of that amount paid over "
        f"{LATE_DAYS} days late (base rate {sum(bad) / max(len(bad), 1):.0%})"
    )
    figures: list[tuple[str, float]] = [
        ("auc_score", auc(risk, bad)),
        ("auc_days_beyond_terms", auc(plain, bad)),
        ("rank_correlation_score", rank_correlation(risk, late)),
        ("rank_correlation_days_beyond_terms", rank_correlation(plain, late)),
    ]
    no_goal: dict[str, Any] = {}
    return [Claim(f"grade_{name}", round(value, 3), "", no_goal, told) for name, value in figures]


if __name__ == "__main__":
    main(measure)
