"""What a statement must satisfy before it is recorded, and what follows from its lines.

What a reader would get wrong: the tolerance is no percentage. A printed figure is off by at most
half its last digit, so an identity of three of them by at most one and a half; anything more is an
error of somebody's, and the statement is refused with both sums.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from xindun.kernel.errors import DomainError
from xindun.kernel.money import minor_units
from xindun.record.statements.values import UNITS, Balance, Figures, NewStatement, Statement

DAYS_A_MONTH = Decimal("365.25") / 12
MOST_MONTHS = 24
SOURCE_LENGTH = 300
MOST_DIGITS, DECIMALS = 24, 4
IDENTITIES: tuple[tuple[str, tuple[str, ...], tuple[str, ...], bool], ...] = (
    ("assets_equal_claims", ("total_assets",), ("total_liabilities", "equity"), True),
    ("assets_by_term", ("current_assets", "non_current_assets"), ("total_assets",), True),
    (
        "liabilities_by_term",
        ("current_liabilities", "non_current_liabilities"),
        ("total_liabilities",),
        True,
    ),
    ("gross_profit", ("gross_profit", "cost_of_sales"), ("sales",), True),
    ("current_assets_within", ("current_assets",), ("total_assets",), False),
    ("current_liabilities_within", ("current_liabilities",), ("total_liabilities",), False),
    ("cash_within", ("cash",), ("current_assets",), False),
    ("inventory_within", ("inventory",), ("current_assets",), False),
    ("payables_within", ("payables",), ("current_liabilities",), False),
)
"""Code, lines of either side, and whether the sides are equal or the first at most the second.

Receivables and debt are left out: their customary figures reach over the terms (receivables due
after a year, the part of long-term debt that falls due).
"""


class Unbalanced(DomainError):
    """Two sums of the statement that cannot both be right."""

    code = "statement_unbalanced"
    sentence = "The statement does not balance ({identity}): {left} against {right}."


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


def months_of(starts_on: date, ends_on: date) -> int:
    """Months that a period covers, by its days: a year of 52 or 53 weeks is twelve.

    >>> months_of(date(2023, 1, 1), date(2023, 3, 31))
    3
    >>> months_of(date(2023, 1, 2), date(2024, 1, 7))
    12
    """
    return round(Decimal((ends_on - starts_on).days + 1) / DAYS_A_MONTH)


def starts_of(ends_on: date, months: int) -> date:
    """First day of a period of whole months that ends on ``ends_on``.

    >>> starts_of(date(2024, 2, 29), 12), starts_of(date(2023, 6, 30), 6)
    (datetime.date(2023, 3, 1), datetime.date(2023, 1, 1))
    """
    following = ends_on + timedelta(days=1)
    year, month = divmod(following.year * 12 + following.month - 1 - months, 12)
    day = following.day
    while True:
        try:
            return date(year, month + 1, day)
        except ValueError:
            day -= 1  # a month without that day


def is_year_before(earlier: Statement, later: Statement) -> bool:
    """Whether growth may be read from one to the other: same length, basis and money, a year on."""
    days = (later.ends_on - earlier.ends_on).days
    return (
        340 <= days <= 390
        and earlier.months == later.months
        and earlier.scope is later.scope
        and earlier.standard is later.standard
        and earlier.currency == later.currency
    )


def completed(figures: Figures) -> tuple[Figures, tuple[str, ...]]:
    """The figures with what follows from them, and the names of what was worked out.

    Only identities of accounting are used, never an estimate.
    """
    stated = figures.stated()
    found: dict[str, Decimal] = {}
    for whole, parts in (
        ("total_assets", ("current_assets", "non_current_assets")),
        ("total_liabilities", ("current_liabilities", "non_current_liabilities")),
        ("total_assets", ("total_liabilities", "equity")),
        ("sales", ("gross_profit", "cost_of_sales")),
        ("ebitda", ("ebit", "depreciation")),
    ):
        found |= _missing_part(stated | found, whole, parts)
    return replace(figures, **found), tuple(found)


def _missing_part(
    known: Mapping[str, Decimal], whole: str, parts: tuple[str, str]
) -> dict[str, Decimal]:
    """The one line of whole = part + part that is not known, when the two others are."""
    missing = [name for name in (whole, *parts) if name not in known]
    if len(missing) != 1:
        return {}
    [name] = missing
    if name == whole:
        return {name: known[parts[0]] + known[parts[1]]}
    other = parts[1] if name == parts[0] else parts[0]
    return {name: known[whole] - known[other]}


def balances(figures: Figures, unit: int) -> tuple[Balance, ...]:
    """Every identity whose lines are all stated, with both sums."""
    stated = figures.stated()
    step = printed_step(stated, unit)
    found = []
    for code, left, right, equal in IDENTITIES:
        names = (*left, *right)
        if not all(name in stated for name in names):
            continue
        sums = (sum((stated[name] for name in side), Decimal(0)) for side in (left, right))
        one, other = sums
        tolerance = step * len(names) / 2
        gap = one - other
        holds = abs(gap) <= tolerance if equal else gap <= tolerance
        found.append(Balance(code, one, other, tolerance, holds))
    return tuple(found)


def printed_step(stated: Mapping[str, Decimal], unit: int) -> Decimal:
    """What one of the sheet's last digit stands for: the unit, or its decimals where it has any.

    >>> printed_step({"cash": Decimal("12500")}, 10_000), printed_step({"cash": Decimal("7")}, 1)
    (Decimal('100.00'), Decimal('1'))
    """
    decimals = max(
        (-int((amount / unit).normalize().as_tuple().exponent) for amount in stated.values()),
        default=0,
    )
    return Decimal(unit).scaleb(-max(decimals, 0))


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
    for each in balances(figures, unit):
        if not each.holds:
            raise Unbalanced(identity=each.code, left=each.left, right=each.right)
