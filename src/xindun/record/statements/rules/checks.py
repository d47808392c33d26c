"""What a statement must say before it is recorded."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from xindun.kernel.errors import DomainError
from xindun.kernel.money import minor_units
from xindun.record.statements.rules.balance import check_balance
from xindun.record.statements.rules.periods import months_of
from xindun.record.statements.values import UNITS, Figures, NewStatement

MOST_MONTHS = 24
SOURCE_LENGTH = 300
MOST_DIGITS, DECIMALS = 24, 4


class UnitMissing(DomainError):
    """No unit, or none that sheets are written in."""

    code = "statement_unit_missing"
    sentence = "Say what unit the amounts are written in; it is never guessed."


class BadPeriod(DomainError):
    """No period that accounts could cover, or one that has not ended."""

    code = "statement_period"
    sentence = "Accounts cover one to {months} months and have ended: {starts_on} to {ends_on}."


class BadSource(DomainError):
    """Nobody can check a statement without a source."""

    code = "statement_source"
    sentence = "A source of 1 to {length} characters is needed."


class EmptyStatement(DomainError):
    """Not one line."""

    code = "statement_empty"
    sentence = "No line of the statement has an amount."


class NegativeTotal(DomainError):
    """A total that cannot be below zero."""

    code = "statement_negative_total"
    sentence = "{line} cannot be negative: {amount}."


class AmountTooLong(DomainError):
    """More digits than any company's accounts have."""

    code = "statement_amount"
    sentence = "{line} has more digits than can be kept: {amount}."


class BadRate(DomainError):
    """A rate that is not a positive number."""

    code = "statement_usd_rate"
    sentence = "US dollars for one unit of the currency must be above zero."


def check_statement(new: NewStatement, today: date) -> None:
    """Refuse what cannot be recorded.

    Raises:
        UnitMissing, UnknownCurrency, BadPeriod, BadSource, EmptyStatement, AmountTooLong,
        NegativeTotal, BadRate, Unbalanced: as named.
    """
    if new.unit not in UNITS:
        raise UnitMissing
    minor_units(new.currency)
    months = months_of(new.starts_on, new.ends_on)
    if not 1 <= months <= MOST_MONTHS or new.ends_on > today:
        raise BadPeriod(months=MOST_MONTHS, starts_on=new.starts_on, ends_on=new.ends_on)
    if not 1 <= len(" ".join(new.source.split())) <= SOURCE_LENGTH:
        raise BadSource(length=SOURCE_LENGTH)
    if new.usd_rate is not None and not new.usd_rate > 0:
        raise BadRate
    check_figures(new.figures, new.unit)


def check_figures(figures: Figures, unit: int) -> None:
    """Refuse figures that cannot be a company's.

    Raises:
        EmptyStatement, AmountTooLong, NegativeTotal, Unbalanced: as named.
    """
    stated = figures.stated()
    if not stated:
        raise EmptyStatement
    for name, amount in stated.items():
        if not amount.is_finite() or abs(amount) >= Decimal(10) ** (MOST_DIGITS - DECIMALS):
            raise AmountTooLong(line=name, amount=amount)
    for name in ("total_assets", "current_assets", "total_liabilities", "current_liabilities"):
        if stated.get(name, Decimal(0)) < 0:
            raise NegativeTotal(line=name, amount=stated[name])
    check_balance(figures, unit)
