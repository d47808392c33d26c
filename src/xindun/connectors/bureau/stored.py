"""A report as JSON, for the time that it waits for somebody to look at it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from xindun.connectors.bureau.values import (
    Notice,
    Report,
    ReportedFact,
    ReportedStatement,
    ReportFormat,
    Subject,
)


def to_json(report: Report) -> dict[str, Any]:
    """Everything that the report says, as JSON."""
    return {
        "source": report.source,
        "format": report.format.value,
        "subject": {
            "name": report.subject.name,
            "country": report.subject.country,
            "identifiers": dict(report.subject.identifiers),
        },
        "facts": [
            {"kind": each.kind, "value": each.value, "as_of": str(each.as_of), "key": each.key}
            for each in report.facts
        ],
        "statements": [
            {
                "starts_on": str(each.starts_on),
                "ends_on": str(each.ends_on),
                "standard": each.standard,
                "currency": each.currency,
                "filed_on": str(each.filed_on),
                "key": each.key,
                "lines": {name: str(amount) for name, amount in each.lines.items()},
                "tags": dict(each.tags),
                "restates": each.restates,
            }
            for each in report.statements
        ],
        "sha256": report.sha256,
        "as_of": str(report.as_of),
        "notices": [[each.code, dict(each.params)] for each in report.notices],
    }


def from_json(told: Mapping[str, Any]) -> Report:
    """The report that ``to_json`` wrote."""
    return Report(
        source=told["source"],
        format=ReportFormat(told["format"]),
        subject=Subject(**told["subject"]),
        facts=tuple(
            ReportedFact(
                each["kind"], each["value"], date.fromisoformat(each["as_of"]), each["key"]
            )
            for each in told["facts"]
        ),
        statements=tuple(_statement(each) for each in told["statements"]),
        sha256=told["sha256"],
        as_of=date.fromisoformat(told["as_of"]),
        notices=tuple(Notice(code, params) for code, params in told["notices"]),
    )


def _statement(told: Mapping[str, Any]) -> ReportedStatement:
    days = {name: date.fromisoformat(told[name]) for name in ("starts_on", "ends_on", "filed_on")}
    lines = {name: Decimal(amount) for name, amount in told["lines"].items()}
    return ReportedStatement(**{**told, **days, "lines": lines})
