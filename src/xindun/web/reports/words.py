"""Kinds of facts, verdicts of the waterfall and states of orders as people read them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from xindun.connectors.bureau.rules import STATEMENTS
from xindun.connectors.bureau.values import (
    EnquiryState,
    Lack,
    PurchaseState,
    ReportFormat,
    Verdict,
)
from xindun.record.company_file.values import KINDS as FILE_KINDS

KINDS: dict[str, Any] = {
    "legal_name": _("Legal name"),
    "uscc": _("Unified Social Credit Code"),
    "lei": _("LEI"),
    "register_number": _("Register number"),
    "legal_form": _("Legal form"),
    "status": _("Status in the register"),
    "founded_on": _("Founded on"),
    "registered_capital": _("Registered capital"),
    "paid_in_capital": _("Paid-in capital"),
    "address": _("Registered address"),
    "activity": _("Activity"),
    "employees": _("Employees"),
    "officers": _("Officers"),
    "beneficial_owners": _("Beneficial owners"),
    "parent": _("Parent company"),
    "accounts_filed": _("Accounts filed"),
    "insolvency_filed": _("Insolvency filed"),
    "insolvency_opened": _("Insolvency opened"),
    "liquidation": _("Liquidation"),
    "struck_off": _("Struck off the register"),
    "statements": _("Financial statements"),
}
"""Any other kind is shown as its code."""
NUMBERS: dict[str, Any] = {
    "lei": _("LEI"),
    "cik": "CIK",
    "gb_crn": _("Companies House number"),
}
LACKS: dict[Lack, Any] = {Lack.MISSING: _("missing"), Lack.STALE: _("stale")}
VERDICTS: dict[Verdict, tuple[Any, str]] = {
    Verdict.ASK: (_("Would be asked"), "good"),
    Verdict.NOTHING_LACKING: (_("Not needed: it has nothing that is lacking"), "none"),
    Verdict.NOT_COVERED: (_("Cannot be asked: it needs a number that is not stated"), "fair"),
    Verdict.TOO_YOUNG: (_("Not again: its last report is too young"), "none"),
    Verdict.NO_KEY: (_("Cannot be asked: no key is set"), "fair"),
    Verdict.OVER_BUDGET: (_("Not bought: the month’s budget is used up"), "poor"),
    Verdict.ASKED: (_("Was asked"), "none"),
}
"""Sentence and tone."""
PURCHASES: dict[PurchaseState, tuple[Any, str]] = {
    PurchaseState.ORDERED: (_("Ordered, no answer yet"), "fair"),
    PurchaseState.TOLD: (_("Report received"), "good"),
    PurchaseState.UNKNOWN_THERE: (_("Company not known there"), "none"),
    PurchaseState.FAILED: (_("Failed"), "bad"),
}
ENQUIRIES: dict[EnquiryState, tuple[Any, str]] = {
    EnquiryState.QUEUED: (_("Waiting to start"), "none"),
    EnquiryState.RUNNING: (_("Under way"), "fair"),
    EnquiryState.WAITING: (_("Waiting for you"), "fair"),
    EnquiryState.DONE: (_("Done"), "good"),
    EnquiryState.FAILED: (_("Failed"), "bad"),
    EnquiryState.DISCARDED: (_("Discarded"), "none"),
}
FORMATS: dict[ReportFormat, Any] = {
    ReportFormat.GLEIF_LEVEL_1: _("GLEIF golden copy"),
    ReportFormat.GLEIF_LEVEL_2: _("GLEIF relationships"),
    ReportFormat.GLEIF_API: _("GLEIF interface"),
    ReportFormat.COMPANIES_HOUSE: _("Companies House interface"),
    ReportFormat.SEC_COMPANY_FACTS: _("SEC company facts"),
    ReportFormat.GENERIC_JSON: _("JSON by a mapping"),
    ReportFormat.GENERIC_CSV: _("CSV by a mapping"),
}
STANDARDS = {"cas": "CAS", "ifrs": "IFRS", "us_gaap": "US GAAP"}
NOTICES: dict[str, Any] = {
    "lei_not_kept_up": _("The LEI is not kept up ({status}): nobody has had the record checked."),
    "amounts_not_read": _("{count} amounts ({taxonomy}) were not as described and were left out."),
    "no_annual_statement": _("No annual statement was found."),
    "not_in_report": _("Not in the report: {place}."),
    "list_cut": _("A list is longer than {most} entries; the rest was left out."),
}


def wanted_kinds() -> list[tuple[str, Any]]:
    """What a company may want its files to hold: kinds with a place, but no events."""
    kept = {kind.value for kind, spec in FILE_KINDS.items() if spec.event is None} | {STATEMENTS}
    return [(kind, name) for kind, name in KINDS.items() if kind in kept]


def kind_name(kind: str) -> str:
    """What people call a kind of fact; its code where it has no name."""
    return str(KINDS.get(kind, kind))


def notice(code: str, params: dict[str, str]) -> str:
    """A notice as a sentence."""
    return str(NOTICES.get(code, code)).format_map(params)
