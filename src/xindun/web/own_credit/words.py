"""Fields and states of the own credit file as people read them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from xindun.record.own_file.values import CheckState, CorrectionState, FactField

FIELDS: dict[FactField, Any] = {
    FactField.LEGAL_NAME: _("Registered name"),
    FactField.LEGAL_FORM: _("Legal form"),
    FactField.REGISTERED_ADDRESS: _("Registered address"),
    FactField.USCC: _("Unified Social Credit Code"),
    FactField.LEI: _("Legal Entity Identifier (LEI)"),
    FactField.VAT: _("VAT number"),
    FactField.REGISTER_NUMBER: _("Number in the company register"),
    FactField.FOUNDED_ON: _("Founded on (year-month-day)"),
    FactField.ACTIVITY: _("What the company does"),
    FactField.WEBSITE: _("Website"),
}
CHECKS: dict[CheckState, Any] = {
    CheckState.GOOD: _("In order"),
    CheckState.MISSING: _("Missing"),
    CheckState.WRONG: _("Check digits wrong"),
    CheckState.OLD: _("Older than a year"),
}
TONES = {
    CheckState.GOOD: "good",
    CheckState.MISSING: "none",
    CheckState.WRONG: "bad",
    CheckState.OLD: "fair",
}
STATES: dict[CorrectionState, Any] = {
    CorrectionState.ASKED: _("Waiting for an answer"),
    CorrectionState.ACCEPTED: _("Corrected"),
    CorrectionState.REFUSED: _("Refused"),
    CorrectionState.WITHDRAWN: _("Withdrawn"),
}
STATE_TONES = {
    CorrectionState.ASKED: "fair",
    CorrectionState.ACCEPTED: "good",
    CorrectionState.REFUSED: "bad",
    CorrectionState.WITHDRAWN: "none",
}
