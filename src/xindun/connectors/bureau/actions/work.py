"""What the job does about an enquiry: read a file, or ask source after source.

What a reader would get wrong: an order is committed before the call, with its price, and settled
after it. A worker that dies in between leaves the order open, and it counts against the budget:
the source may have answered, and billed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from xindun.connectors.bureau import models, reads, stored
from xindun.connectors.bureau.actions.recording import outcome_json, record_report
from xindun.connectors.bureau.actions.terms import opened_key
from xindun.connectors.bureau.mapping import read_mapping
from xindun.connectors.bureau.offered import source
from xindun.connectors.bureau.ports import Query, Send
from xindun.connectors.bureau.report_files import read_report
from xindun.connectors.bureau.values import (
    EnquiryState,
    Outcome,
    PurchaseState,
    Report,
    Step,
    Verdict,
)
from xindun.kernel.errors import DomainError
from xindun.kit.files import tenant_files
from xindun.kit.tenancy import current_tenant_id, tenant_scope
from xindun.record.evidence.actions import append
from xindun.record.evidence.values import Subject
from xindun.record.parties.reads import party as party_named
from xindun.record.parties.values import PartyValue
from xindun.record.tenants.values import Actor, Permission

Clock = Callable[[], datetime]


class WorkFailed(DomainError):
    """The worker hit something nobody foresaw; the log says what."""

    code = "unexpected"
    sentence = "The work failed unexpectedly."


def work(tenant_id: int, public_id: UUID, *, clock: Clock, send: Send) -> None:
    """Do what an enquiry wants; one that was begun or decided already is left alone."""
    with tenant_scope(tenant_id):
        row = reads.stored_enquiry(public_id, lock=True)
        if row.state != EnquiryState.QUEUED.value:
            return
        row.state = EnquiryState.RUNNING.value
        row.save(update_fields=["state"])
        party = party_named(row.party.public_id)
    try:
        if row.file_sha256:
            with tenant_scope(tenant_id):
                report = _read(row)
                _keep(row, EnquiryState.WAITING, clock(), report=stored.to_json(report))
        else:
            outcome, error = _ask_all(tenant_id, row, party, clock, send)
            state = EnquiryState.DONE if error is None else EnquiryState.FAILED
            with tenant_scope(tenant_id):
                _keep(row, state, clock(), outcome=outcome_json(outcome), error=error)
    except DomainError as error:
        with tenant_scope(tenant_id):
            _keep(row, EnquiryState.FAILED, clock(), error=error_json(error))
    except Exception:
        with tenant_scope(tenant_id):
            _keep(row, EnquiryState.FAILED, clock(), error=error_json(WorkFailed()))
        raise


def error_json(error: DomainError) -> dict[str, Any]:
    """A refusal as it is kept: code, params and English sentence."""
    params = {name: str(value) for name, value in error.params.items()}
    return {"code": error.code, "params": params, "sentence": error.sentence}


def _read(row: models.Enquiry) -> Report:
    files = tenant_files(current_tenant_id())
    mapping = None
    if row.mapping_sha256:
        mapping = read_mapping(files.path(row.mapping_sha256).read_bytes())
    return read_report(
        files.path(row.file_sha256 or ""),
        shown=row.file_name,
        identifiers=row.identifiers,
        mapping=mapping,
    )


def _ask_all(
    tenant_id: int, row: models.Enquiry, party: PartyValue, clock: Clock, send: Send
) -> tuple[Outcome, dict[str, Any] | None]:
    """Source after source, until nothing is lacking or nobody is left to ask.

    Returns:
        What was recorded, and the last failure where not one source gave an answer.
    """
    query = Query(party.name, party.country or "", row.identifiers)
    actor = Actor(row.asked_by, frozenset(Permission))
    done: list[str] = []
    total, answered = Outcome(), False
    failure: dict[str, Any] | None = None
    while True:
        with tenant_scope(tenant_id):
            order = _order(actor, row, party, query, done, clock())
        if order is None:
            return total, None if answered else failure
        done.append(order.source)
        try:
            with tenant_scope(tenant_id):
                key = opened_key(order.source)
            asked_at = clock()
            report = source(order.source).fetch(query, key=key, now=asked_at, send=send)
        except DomainError as error:
            failure = error_json(error)
            with tenant_scope(tenant_id):
                _settle(actor, order, party, PurchaseState.FAILED, clock(), error=failure)
            continue
        answered = True
        with tenant_scope(tenant_id):
            told = Outcome()
            if report is not None:
                told = record_report(
                    actor, party, report, document_sha256=None, retrieved_at=asked_at, now=clock()
                )
            state = PurchaseState.UNKNOWN_THERE if report is None else PurchaseState.TOLD
            _settle(actor, order, party, state, clock(), report=report, outcome=told)
        total = _sum(total, told)


def _order(
    actor: Actor,
    row: models.Enquiry,
    party: PartyValue,
    query: Query,
    done: list[str],
    now: datetime,
) -> models.Purchase | None:
    """Order from the next source that may be asked; None where there is none."""
    with connection.cursor() as cursor:
        # One order of the company's at a time: two at once could both be the last in the budget.
        cursor.execute(
            "select pg_advisory_xact_lock(hashtextextended(%s, 6))",
            [f"bureau budget {current_tenant_id()}"],
        )
    steps = reads.steps_of(party.id, query, now=now, asked=done)
    step = next((each for each in steps if each.verdict is Verdict.ASK), None)
    if step is None:
        return None
    order = models.Purchase(
        tenant_id=current_tenant_id(),
        enquiry=row,
        party_id=party.id,
        source=step.code,
        ordered_by=row.asked_by,
        ordered_at=now,
        price=step.price,
        currency=reads.terms().currency,
        lacking={kind: why.value for kind, why in step.lacking.items()},
    )
    order.save(force_insert=True)
    _note(actor, "bureau_report_ordered", order, party, now, _ordered(step, order))
    return order


def _settle(
    actor: Actor,
    order: models.Purchase,
    party: PartyValue,
    state: PurchaseState,
    now: datetime,
    *,
    report: Report | None = None,
    outcome: Outcome | None = None,
    error: Mapping[str, Any] | None = None,
) -> None:
    order.state, order.settled_at, order.error = state.value, now, error
    if report is not None and outcome is not None:
        order.report_sha256 = report.sha256
        order.told = sorted({each.kind for each in report.facts})
        order.facts, order.statements = outcome.facts, outcome.statements
    with transaction.atomic():
        order.save()
        result = {
            "state": order.state,
            "report": order.report_sha256,
            "facts": order.facts,
            "statements": order.statements,
            "error": error["code"] if error else "",
        }
        _note(actor, "bureau_report_settled", order, party, now, result)


def _keep(row: models.Enquiry, state: EnquiryState, now: datetime, **told: Any) -> None:
    row.state = state.value
    row.finished_at = None if state is EnquiryState.WAITING else now
    for name, value in told.items():
        setattr(row, name, value)
    row.save(update_fields=["state", "finished_at", *told])


def _ordered(step: Step, order: models.Purchase) -> dict[str, Any]:
    return {
        "price": f"{step.price}",
        "currency": order.currency,
        "lacking": {kind: why.value for kind, why in sorted(step.lacking.items())},
    }


def _sum(one: Outcome, other: Outcome) -> Outcome:
    return Outcome(
        one.facts + other.facts,
        one.statements + other.statements,
        tuple(sorted({*one.unplaced, *other.unplaced})),
        (*one.refused, *other.refused),
    )


def _note(
    actor: Actor,
    kind: str,
    order: models.Purchase,
    party: PartyValue,
    now: datetime,
    result: dict[str, Any],
) -> None:
    append(
        kind=kind,
        subject=Subject("party", str(party.public_id)),
        actor=actor.name,
        occurred_at=now,
        inputs={"purchase": str(order.public_id)},
        result={"source": order.source, **result},
        versions={},
    )
