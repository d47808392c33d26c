"""Money: a decimal amount in one ISO 4217 currency.

What a reader would get wrong: amounts in two currencies never add, and a currency's number of
decimals is a fact of ISO 4217 (JPY 0, KWD 3), not always two. ``XXX`` ("no currency") stands for
a ledger that names none; it has no minor unit, so up to four decimals are kept as written.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, Decimal
from functools import cache

import iso4217

from xindun.kernel.errors import DomainError

NO_CURRENCY = "XXX"
MAX_DECIMALS = 4


class UnknownCurrency(DomainError):
    """The code is not in ISO 4217."""

    code = "unknown_currency"
    sentence = "{currency} is not an ISO 4217 currency code; use one like EUR, USD or CNY."


class CurrencyMismatch(DomainError):
    """Two currencies met in one sum."""

    code = "currency_mismatch"
    sentence = "{left} and {right} cannot be added; convert one at a dated rate first."


@cache
def minor_units(currency: str) -> int:
    """Decimals of a currency by ISO 4217; four for codes without a minor unit such as XXX.

    Raises:
        UnknownCurrency: the code is not in the standard.
    """
    try:
        exponent = iso4217.Currency(currency).exponent
    except ValueError as error:
        raise UnknownCurrency(currency=currency) from error
    return MAX_DECIMALS if exponent is None else int(exponent)


def is_currency(code: str) -> bool:
    """Whether ``code`` is an ISO 4217 alphabetic code."""
    try:
        minor_units(code)
    except UnknownCurrency:
        return False
    return True


@dataclass(frozen=True, slots=True, order=False)
class Money:
    """An exact amount in a currency; arithmetic stays within the currency."""

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        minor_units(self.currency)

    def __add__(self, other: Money) -> Money:
        self._same(other)
        return Money(self.amount + other.amount, self.currency)

    def __sub__(self, other: Money) -> Money:
        self._same(other)
        return Money(self.amount - other.amount, self.currency)

    def __neg__(self) -> Money:
        return Money(-self.amount, self.currency)

    def __lt__(self, other: Money) -> bool:
        self._same(other)
        return self.amount < other.amount

    def rounded(self) -> Money:
        """Rounded half-even to the currency's minor unit."""
        return Money(quantize(self.amount, self.currency), self.currency)

    def rounded_down(self) -> Money:
        """Rounded towards zero to the currency's minor unit (limits, cover)."""
        return Money(quantize(self.amount, self.currency, ROUND_DOWN), self.currency)

    def _same(self, other: Money) -> None:
        if self.currency != other.currency:
            raise CurrencyMismatch(left=self.currency, right=other.currency)


def quantize(amount: Decimal, currency: str, rounding: str = ROUND_HALF_EVEN) -> Decimal:
    """``amount`` with exactly the currency's decimals; half-even unless another rounding is named.

    >>> quantize(Decimal("2.345"), "EUR"), quantize(Decimal("1250.5"), "JPY")
    (Decimal('2.34'), Decimal('1250'))
    """
    return amount.quantize(Decimal(1).scaleb(-minor_units(currency)), rounding=rounding)
