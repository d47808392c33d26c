"""Dated exchange rates, and the table by which amounts are converted on one day.

What a reader would get wrong: a rate is never guessed. Where the newest one on or before the day
is missing or too old, ``convert`` raises, and whoever decides by the amount holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, localcontext
from typing import NamedTuple
from uuid import UUID

from xindun.kernel.errors import DomainError
from xindun.kernel.money import Money

STALE_AFTER_DAYS = 7
"""A rate counts for so many days after its own. The ECB publishes on TARGET days in the afternoon:
its longest gap is Easter's, from Thursday to Tuesday, so that Tuesday morning still works with a
rate of five days; two more leave time to load the file."""
PRECISION = 50
"""Digits that a conversion carries before it rounds: more than amount and rates have together."""


class RateMissing(DomainError):
    """No rate of a currency on or before the day."""

    code = "rate_missing"
    sentence = "There is no exchange rate of {currency} on or before {on}; load one."


class RateStale(DomainError):
    """The newest rate of a currency is too old for the day."""

    code = "rate_stale"
    sentence = (
        "The newest exchange rate of {currency} on or before {on} is of {quoted_on}, and it counts"
        " for {days} days only; load a newer one."
    )


class Quote(NamedTuple):
    """One rate of a file: ``per_unit`` units of ``currency`` for one of the file's quotation."""

    currency: str
    on: date
    per_unit: Decimal


@dataclass(frozen=True, slots=True)
class ReadRates:
    """A file of rates as it was read, whole.

    Attributes:
        source: who publishes them, such as ``ECB``.
        quoted_in: the currency whose one unit every quote prices.
        left_out: currencies of the file that ISO 4217 no longer has; no amount can be in them.
        sha256: of the file's bytes, in hex.
    """

    source: str
    quoted_in: str
    quotes: tuple[Quote, ...]
    left_out: tuple[str, ...]
    sha256: str


@dataclass(frozen=True, slots=True)
class RateLoad:
    """What one load added.

    Attributes:
        added: rates of days that had none.
        corrected: rates that replace one of the same currency and day; the old one stays.
        unchanged: rates of the file that were known.
        first_on, last_on: the days that the file covers.
    """

    public_id: UUID
    source: str
    quoted_in: str
    sha256: str
    added: int
    corrected: int
    unchanged: int
    first_on: date
    last_on: date
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Rate:
    """``per_unit`` units of ``currency`` for one unit of the table's quotation currency."""

    currency: str
    per_unit: Decimal
    on: date
    source: str


@dataclass(frozen=True, slots=True)
class Converted:
    """An amount in another currency, and what made it so.

    Attributes:
        money: rounded half-even to the minor unit; the very amount when no rate was needed.
        rate_used: units of the new currency for one of the old.
        from_rate, to_rate: the two quotations; None for the quotation currency itself.
    """

    money: Money
    rate_used: Decimal
    from_rate: Rate | None
    to_rate: Rate | None


@dataclass(frozen=True, slots=True)
class ExchangeTable:
    """The newest rate of each currency on or before a day.

    Attributes:
        on: the day for which amounts are converted.
        quoted_in: the currency that all rates price; empty while nothing is loaded.
        rates: by currency; the quotation currency needs none.
        stale_after_days: a rate older than so many days does not count.
        load: the newest load that was known; a decision stores it with ``on``.
    """

    on: date
    quoted_in: str
    rates: Mapping[str, Rate]
    stale_after_days: int = STALE_AFTER_DAYS
    load: UUID | None = None

    def is_stale(self, rate: Rate) -> bool:
        """Whether the rate is too old for the day."""
        return (self.on - rate.on).days > self.stale_after_days

    def convert(self, money: Money, to_currency: str) -> Converted:
        """An amount in ``to_currency``: by the quotation currency, then rounded once.

        Items are converted before they are added, each rounded half-even to the minor unit, so a
        sum differs from the converted sum by less than a minor unit an item. An amount that is
        in ``to_currency`` comes back untouched.

        >>> table = ExchangeTable(date(2024, 5, 3), "EUR", {
        ...     "USD": Rate("USD", Decimal("1.0750"), date(2024, 5, 3), "ECB"),
        ...     "JPY": Rate("JPY", Decimal("164.50"), date(2024, 5, 3), "ECB")})
        >>> table.convert(Money(Decimal("100.00"), "USD"), "JPY").money
        Money(amount=Decimal('15302'), currency='JPY')

        Raises:
            RateMissing, RateStale: as named; never for an amount already in ``to_currency``.
            UnknownCurrency: no ISO 4217 code.
        """
        if money.currency == to_currency:
            return Converted(money, Decimal(1), None, None)
        source, target = self._rate(money.currency), self._rate(to_currency)
        with localcontext(prec=PRECISION):
            down = source.per_unit if source else Decimal(1)
            up = target.per_unit if target else Decimal(1)
            amount = Money(money.amount * up / down, to_currency).rounded()
            used = up / down
        return Converted(amount, +used, source, target)

    def _rate(self, currency: str) -> Rate | None:
        if currency == self.quoted_in:
            return None
        rate = self.rates.get(currency)
        if rate is None:
            raise RateMissing(currency=currency, on=self.on)
        if self.is_stale(rate):
            raise RateStale(
                currency=currency, on=self.on, quoted_on=rate.on, days=self.stale_after_days
            )
        return rate
