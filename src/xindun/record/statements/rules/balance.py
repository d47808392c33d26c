"""Which sums of a statement belong together, how far rounding parts them, what follows from them.

What a reader would get wrong: the tolerance is no percentage. A printed figure is off by at most
half its last digit, so an identity of three of them by at most one and a half; anything more is an
error of somebody's, and the statement is refused with both sums.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from xindun.kernel.errors import DomainError
from xindun.record.statements.values import Balance, Figures


class Unbalanced(DomainError):
    """Two sums of the statement that cannot both be right."""

    code = "statement_unbalanced"
    sentence = "The statement does not balance: {left} against {right}."


class AssetsUnlikeClaims(Unbalanced):
    """Assets are not what liabilities and equity come to."""

    sentence = "Total assets are {left}, but liabilities and equity come to {right}."


class AssetsUnlikeTerms(Unbalanced):
    """Assets are not what their two terms come to."""

    sentence = "Current and non-current assets come to {left}, but total assets are {right}."


class LiabilitiesUnlikeTerms(Unbalanced):
    """Liabilities are not what their two terms come to."""

    sentence = (
        "Current and non-current liabilities come to {left}, but total liabilities are {right}."
    )


class GrossProfitUnlikeSales(Unbalanced):
    """Gross profit is not what sales leave over cost."""

    sentence = "Gross profit and cost of sales come to {left}, but sales are {right}."


class CurrentAssetsAboveTotal(Unbalanced):
    """A part above its whole."""

    sentence = "Current assets of {left} are above total assets of {right}."


class CurrentLiabilitiesAboveTotal(Unbalanced):
    """A part above its whole."""

    sentence = "Current liabilities of {left} are above total liabilities of {right}."


class CashAboveCurrentAssets(Unbalanced):
    """A part above its whole."""

    sentence = "Cash of {left} is above current assets of {right}."


class InventoryAboveCurrentAssets(Unbalanced):
    """A part above its whole."""

    sentence = "Inventory of {left} is above current assets of {right}."


class PayablesAboveCurrentLiabilities(Unbalanced):
    """A part above its whole."""

    sentence = "Payables of {left} are above current liabilities of {right}."


@dataclass(frozen=True, slots=True)
class Identity:
    """Lines of either side; ``equal`` or else the left at most the right."""

    left: tuple[str, ...]
    right: tuple[str, ...]
    refusal: type[Unbalanced]
    equal: bool = True


IDENTITIES = {
    "assets_equal_claims": Identity(
        ("total_assets",), ("total_liabilities", "equity"), AssetsUnlikeClaims
    ),
    "assets_by_term": Identity(
        ("current_assets", "non_current_assets"), ("total_assets",), AssetsUnlikeTerms
    ),
    "liabilities_by_term": Identity(
        ("current_liabilities", "non_current_liabilities"),
        ("total_liabilities",),
        LiabilitiesUnlikeTerms,
    ),
    "gross_profit": Identity(("gross_profit", "cost_of_sales"), ("sales",), GrossProfitUnlikeSales),
    "current_assets_within": Identity(
        ("current_assets",), ("total_assets",), CurrentAssetsAboveTotal, equal=False
    ),
    "current_liabilities_within": Identity(
        ("current_liabilities",), ("total_liabilities",), CurrentLiabilitiesAboveTotal, equal=False
    ),
    "cash_within": Identity(("cash",), ("current_assets",), CashAboveCurrentAssets, equal=False),
    "inventory_within": Identity(
        ("inventory",), ("current_assets",), InventoryAboveCurrentAssets, equal=False
    ),
    "payables_within": Identity(
        ("payables",), ("current_liabilities",), PayablesAboveCurrentLiabilities, equal=False
    ),
}
"""By code, those that matter most first.

Receivables and debt are left out: their customary figures reach over the terms (receivables due
after a year, the part of long-term debt that falls due).
"""


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
    for code, identity in IDENTITIES.items():
        names = (*identity.left, *identity.right)
        if not all(name in stated for name in names):
            continue
        left = sum((stated[name] for name in identity.left), Decimal(0))
        right = sum((stated[name] for name in identity.right), Decimal(0))
        tolerance = step * len(names) / 2
        gap = abs(left - right) if identity.equal else left - right
        found.append(Balance(code, left, right, tolerance, gap <= tolerance))
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


def check_balance(figures: Figures, unit: int) -> None:
    """Refuse figures whose sums cannot be right together.

    Raises:
        Unbalanced: the first identity that does not hold, with both sums.
    """
    for each in balances(figures, unit):
        if not each.holds:
            refusal = IDENTITIES[each.code].refusal
            raise refusal(identity=each.code, left=each.left, right=each.right)
