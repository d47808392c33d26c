"""One decision laid out for its page: rules, limits, what the exposure is made of, rates."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from xindun.control.gate import reads
from xindun.control.gate.values import Decision, Facts, LimitView, Line, Outcome
from xindun.prevention.credit_policy.values import Reaction
from xindun.web import formats
from xindun.web.orders.words import (
    LIMITS,
    figure_text,
    items_text,
    reaction_name,
    rule_name,
    sentence,
)

REACHED, TIGHT = Decimal(1), Decimal("0.8")


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule of the table."""

    name: str
    why: str
    figure: str
    bound: str
    items: str
    result: str
    tone: str
    reaction: str
    binding: bool = False


@dataclass(frozen=True, slots=True)
class LimitBar:
    """One limit beside the others."""

    name: str
    view: LimitView
    tone: str
    over: Decimal


@dataclass(frozen=True, slots=True)
class Piece:
    """One part of the exposure; ``counts`` is False for what lies beyond the credit horizon."""

    name: str
    amount: Decimal
    counts: bool = True


def rule_rows(decision: Decision) -> list[RuleRow]:
    """Every line: what decided, then what else failed, the hardest first, then the rest."""
    lines = sorted(decision.verdict.lines, key=_weight, reverse=True)
    rows = [_rule(line, decision) for line in lines]
    decided = decision.verdict.outcome is not Outcome.RELEASE and rows
    return [replace(rows[0], binding=True), *rows[1:]] if decided else rows


def _weight(line: Line) -> int:
    return tuple(Reaction).index(line.reaction) if line.passed is False else -1


def limit_bars(decision: Decision) -> list[LimitBar]:
    """The limits side by side, each with what is used of it."""
    return [_bar(view) for view in decision.verdict.limits]


def pieces_of(found: reads.Position, horizon_days: int) -> list[Piece]:
    """What the exposure is made of, in the decision's currency; security is below zero."""
    days = {"days": horizon_days}
    pieces = [
        Piece(_("Open items and deliveries in the ledger, less credits"), found.ledger),
        Piece(_("Delivered or invoiced, not in the ledger yet"), found.in_hand),
        Piece(_("Other orders to be delivered within {days} days").format(**days), found.due),
        Piece(_("Other orders to be delivered later"), found.later, counts=False),
        Piece(_("This order, less what is prepaid for it"), found.document, found.document_is_due),
    ]
    if found.security:
        pieces.append(Piece(_("Security, after its haircut"), -found.security))
    return pieces


def rates_of(facts: Facts) -> list[tuple[str, str]]:
    """Each currency that occurs with what one unit of it is worth."""
    return [
        (
            f"1 {currency}",
            _("not known") if rate is None else f"{rate.normalize():f} {facts.currency}",
        )
        for currency, rate in facts.rates
    ]


def order_facts(facts: Facts) -> list[tuple[str, str]]:
    """The order as it was asked about, besides its amount."""
    asked = facts.asked
    lines = [
        (_("Delivery day"), formats.day(asked.deliver_on)),
        (
            _("Payment terms"),
            formats.DASH
            if asked.terms_days is None
            else _("{days} days").format(days=asked.terms_days),
        ),
    ]
    named: list[tuple[str, Any]] = [(_("Contract"), asked.contract)]
    named += [
        (name, formats.money_with_code(amount, asked.currency))
        for name, amount in (
            (_("Prepaid, cleared"), asked.prepaid),
            (_("Released before"), asked.released),
            (_("Delivered before"), asked.delivered),
        )
        if amount
    ]
    return lines + [(name, value) for name, value in named if value]


def _rule(line: Line, decision: Decision) -> RuleRow:
    result, tone = _("Passed"), "good"
    if line.passed is None:
        result, tone = _("Not known"), "none"
    elif not line.passed:
        result = reaction_name(line.reaction)
        tone = {Reaction.NONE: "none", Reaction.WARN: "fair", Reaction.HOLD: "poor"}.get(
            line.reaction, "bad"
        )
    return RuleRow(
        name=rule_name(line.code),
        why=sentence(line.code) if line.passed is False else "",
        figure=figure_text(line, decision, line.figure),
        bound=figure_text(line, decision, line.bound),
        items=items_text(line),
        result=result,
        tone=tone,
        reaction=reaction_name(line.reaction),
    )


def _bar(view: LimitView) -> LimitBar:
    part = formats.share_of(view.used, view.amount) or Decimal(0)
    tone = "bad" if part > REACHED else "fair" if part > TIGHT else "good"
    if view.kind == "secured":
        tone = "brand"
    return LimitBar(
        name=str(LIMITS.get(view.kind, view.kind)),
        view=view,
        tone=tone,
        over=max(Decimal(0), view.used - view.amount),
    )
