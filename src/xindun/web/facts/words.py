"""Facts, events and what to check, as people read them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, cast

from django.utils.translation import gettext_lazy as _

from xindun.record.company_file.values import EventState, FactKind, Json, Severity, Verdict
from xindun.web import formats

KINDS: dict[FactKind, Any] = {
    FactKind.LEGAL_NAME: _("Registered name"),
    FactKind.USCC: _("Unified Social Credit Code"),
    FactKind.REGISTER_NUMBER: _("Number in the company register"),
    FactKind.LEGAL_FORM: _("Legal form"),
    FactKind.STATUS: _("Status in the register"),
    FactKind.FOUNDED_ON: _("Founded on"),
    FactKind.REGISTERED_CAPITAL: _("Registered capital (subscribed)"),
    FactKind.PAID_IN_CAPITAL: _("Paid-in capital"),
    FactKind.ADDRESS: _("Registered address"),
    FactKind.ACTIVITY: _("Activity (sector code)"),
    FactKind.EMPLOYEES: _("Employees"),
    FactKind.OFFICERS: _("Officers"),
    FactKind.BENEFICIAL_OWNERS: _("Beneficial owners"),
    FactKind.AUDITOR: _("Auditor"),
    FactKind.BANK: _("Bank"),
    FactKind.WEBSITE: _("Website"),
    FactKind.CREDIT_OPINION: _("Credit opinion of a bureau"),
    FactKind.LITIGATION: _("Litigation"),
    FactKind.ENFORCEMENT: _("Enforcement against the company (被执行人)"),
    FactKind.DISHONEST_DEBTOR: _("Dishonest judgment debtor (失信被执行人)"),
    FactKind.CONSUMPTION_RESTRICTION: _("Restriction on consumption (限高)"),
    FactKind.ENFORCEMENT_ENDED: _("Enforcement ended without assets (终本)"),
    FactKind.INSOLVENCY_FILED: _("Insolvency petition"),
    FactKind.INSOLVENCY_OPENED: _("Insolvency opened"),
    FactKind.LIQUIDATION: _("Liquidation"),
    FactKind.STRUCK_OFF: _("Struck off the register"),
}
GROUNDS: dict[str, Any] = {
    "1": _("1: able to pay and refuses"),
    "2": _("2: obstructs or resists enforcement by forgery, violence or threats"),
    "3": _("3: evades enforcement by sham lawsuits or by hiding or moving assets"),
    "4": _("4: does not report assets as ordered"),
    "5": _("5: breaks a restriction on consumption"),
    "6": _("6: does not keep a settlement in enforcement, without good reason"),
}
"""The grounds of 失信 in article one of 法释〔2017〕7号; only the first has no term."""
CHECKS: dict[str, Any] = {
    "unit_misread": _("The amounts differ by a round factor: was a unit such as 万元 misread?"),
    "currencies_differ": _("The amounts are in different currencies."),
    "day_and_month_swapped": _("Day and month may be swapped in one of them."),
    "another_company": _("Two numbers mean two companies: is one source about another one?"),
    "changed_since": _("The sources are of different days: it may have changed in between."),
    "ask_the_register": _("Look it up in the register itself."),
}
VERDICTS: dict[Verdict, tuple[Any, str]] = {
    Verdict.ONE_SOURCE: (_("One source"), "none"),
    Verdict.AGREED: (_("Sources agree"), "good"),
    Verdict.CONFLICT: (_("Conflict"), "bad"),
}
STATES: dict[EventState, Any] = {
    EventState.IN_FORCE: _("In force"),
    EventState.EXPIRED: _("Expired"),
    EventState.LIFTED: _("Lifted"),
    EventState.OTHER_COMPANY: _("Another company's code: does not count"),
}
TONES: dict[Severity, str] = {
    Severity.NOTE: "none",
    Severity.WARNING: "fair",
    Severity.SERIOUS: "poor",
    Severity.CRITICAL: "bad",
}


def value_text(value: Json) -> str:
    """A fact's value as one line of text; empty for "so no longer"."""
    if isinstance(value, dict):
        return (
            _event_text(value)
            if "amount" not in value or "currency" not in value
            else (formats.money_with_code(Decimal(str(value["amount"])), str(value["currency"])))
        )
    if isinstance(value, list):
        return "; ".join(_person(cast("dict[str, Any]", each)) for each in value)
    if isinstance(value, int):
        return formats.number(value, 0)
    return "" if value is None else str(value)


def _person(each: dict[str, Any]) -> str:
    name = each["name"] or str(_("[name erased]"))
    return f"{name} ({each['role']})" if each.get("role") else name


def _event_text(value: dict[str, Any]) -> str:
    """What an event says beside its dates."""
    said = [value.get(name) for name in ("case_number", "authority", "uscc", "detail")]
    if value.get("amount"):
        said.append(value_text(value["amount"]))
    return "; ".join(str(each) for each in said if each)
