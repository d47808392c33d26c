"""Every figure's name and method, as its tooltip and the methods section show them.

What a reader would get wrong: DSO is days and turnover is turns a year (应收账款周转天数 and
周转率); grade and health score point in opposite directions. The formulas are those of
docs/explanation; the engine computes them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xindun.web.words import phrase

ENGINE = ""
"""Marks a method whose sentence stands beside the engine's code."""


@dataclass(frozen=True, slots=True)
class Method:
    """A figure's label and how it is made."""

    code: str
    label: str | Promise
    sentence: str | Promise

    @property
    def text(self) -> str:
        """How it is made; a key figure's method is the engine's own sentence."""
        return phrase("method", self.code) if self.sentence == ENGINE else str(self.sentence)


def _all(**methods: tuple[str | Promise, str | Promise]) -> dict[str, Method]:
    return {code: Method(code, label, text) for code, (label, text) in methods.items()}


METHODS = _all(
    open_total=(
        _("Open total"),
        _(
            "Invoices and retention money not yet settled on the day, disputed ones included. "
            "The ageing buckets add up to it exactly. A bill counts as payment from the day it "
            "was honoured."
        ),
    ),
    overdue=(_("Overdue"), _("The part of the open total that is past its due date.")),
    net=(
        _("Net balance"),
        _("Open total less open credit notes and less receipts not yet applied."),
    ),
    credits=(_("Open credit notes"), _("Credit notes not yet used against an invoice.")),
    unapplied=(_("Unapplied cash"), _("Receipts, or parts of them, that settle no invoice yet.")),
    under_bills=(
        _("Covered by live bills"),
        _(
            "Invoices paid by a bill that is not honoured yet. They stay in the open total and "
            "age from the bill's maturity."
        ),
    ),
    unbilled=(
        _("Delivered, not invoiced"),
        _("Goods that were shipped without an invoice so far. Outside the open total."),
    ),
    disputed=(_("Disputed"), _("The part of the open total that the buyer disputes.")),
    ageing=(
        _("Ageing"),
        _(
            "Open amounts by days past the current due date. Items without a due date count as "
            "not due."
        ),
    ),
    recognition=(
        _("Ageing by recognition date"),
        _("Open amounts by time since the sale was recognised, as for the provision matrix."),
    ),
    dso_countback=(_("DSO, countback"), ENGINE),
    dso_simple=(_("DSO, simple"), ENGINE),
    dso_best_possible=(_("DSO, best possible"), ENGINE),
    average_days_delinquent=(_("Average days delinquent"), ENGINE),
    collection_effectiveness=(_("Collection effectiveness"), ENGINE),
    turnover_turns=(_("Receivables turnover"), ENGINE),
    turnover_days=(_("Turnover in days"), ENGINE),
    provision=(_("Provision"), ENGINE),
    concentration=(
        _("Concentration"),
        _(
            "Share of the open total owed by the largest buyers. HHI is the sum of the squared "
            "shares: 10,000 is a single buyer."
        ),
    ),
    grade=(
        _("Grade"),
        _("1 is best, 10 is worst. From payment behaviour alone; it is no default probability."),
    ),
    health_score=(
        _("Health score"),
        _("0 to 100, higher is safer: the sum of the points of the reasons below."),
    ),
    payment_index=(
        _("Payment index"),
        _("1 to 100 on the published days-beyond-terms ladder; 80 is paid on the due date."),
    ),
    days_beyond_terms=(
        _("Days beyond terms"),
        _(
            "Days paid after the due date, weighted by amount. What is still unpaid counts with "
            "its age to date. Negative is early."
        ),
    ),
    on_time_ratio=(
        _("Paid on time"),
        _(
            "Share of the amount paid by its due date (next working day where that was none). "
            "Credit notes, set-off and write-offs never count as paid."
        ),
    ),
    trend_days=(
        _("Trend"),
        _("Days beyond terms of the last 90 days less those before. Above zero: getting slower."),
    ),
    limit=(
        _("Recommended limit"),
        _(
            "The smallest of the formulas that the ledger supports, rounded down. A "
            "recommendation; it grants nothing."
        ),
    ),
    over_limit=(
        _("Above the limit"),
        _("Net balance less the recommended limit, where it is more."),
    ),
    actions=(
        _("To do today"),
        _(
            "Ranked by urgency × the share of your open total at stake. The amount is the money "
            "at stake."
        ),
    ),
)
"""Code → method."""


def methods_of(codes: Iterable[str]) -> list[Method]:
    """The methods of the figures on a page, for its methods section."""
    return [METHODS[code] for code in codes]
