"""Record a statement; a later version of one already recorded is a restatement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import connection, transaction

from xindun.kit.events import FILE_CHANGED, announce
from xindun.kit.tenancy import current_tenant_id
from xindun.record.evidence.actions import append
from xindun.record.evidence.values import Plain, Subject
from xindun.record.parties.reads import party as party_named
from xindun.record.parties.values import PartyValue
from xindun.record.statements import models, reads, rules
from xindun.record.statements.values import LINES, AuditOpinion, NewStatement, Statement
from xindun.record.tenants.reads import company_day
from xindun.record.tenants.values import Actor, Permission


def record_statement(actor: Actor, party: UUID, new: NewStatement, *, now: datetime) -> Statement:
    """Record a statement of a party.

    One that says the same as the newest version of its series is returned as it stands, so a
    connector may deliver twice; one that says something else becomes the next version.

    Raises:
        NotPermitted, UnknownParty, UnitMissing, UnknownCurrency, BadPeriod, BadSource,
        EmptyStatement, AmountTooLong, NegativeTotal, BadRate, Unbalanced: as named.
    """
    [recorded] = record_statements(actor, party, [new], now=now)
    return recorded


def record_statements(
    actor: Actor, party: UUID, news: Sequence[NewStatement], *, now: datetime
) -> tuple[Statement, ...]:
    """:func:`record_statement` of several periods: all of them or none."""
    actor.check(Permission.FILES_CHANGE)
    today = company_day(now)
    for new in news:
        rules.check_statement(new, today)
    with transaction.atomic():
        known = party_named(party)
        _lock(known.id)
        return tuple(_record(actor, known, new, now) for new in news)


def _record(actor: Actor, party: PartyValue, new: NewStatement, now: datetime) -> Statement:
    row = _row(party.id, new)
    series = reads.series_of(reads.statement_value(row))
    newest = series.order_by("-version").first()
    if newest is not None and not _says_else(row, newest):
        return reads.statement_value(newest)
    row.version = 1 if newest is None else newest.version + 1
    row.save(force_insert=True)
    row.refresh_from_db()
    append(
        kind="statement_recorded",
        subject=Subject("party", str(party.public_id)),
        actor=actor.name,
        occurred_at=now,
        inputs={"document": new.document_sha256, "source": _hash(row.source)},
        result=_result(row),
        versions={},
    )
    announce(FILE_CHANGED)
    return reads.statement_value(row)


def _lock(party_id: int) -> None:
    """One statement of a party at a time: two at once would both be the next version."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(hashtextextended(%s, 3))",
            [f"statements {current_tenant_id()} {party_id}"],
        )


def _row(party_id: int, new: NewStatement) -> models.Statement:
    figures, derived = rules.completed(new.figures)
    return models.Statement(
        tenant_id=current_tenant_id(),
        party_id=party_id,
        version=0,
        starts_on=new.starts_on,
        ends_on=new.ends_on,
        months=rules.months_of(new.starts_on, new.ends_on),
        standard=new.standard.value,
        currency=new.currency,
        unit=new.unit,
        scope=new.scope.value,
        audit_opinion=new.audit_opinion.value,
        source=" ".join(new.source.split()),
        source_lines=[[each.name, str(each.amount), each.line] for each in new.source_lines],
        derived=list(derived),
        document_sha256=new.document_sha256,
        filed_on=new.filed_on,
        usd_rate=new.usd_rate,
        **figures.stated(),
    )


def _says_else(row: models.Statement, newest: models.Statement) -> bool:
    """Whether a delivery differs; a source that does not state the opinion contradicts none."""
    told = {
        "audit_opinion": row.audit_opinion != AuditOpinion.NONE_STATED.value,
        "filed_on": row.filed_on is not None,
        "usd_rate": row.usd_rate is not None,
    }
    return any(
        getattr(row, name) != getattr(newest, name)
        for name in (*LINES, "starts_on", "currency", *(name for name in told if told[name]))
    )


def _result(row: models.Statement) -> dict[str, Plain]:
    """The evidence: which statement, and the hash of every line as it was stored."""
    amounts = {name: getattr(row, name) for name in LINES}
    stored = "\n".join(f"{name}={amount}" for name, amount in amounts.items() if amount is not None)
    return {
        "statement": str(row.public_id),
        "version": row.version,
        "ends_on": row.ends_on,
        "months": row.months,
        "standard": row.standard,
        "scope": row.scope,
        "currency": row.currency,
        "audit_opinion": row.audit_opinion,
        "lines": len(stored.splitlines()),
        "figures_sha256": _hash(stored),
    }


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()
