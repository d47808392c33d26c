"""Purposes, roles, verdicts and limits of models as people read them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xindun.engine.late_payment.artefact import LIMITS as LATE_LIMITS
from xindun.prevention.models.values import DriftVerdict, ModelRole, Purpose
from xindun.web.grade.words import reason_name
from xindun.web.words import known, phrase

PURPOSES: dict[Purpose, Any] = {
    Purpose.DEFAULT_RISK: gettext_lazy("Default risk from statements"),
    Purpose.LISTED: gettext_lazy("Default risk, with market value"),
    Purpose.LATE_PAYMENT: gettext_lazy("Late payment of invoices"),
}
USES: dict[Purpose, Any] = {
    Purpose.DEFAULT_RISK: gettext_lazy("The champion gives the financial part of every grade."),
    Purpose.LISTED: gettext_lazy("For listed companies, on the command line; no grade reads it."),
    Purpose.LATE_PAYMENT: gettext_lazy("The champion says when open invoices will be paid."),
}
ROLES: dict[ModelRole, tuple[Any, str]] = {
    ModelRole.CHAMPION: (gettext_lazy("In use (champion)"), "good"),
    ModelRole.CHALLENGER: (gettext_lazy("Challenger"), "fair"),
    ModelRole.RETIRED: (gettext_lazy("Retired"), "none"),
}
VERDICTS: dict[DriftVerdict, tuple[Any, str]] = {
    DriftVerdict.QUIET: (gettext_lazy("Quiet"), "good"),
    DriftVerdict.WATCH: (gettext_lazy("Watch"), "poor"),
    DriftVerdict.ACT: (gettext_lazy("Act"), "bad"),
    DriftVerdict.TOO_FEW: (gettext_lazy("Too few rows to say"), "none"),
}
LIMITS: dict[str, Any] = {
    "listed_us_firms": gettext_lazy(
        "Learnt from listed US firms; elsewhere it ranks, its probability is uncalibrated."
    ),
    "annual_statements": gettext_lazy("Reads annual statements: it cannot see 180 days by itself."),
    "legal_failure_only": gettext_lazy(
        "A failure is a bankruptcy filing; firms that were rescued or sold do not count."
    ),
    "base_rate_of_its_years": gettext_lazy("States the base rate of the years it learnt from."),
    "never_raises_a_limit": gettext_lazy("Never raises a limit alone."),
    LATE_LIMITS[0]: gettext_lazy("Says when an invoice is paid, never whether the buyer fails."),
    LATE_LIMITS[1]: gettext_lazy(
        "Holds for the ledger it was trained on; another seller's buyers pay another way."
    ),
    LATE_LIMITS[2]: gettext_lazy(
        "Sees payments and invoices only: a dispute, a promise or bad news is not in it."
    ),
}
BASELINES = {"logistic": gettext_lazy("Logistic regression")}


def baseline_name(code: str) -> str:
    """A baseline in words."""
    if code in BASELINES:
        return str(BASELINES[code])
    return phrase("distress", code) if known("distress", code) else code


def figure_name(name: str) -> str:
    """A score or an input whose drift is shown."""
    return _("The score itself") if name == "probability" else reason_name(name)


def late_name(days: int) -> str:
    """What a late-payment model is asked."""
    return _("Paid late") if days == 0 else _("Paid more than %(n)s days late") % {"n": days}
