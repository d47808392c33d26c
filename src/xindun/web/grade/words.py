"""Reasons, dimensions and inputs of a company grade as people read them.

What a reader would get wrong: what a buyer is told (``ADVICE``) names no grade, no probability and
no limit. It may be read aloud to the buyer; the rest of the page may not.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from xindun.engine.ratios import RATIOS, Unit
from xindun.web import formats
from xindun.web.risks.words import LABELS
from xindun.web.words import known, phrase

DIMENSIONS: dict[str, Any] = {
    "base": _("Starting point"),
    "financial": _("Financial strength"),
    "payment": _("Payment behaviour"),
    "environment": _("Environment"),
    "events": _("Public events"),
}
REASONS: dict[str, Any] = {
    "base": _("Average company"),
    "financial_level": _("Level of the model"),
    "payment_behaviour": _("How it has paid you"),
    "country_risk": _("Country risk"),
    "sector_risk": _("Sector risk"),
    "cap": _("Cap"),
}
EVENTS: dict[str, Any] = {
    "dishonest_debtor": _("Listed as a dishonest debtor"),
    "insolvency": _("Insolvency proceedings opened"),
    "enforcement": _("Subject of enforcement"),
    "consumption_restriction": _("High consumption restricted"),
    "enforcement_ended": _("Enforcement ended without assets"),
    "insolvency_filed": _("Insolvency filed"),
    "liquidation": _("In liquidation"),
    "struck_off": _("Struck off the register"),
}
INPUTS: dict[str, Any] = {
    "payment_score": _("Payment health score"),
    "payment_confidence": _("Confidence of the payment grade"),
    "country_label": _("Country risk"),
    "sector_label": _("Sector risk"),
    "statements": _("Financial statements"),
    "calibrated": _("Model calibrated here"),
}
TEXTS: dict[str, Any] = {
    "high": _("High"),
    "medium": _("Medium"),
    "low": _("Low"),
    "fresh": _("up to date"),
    "old": _("old"),
}
CONFIDENCES = {"high": "good", "medium": "fair", "low": "poor"}


def reason_name(code: str) -> str:
    """A reason or an input in words; two ratios of one term are joined."""
    if code in REASONS:
        return str(REASONS[code])
    if code in EVENTS:
        return str(EVENTS[code])
    if code in INPUTS:
        return str(INPUTS[code])
    return " × ".join(
        phrase("ratio", part) if known("ratio", part) else part for part in code.split("*")
    )


def input_text(code: str, value: Any) -> str:
    """The value of an input in words."""
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, str):
        named = LABELS if code.endswith("_label") else TEXTS
        return str(named.get(value, value))  # type: ignore[call-overload]
    if code == "payment_score":
        return formats.number(value, 1)
    ratio = RATIOS.get(code)
    if ratio is not None and ratio.unit is Unit.SHARE:
        return formats.share(value, 1)
    return formats.number(value, 1 if ratio is not None and ratio.unit is Unit.DAYS else 2)


def change_text(code: str, old: Any, new: Any) -> str:
    """What would have to change, in a sentence."""
    if code in EVENTS:
        return str(_("%(event)s: no longer in force") % {"event": EVENTS[code]})
    return str(
        _("%(what)s: from %(old)s to %(new)s")
        % {
            "what": reason_name(code),
            "old": input_text(code, old),
            "new": input_text(code, new),
        }
    )


def advice(code: str) -> str:
    """The same for the buyer's ears: what to do, without grade, probability or limit."""
    if code == "payment_score":
        return str(_("Pay by the due date, and settle what is overdue."))
    if code in EVENTS:
        return str(
            _("Settle the case behind “%(event)s” and send us the court's confirmation.")
            % {"event": EVENTS[code]}
        )
    return str(
        _("Improve this figure in your next accounts, and send them early: %(what)s.")
        % {"what": reason_name(code)}
    )
