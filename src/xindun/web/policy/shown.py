"""A credit policy as sections of readable tables, for the screen and for the document.

What a reader would get wrong: both show the same sections. What the document says in prose besides
stands in ``document.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from xindun.prevention.credit_policy.values import (
    CheckRule,
    CreditPolicy,
    Reaction,
    RuleCode,
    Segment,
    Tier,
)
from xindun.web import formats
from xindun.web.granting import ROLES
from xindun.web.policy import words

EVEN_FROM = 4
"""Columns of a document's table from which the first one is no wider than the others."""
STEPS = (Reaction.WARN, Reaction.HOLD, Reaction.REFUSE)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of texts; the last ``figures`` columns stand to the right."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    figures: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the policy.

    Attributes:
        part: what the address of its form ends with; empty for what is no policy.
    """

    part: str
    title: str
    note: str
    tables: Sequence[Table] = ()
    items: Sequence[str] = ()


def sections_of(policy: CreditPolicy) -> list[Section]:
    """All of a policy, in the order in which it is applied."""
    return [
        _tiers(policy),
        _starter(policy),
        _knockouts(policy),
        *(_segment(policy, place) for place in range(len(policy.segments))),
        _numbers(policy),
        _authorities(policy),
        _fixed(),
    ]


def _tiers(policy: CreditPolicy) -> Section:
    head = (
        *(_("Tier"), _("Grade"), _("Limit"), _("Terms"), _("Prepayment"), _("Needs")),
        *(_("Early-payment discount"), _("Review")),
    )
    return Section(
        "tiers",
        _("Tiers by grade"),
        _(
            "Grade 1 is best. The limit is a multiple of the buyer's ordinary balance: monthly"
            " sales × payment terms ÷ 30."
        ),
        [Table(head, [_tier(each) for each in policy.tiers])],
    )


def _tier(tier: Tier) -> tuple[str, ...]:
    return (
        tier.code,
        f"{tier.best_grade}–{tier.worst_grade}",
        f"{words.plain(tier.limit_multiplier)}\u00a0×",
        _("{days} days").format(days=tier.terms_days) if tier.terms_days else _("no open account"),
        words.percent(tier.prepayment_share) if tier.prepayment_share else _("none"),
        str(words.BACKINGS[tier.security]),
        _discount(tier),
        _("every {days} days").format(days=tier.review_days),
    )


def _discount(tier: Tier) -> str:
    if tier.discount_percent is None or tier.discount_days is None:
        return _("none")
    percent, days = tier.discount_percent, tier.discount_days
    return _("{percent} within {days} days ({annual} a year)").format(
        percent=words.percent(percent / 100),
        days=days,
        annual=formats.share(annual_cost(percent, days, tier.terms_days)),
    )


def annual_cost(percent: Decimal, days: int, terms_days: int) -> Decimal:
    """What an early-payment discount costs a year: d/(1−d) × 365/(N−n), simple.

    >>> round(annual_cost(Decimal(2), 10, 30), 3)
    Decimal('0.372')
    """
    ratio = percent / 100
    return ratio / (1 - ratio) * 365 / (terms_days - days)


def _starter(policy: CreditPolicy) -> Section:
    starter = policy.starter
    rows = [
        (_("Cap without a granted limit"), _money(starter.cap, policy)),
        (
            _("A buyer is new until"),
            _("{documents} documents are paid in time and {days} days have passed").format(
                documents=starter.after_paid_documents, days=starter.after_days
            ),
        ),
        (
            _("Then its limit may rise by the factor"),
            f"{words.plain(starter.step_up_ratio)}\u00a0×",
        ),
    ]
    note = _("Credit for a buyer that nobody has decided on yet, and how it grows on performance.")
    return Section("starter", _("New customers"), note, [Table((), rows)])


def _knockouts(policy: CreditPolicy) -> Section:
    return Section(
        "numbers",
        _("Knock-outs"),
        _("While one of these public events is in force, every order on account is held."),
        items=[str(words.KNOCKOUTS[each]) for each in policy.knockouts] or [_("none")],
    )


def _segment(policy: CreditPolicy, place: int) -> Section:
    segment = policy.segments[place]
    head = (_("Check rule"), *(str(words.REACTIONS[each]) for each in STEPS))
    return Section(
        f"segments/{place}",
        _("Check rules: {segment}").format(segment=words.segment_name(segment.code)),
        whom(segment),
        [Table(head, rule_rows(segment.rules, policy.currency))],
    )


def whom(segment: Segment) -> str:
    """For which buyers a segment is, in words."""
    parts = []
    if segment.countries:
        parts.append(_("in {places}").format(places=words.places(segment.countries)))
    if segment.sectors:
        parts.append(_("of the sectors {places}").format(places=words.places(segment.sectors)))
    if segment.new_customers is not None:
        parts.append(_("that are new") if segment.new_customers else _("that are established"))
    if not parts:
        return _("For every buyer that no segment above fits.")
    return _("For buyers {conditions}; the first segment that fits counts.").format(
        conditions=", ".join(parts)
    )


def rule_rows(rules: Sequence[CheckRule], currency: str) -> list[tuple[str, ...]]:
    """One row a checked rule: what makes it warn, hold and refuse."""
    by_code: dict[RuleCode, dict[Reaction, CheckRule]] = {}
    for rule in rules:
        by_code.setdefault(rule.code, {})[rule.reaction] = rule
    return [
        (
            str(words.RULES[code]),
            *(_cell(by_code[code].get(step), currency) for step in STEPS),
        )
        for code in RuleCode
        if code in by_code
    ]


def _cell(rule: CheckRule | None, currency: str) -> str:
    return "" if rule is None else words.rule_text(rule, currency) or "✓"


def _numbers(policy: CreditPolicy) -> Section:
    rows: list[tuple[str, str]] = [
        (str(words.FIELDS["currency"]), policy.currency),
        (str(words.FIELDS["tolerance_ratio"]), words.percent(policy.tolerance_ratio)),
        (_("Credit horizon"), _("{days} days").format(days=policy.horizon_days)),
        (_("A reservation lasts"), _("{hours} hours").format(hours=policy.reservation_hours)),
        (_("A held order waits"), _("{hours} hours").format(hours=policy.hold_hours)),
    ]
    note = _(
        "Open orders to be delivered after the horizon do not count in the second limit rule. An"
        " order that a person released may rise by the tolerance and stays released."
    )
    return Section("numbers", _("Tolerance, horizon and deadlines"), note, [Table((), rows)])


def _authorities(policy: CreditPolicy) -> Section:
    rows = [
        (
            str(ROLES[each.role]),
            _("any amount") if each.up_to is None else _money(each.up_to, policy),
            str(each.worst_grade),
        )
        for each in policy.authorities
    ]
    return Section(
        "authorities",
        _("Authority"),
        _("Who may grant a limit or release an order, up to which amount and worst grade."),
        [Table((_("Role"), _("Up to"), _("Worst grade")), rows, figures=2)],
    )


def _fixed() -> Section:
    return Section(
        "",
        _("What no policy switches off"),
        "",
        items=[
            _("Sanctions, fraud and legal stops always hold an order."),
            _("Invoices for delivered goods, returns and fully prepaid orders are never held."),
            _("Nobody approves what they proposed themselves while somebody else could."),
        ],
    )


def _money(amount: Decimal, policy: CreditPolicy) -> str:
    return formats.money_with_code(amount, policy.currency)


def texts_of(section: Section) -> dict[str, Any]:
    """A section as the document's layout takes it."""
    tables = [
        {
            "head": list(table.head),
            "rows": [[each or formats.DASH for each in row] for row in table.rows],
            "figures": table.figures,
            "even": len(table.head) > EVEN_FROM,
        }
        for table in section.tables
        if table.rows
    ]
    return {"title": section.title, "note": section.note, "tables": tables, "items": section.items}
