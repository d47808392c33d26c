"""Ask for reports on a party, hand in a report file, and decide about what was read from one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import IO
from uuid import UUID

from django.db import transaction

from xindun.connectors.bureau import models
from xindun.connectors.bureau.actions.recording import outcome_json, record_report
from xindun.connectors.bureau.mapping import MAPPING_BYTES, BadMapping, read_mapping
from xindun.connectors.bureau.reads import enquiry_value, stored_enquiry
from xindun.connectors.bureau.values import EnquiryState, EnquiryValue
from xindun.kernel.errors import DomainError
from xindun.kit.events import defer_once
from xindun.kit.files import tenant_files
from xindun.kit.tenancy import current_tenant_id
from xindun.record.evidence.actions import append
from xindun.record.evidence.values import Subject
from xindun.record.parties.reads import ids_behind
from xindun.record.parties.reads import party as party_named
from xindun.record.tenants.values import Actor, Permission

WORK_TASK = "bureau.work"
GIVEN_UP_AFTER = timedelta(minutes=30)
"""A worker that was killed never says so; after this long another enquiry may begin."""
NAME_LENGTH = 200
NUMBER_LENGTH = 60
RUNNING = (EnquiryState.QUEUED.value, EnquiryState.RUNNING.value)


class EnquiryRunning(DomainError):
    """One enquiry about a party at a time, or both would buy the same."""

    code = "bureau_enquiry_running"
    sentence = "Reports on this company are being fetched already; wait for the result."


class NothingWaits(DomainError):
    """The file was decided about already."""

    code = "bureau_nothing_waits"
    sentence = "This report was recorded or discarded already."


def ask(
    actor: Actor, party: UUID, identifiers: Mapping[str, str], *, now: datetime
) -> EnquiryValue:
    """Run the waterfall for a party, as a job.

    Args:
        identifiers: scheme → number to ask by, such as ``lei``.

    Raises:
        NotPermitted, UnknownParty, EnquiryRunning: as named.
    """
    actor.check(Permission.FILES_CHANGE)
    with transaction.atomic():
        known = party_named(party)
        mine = models.Enquiry.objects.filter(
            tenant_id=current_tenant_id(), party_id__in=ids_behind(known.id)
        )
        lately = mine.filter(state__in=RUNNING, file_sha256=None, asked_at__gt=now - GIVEN_UP_AFTER)
        if lately.exists():
            raise EnquiryRunning
        row = _made(actor, known.id, identifiers, now)
        row.save(force_insert=True)
        _queue(row)
    return enquiry_value(row)


def receive_file(
    actor: Actor,
    party: UUID,
    content: IO[bytes],
    *,
    file_name: str,
    identifiers: Mapping[str, str],
    mapping: IO[bytes] | None = None,
    now: datetime,
) -> EnquiryValue:
    """Store a report file and have it read, as a job; nothing is recorded before ``confirm``.

    Args:
        mapping: a YAML file that says how to read a format nobody recognises.

    Raises:
        NotPermitted, UnknownParty, BadMapping: as named.
    """
    actor.check(Permission.FILES_CHANGE)
    files = tenant_files(current_tenant_id())
    known = party_named(party)
    mapping_sha256 = None
    if mapping is not None:
        told = mapping.read(MAPPING_BYTES + 1)
        if not told:
            raise BadMapping(place="file", why="empty")
        read_mapping(told)
        mapping.seek(0)
        mapping_sha256, _size = files.put(mapping)
    file_sha256, _size = files.put(content)
    with transaction.atomic():
        row = _made(actor, known.id, identifiers, now)
        row.file_name, row.file_sha256 = file_name[:NAME_LENGTH] or "report", file_sha256
        row.mapping_sha256 = mapping_sha256
        row.save(force_insert=True)
        _queue(row)
    return enquiry_value(row)


def confirm(actor: Actor, public_id: UUID, party: UUID, *, now: datetime) -> EnquiryValue:
    """Record what was read from a file.

    Raises:
        NotPermitted, UnknownEnquiry, NothingWaits: as named.
    """
    actor.check(Permission.FILES_CHANGE)
    with transaction.atomic():
        row, value = _waiting(public_id)
        report = value.report
        if report is None:
            raise NothingWaits
        outcome = record_report(
            actor,
            party_named(party),
            report,
            document_sha256=row.file_sha256,
            retrieved_at=row.asked_at,
            now=now,
        )
        row.outcome = outcome_json(outcome)
        _end(row, EnquiryState.DONE, now)
        append(
            kind="bureau_report_recorded",
            subject=Subject("party", str(party)),
            actor=actor.name,
            occurred_at=now,
            inputs={"file": row.file_sha256, "mapping": row.mapping_sha256},
            result={
                "enquiry": str(row.public_id),
                "format": report.format.value,
                "as_of": report.as_of,
                "facts": outcome.facts,
                "statements": outcome.statements,
                "refused": [code for _what, code, _params in outcome.refused],
            },
            versions={},
        )
    return replace(value, state=EnquiryState.DONE, outcome=outcome, report=None)


def discard(actor: Actor, public_id: UUID, *, now: datetime) -> None:
    """Record nothing of a file; its bytes stay, as those of every upload.

    Raises:
        NotPermitted, UnknownEnquiry, NothingWaits: as named.
    """
    actor.check(Permission.FILES_CHANGE)
    with transaction.atomic():
        row, _value = _waiting(public_id)
        _end(row, EnquiryState.DISCARDED, now)


def _waiting(public_id: UUID) -> tuple[models.Enquiry, EnquiryValue]:
    row = stored_enquiry(public_id, lock=True)
    if row.state != EnquiryState.WAITING.value:
        raise NothingWaits
    return row, enquiry_value(row)


def _end(row: models.Enquiry, state: EnquiryState, now: datetime) -> None:
    row.state, row.finished_at, row.report = state.value, now, None
    row.save(update_fields=["state", "finished_at", "report", "outcome"])


def _made(
    actor: Actor, party_id: int, identifiers: Mapping[str, str], now: datetime
) -> models.Enquiry:
    said = {
        str(scheme)[:NUMBER_LENGTH]: "".join(str(number).split())[:NUMBER_LENGTH].upper()
        for scheme, number in identifiers.items()
        if str(number).strip()
    }
    return models.Enquiry(
        tenant_id=current_tenant_id(),
        party_id=party_id,
        asked_by=actor.name,
        asked_at=now,
        identifiers=said,
    )


def _queue(row: models.Enquiry) -> None:
    defer_once(WORK_TASK, place=f"bureau-{row.public_id}", enquiry=str(row.public_id))
