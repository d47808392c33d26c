"""Steps, reports and orders as rows that a template prints."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xindun.connectors.bureau.values import (
    EnquiryState,
    EnquiryValue,
    PurchaseValue,
    Report,
    ReportedStatement,
    Step,
)
from xindun.web.reports import words
from xindun.web.words import said

WORKING = (EnquiryState.QUEUED, EnquiryState.RUNNING)
LINES_SHOWN = (
    *("total_assets", "total_liabilities", "equity", "sales", "ebit", "net_income"),
    "operating_cash_flow",
)


def step_row(step: Step) -> dict[str, Any]:
    """A source and what would be done about it."""
    verdict, tone = words.VERDICTS[step.verdict]
    return {
        "step": step,
        "verdict": verdict,
        "tone": tone,
        "lacking": [
            (name, ", ".join(words.kind_name(k) for k, why in step.lacking.items() if why is lack))
            for lack, name in words.LACKS.items()
            if lack in step.lacking.values()
        ],
    }


def enquiry_row(enquiry: EnquiryValue) -> dict[str, Any]:
    """An enquiry with its state and, where it failed, why."""
    state, tone = words.ENQUIRIES[enquiry.state]
    return {
        "enquiry": enquiry,
        "state": state,
        "tone": tone,
        "working": enquiry.state in WORKING,
        "failure": failure(enquiry.error),
    }


def purchase_row(purchase: PurchaseValue) -> dict[str, Any]:
    """An order with its state and, where it failed, why."""
    state, tone = words.PURCHASES[purchase.state]
    return {
        "purchase": purchase,
        "state": state,
        "tone": tone,
        "failure": failure(purchase.error),
        "lacking": ", ".join(words.kind_name(kind) for kind in purchase.lacking),
    }


def failure(error: Mapping[str, Any] | None) -> str:
    """A kept refusal in the reader's language."""
    return "" if error is None else said(error["sentence"], error["params"])


def report_context(report: Report) -> dict[str, Any]:
    """What the preview of a report shows."""
    return {
        "report": report,
        "format": words.FORMATS[report.format],
        "facts": [(words.kind_name(each.kind), _value(each.value), each) for each in report.facts],
        "statements": [_statement(each) for each in reversed(report.statements)],
        "notices": [words.notice(each.code, dict(each.params)) for each in report.notices],
        "numbers": [
            (words.kind_name(k), number) for k, number in report.subject.identifiers.items()
        ],
    }


def _statement(told: ReportedStatement) -> dict[str, Any]:
    return {
        "told": told,
        "standard": words.STANDARDS.get(told.standard, told.standard),
        "lines": [told.lines.get(name) for name in LINES_SHOWN],
    }


def _value(value: Any) -> list[str]:
    """A fact's value as lines of text."""
    if isinstance(value, list):
        return [line for each in value for line in _value(each)]
    if isinstance(value, dict):
        return [" · ".join(str(each) for each in value.values())]
    return [str(value)]
