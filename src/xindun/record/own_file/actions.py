"""State and withdraw a fact; ask for a correction and note its answer."""

from __future__ import annotations

from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from xindun.kit.tenancy import current_tenant_id
from xindun.record.evidence.actions import append
from xindun.record.evidence.values import Plain, Subject
from xindun.record.own_file import rules, values
from xindun.record.own_file.models import OwnCorrection, OwnFact
from xindun.record.own_file.reads import NoSuchCorrection, correction_value
from xindun.record.own_file.values import CorrectionState, FactField
from xindun.record.tenants.reads import current_tenant
from xindun.record.tenants.values import Actor, Permission


def state_fact(
    actor: Actor,
    field: FactField,
    value: str,
    *,
    source: str,
    stated_on: date,
    today: date,
    now: datetime,
) -> None:
    """State a fact; an earlier one of the field stays in the history.

    Raises:
        NotPermitted, BadStatement, BadIdentifier, BadDay, FutureDay: as named.
    """
    actor.check(Permission.COMPANY_MANAGE)
    said, where = rules.normal_value(field, value), " ".join(source.split())
    rules.check_statement(field, said, where, stated_on, today)
    _add(actor, "own_fact_stated", field, said, where, stated_on, now)


def withdraw_fact(actor: Actor, field: FactField, *, today: date, now: datetime) -> None:
    """State a field no longer; its history stays."""
    actor.check(Permission.COMPANY_MANAGE)
    _add(actor, "own_fact_withdrawn", field, "", "", today, now)


def ask_correction(
    actor: Actor,
    *,
    holder: str,
    wrong: str,
    asked_on: date,
    evidence_name: str = "",
    evidence_hash: str = "",
    today: date,
    now: datetime,
) -> values.Correction:
    """Log that a correction was asked for.

    Args:
        evidence_hash: SHA-256 in hex of the document that was attached; empty for none.

    Raises:
        NotPermitted, BadStatement, FutureDay: as named.
    """
    actor.check(Permission.COMPANY_MANAGE)
    if not 1 <= len(holder.strip()) <= rules.VALUE_LENGTH:
        raise rules.BadStatement(length=rules.VALUE_LENGTH)
    if not 1 <= len(wrong.strip()) <= rules.TEXT_LENGTH:
        raise rules.BadStatement(length=rules.TEXT_LENGTH)
    rules.check_day(asked_on, today)
    with transaction.atomic():
        row = OwnCorrection.objects.create(
            tenant_id=current_tenant_id(),
            holder=holder.strip(),
            wrong=wrong.strip(),
            asked_on=asked_on,
            evidence_name=evidence_name[: rules.VALUE_LENGTH],
            evidence_hash=evidence_hash,
            state=CorrectionState.ASKED.value,
        )
        row.refresh_from_db()
        inputs: dict[str, Plain] = {"evidence": evidence_hash, "wrong": _hash(row.wrong)}
        _note(actor, "correction_asked", row, now, inputs, {"asked_on": asked_on})
    return correction_value(row)


def answer_correction(
    actor: Actor,
    public_id: UUID,
    state: CorrectionState,
    *,
    answer: str,
    answered_on: date,
    today: date,
    now: datetime,
) -> values.Correction:
    """Note what became of a request.

    Raises:
        NotPermitted, NoSuchCorrection, WrongCorrectionStep, BadStatement, FutureDay: as named.
    """
    actor.check(Permission.COMPANY_MANAGE)
    if len(answer) > rules.TEXT_LENGTH:
        raise rules.BadStatement(length=rules.TEXT_LENGTH)
    rules.check_day(answered_on, today)
    with transaction.atomic():
        row = (
            OwnCorrection.objects.select_for_update()
            .filter(tenant_id=current_tenant_id(), public_id=public_id)
            .first()
        )
        if row is None:
            raise NoSuchCorrection
        before = CorrectionState(row.state)
        rules.check_step(before, state)
        row.state, row.answer, row.answered_on = state.value, answer.strip(), answered_on
        row.save(update_fields=["state", "answer", "answered_on"])
        result: dict[str, Plain] = {
            "from": before.value,
            "to": state.value,
            "answered_on": answered_on,
        }
        _note(actor, "correction_answered", row, now, {"answer": _hash(row.answer)}, result)
    return correction_value(row)


def _add(
    actor: Actor,
    kind: str,
    field: FactField,
    value: str,
    source: str,
    stated_on: date,
    now: datetime,
) -> None:
    with transaction.atomic():
        OwnFact.objects.create(
            tenant_id=current_tenant_id(),
            field=field.value,
            value=value,
            source=source,
            stated_on=stated_on,
        )
        append(
            kind=kind,
            subject=Subject("tenant", str(current_tenant().public_id)),
            actor=actor.name,
            occurred_at=now,
            inputs={"source": source},
            result={"field": field.value, "value": value, "stated_on": stated_on},
            versions={},
        )


def _note(
    actor: Actor,
    kind: str,
    row: OwnCorrection,
    now: datetime,
    inputs: dict[str, Plain],
    result: dict[str, Plain],
) -> None:
    """Evidence of a correction: free text enters as its hash, because it may name people."""
    append(
        kind=kind,
        subject=Subject("own_correction", str(row.public_id)),
        actor=actor.name,
        occurred_at=now,
        inputs=inputs,
        result=result,
        versions={},
    )


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()
