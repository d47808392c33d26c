"""One account prepared for reading: reasons, changes, formulas and behaviour as sentences.

Why here: a template cannot choose a unit. Ratios read as per cent and money in the account's
currency; the figures themselves stay as the run stored them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from xindun.control.monitoring.values import AccountFile
from xindun.prevention.limits.values import Formula
from xindun.prevention.scoring.values import Counterfactual, Reason
from xindun.web import formats
from xindun.web.words import known, phrase

NO_PAYMENTS = "no_settlements_in_ledger"
"""Behaviour read from such a ledger is the age of what is unpaid, and nothing else."""
WINDOWS = (
    ("dbt_181_365", "181–365"),
    ("dbt_91_180", "91–180"),
    ("dbt_0_90", "0–90"),
)


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """One contribution to the score, largest loss of points first in the list."""

    name: str
    sentence: str
    points: Decimal
    max_points: Decimal


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change of behaviour and the grade it would reach."""

    sentence: str
    gain: Decimal
    grade: int | None


@dataclass(frozen=True, slots=True)
class FormulaLine:
    """One way to a limit; ``binding`` marks the one that decided."""

    sentence: str
    amount: Decimal | None
    why_not: str
    binding: bool


@dataclass(frozen=True, slots=True)
class Window:
    """Days beyond terms in one window before the day; None where nothing fell into it."""

    label: str
    days: Decimal | None


@dataclass(frozen=True, slots=True)
class AccountView:
    """What the buyer page shows of one account beside the row's own figures."""

    reasons: tuple[ReasonLine, ...]
    changes: tuple[ChangeLine, ...]
    formulas: tuple[FormulaLine, ...]
    not_available: tuple[FormulaLine, ...]
    windows: tuple[Window, ...]
    facts: tuple[tuple[str, str], ...]
    not_rated: str
    judged: bool
    confidence: str
    binding: str


def view_of(account: AccountFile) -> AccountView:
    """Prepare one account for the page."""
    row, behaviour = account.row, account.behaviour
    formulas = [_formula(each, account) for each in account.recommendation.formulas]
    usable = [line for line in formulas if not line.why_not]
    confidence = row.confidence if isinstance(row.confidence, str) else None
    return AccountView(
        reasons=tuple(_reason(each, row.currency) for each in account.score.reasons),
        changes=tuple(_change(each, row.currency) for each in account.score.counterfactuals),
        formulas=tuple(sorted(usable, key=lambda line: line.amount or Decimal(0))),
        not_available=tuple(line for line in formulas if line.why_not),
        windows=tuple(Window(label, behaviour.get(name)) for name, label in WINDOWS),
        facts=_facts(account),
        not_rated=phrase("not_rated", row.not_rated_reason),
        judged=row.not_rated_reason != NO_PAYMENTS,
        confidence=phrase("confidence", confidence or behaviour.get("confidence")),
        binding=next((line.sentence for line in formulas if line.binding), ""),
    )


def _reason(reason: Reason, currency: str) -> ReasonLine:
    factor = reason.code.removesuffix("_unknown")
    name = phrase("factor", factor)
    if known("reason", reason.code):
        sentence = phrase("reason", reason.code, {"value": reason.value, **reason.params}, currency)
    else:
        sentence = _("Not known for this buyer.")
    return ReasonLine(name, sentence, reason.points, reason.max_points)


def _change(change: Counterfactual, currency: str) -> ChangeLine:
    params = {"from": change.from_value, "to": change.to_value, **change.params}
    sentence = phrase("change", change.code, params, currency)
    return ChangeLine(sentence, change.gain_points, change.reaches_grade)


def _formula(formula: Formula, account: AccountFile) -> FormulaLine:
    return FormulaLine(
        sentence=phrase("limit", formula.code, formula.params, account.row.currency),
        amount=formula.amount,
        why_not="" if formula.available else phrase("limit_reason", formula.reason),
        binding=formula.code == account.recommendation.binding,
    )


def _facts(account: AccountFile) -> tuple[tuple[str, str], ...]:
    """Further behaviour, as name and text; what is not known is left out."""
    currency, found = account.row.currency, account.behaviour

    def amount(value: Any) -> str:
        # Some of these are means: without a currency there is no minor unit to round them to.
        return formats.money_with_code(Decimal(value).quantize(formats.CENT), currency)

    def days(value: Any) -> str:
        return _("{days} days").format(days=formats.number(value, 0))

    def spread(value: Any) -> str:
        return _("± {days} days").format(days=formats.number(value, 1))

    def count(value: Any) -> str:
        return formats.number(value, 0)

    shown: tuple[tuple[str, str, Callable[[Any], str]], ...] = (
        (_("Largest amount paid on time"), "largest_paid_on_time", amount),
        (_("Average monthly sales"), "monthly_sales", amount),
        (_("Usual terms"), "terms_days", days),
        (_("Scatter of payment days"), "volatility_days", spread),
        (_("Invoices judged"), "judged_items", count),
        (_("History"), "history_days", days),
        (_("First invoice"), "first_issued_on", formats.day),
        (_("Last invoice"), "last_issued_on", formats.day),
    )
    return tuple(
        (label, write(found[name])) for label, name, write in shown if found.get(name) is not None
    )
