"""What an LEI record says of a company, as facts of the company file.

What a reader would get wrong: an event of GLEIF's counts only while it is IN_PROGRESS or once it is
COMPLETED; one that was WITHDRAWN_CANCELLED did not happen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from xindun.connectors.bureau.gleif import Address, LegalEntityEvent, LeiRecord
from xindun.connectors.bureau.values import Notice, Report, ReportedFact, ReportFormat, Subject

SOURCE = "GLEIF"
EVENTS = {
    "INSOLVENCY": "insolvency_opened",
    "BANKRUPTCY": "insolvency_opened",
    "VOLUNTARY_ARRANGEMENT": "insolvency_filed",
    "LIQUIDATION": "liquidation",
    "DISSOLUTION": "struck_off",
}
"""GLEIF's type of a legal entity event → kind of public event; other types change no standing."""
WITHDRAWN = "WITHDRAWN_CANCELLED"


def report_of(record: LeiRecord, *, format: ReportFormat, sha256: str) -> Report:
    """The record as a report of GLEIF's, as of the record's last update."""
    as_of = record.updated_on or date.min
    lapsed = record.registration_status not in ("ISSUED", "PENDING_TRANSFER", "PENDING_ARCHIVAL")
    params = {"status": record.registration_status}
    return Report(
        source=SOURCE,
        format=format,
        subject=Subject(record.name, record.legal_address.country, {"lei": record.lei}),
        facts=tuple(_facts(record, as_of)),
        statements=(),
        sha256=sha256,
        as_of=as_of,
        notices=(Notice("lei_not_kept_up", params),) if lapsed else (),
    )


def with_facts(report: Report, more: Iterable[ReportedFact]) -> Report:
    """The report with further facts."""
    return replace(report, facts=(*report.facts, *more))


def one_line(address: Address) -> str:
    """An address on one line, as people write it."""
    town = " ".join(part for part in (address.postal_code, address.city) if part)
    parts = (*address.lines, town, address.region, address.country)
    return ", ".join(part for part in parts if part)


def _facts(record: LeiRecord, as_of: date) -> Iterator[ReportedFact]:
    yield ReportedFact("legal_name", record.name, as_of)
    yield ReportedFact("lei", record.lei, as_of)
    yield ReportedFact("status", record.status.lower(), as_of)
    yield ReportedFact("address", one_line(record.legal_address), as_of)
    form = record.legal_form_text or record.legal_form
    if form:
        yield ReportedFact("legal_form", form, as_of)
    if record.created_on:
        yield ReportedFact("founded_on", record.created_on.isoformat(), as_of)
    if record.authority_key:
        number = f"{record.authority_key} ({record.authority})"
        yield ReportedFact("register_number", number, as_of)
    for event in record.events:
        fact = _event(event)
        if fact is not None:
            yield fact


def _event(event: LegalEntityEvent) -> ReportedFact | None:
    kind = EVENTS.get(event.kind)
    day = event.effective_on or event.recorded_on
    if kind is None or event.state == WITHDRAWN or day is None:
        return None
    value = {"published_on": day.isoformat(), "detail": f"{event.kind} {event.state}"}
    return ReportedFact(kind, value, event.recorded_on or day, f"{event.kind} {day}")
