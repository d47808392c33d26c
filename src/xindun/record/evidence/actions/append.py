"""Append a record; every decision and change of state does, in its own transaction."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import cast

from django.db import connection, transaction

from xindun.kernel.identifiers import new_public_id
from xindun.kit.tenancy import current_tenant_id
from xindun.record.evidence.models import PersonalContent
from xindun.record.evidence.rules import canonical, content, content_hash, plain, salted_hash
from xindun.record.evidence.values import Evidence, Json, Plain, Subject

SALT_BYTES = 32
_behalf: ContextVar[str] = ContextVar("on_behalf_of", default="")
INSERT = """
WITH record AS (
    INSERT INTO evidence_evidencerecord
        (tenant_id, public_id, kind, subject_type, subject_id, actor, occurred_at,
         inputs, versions, result, personal, content_hash)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s::jsonb, %s::jsonb, %s::jsonb, %s::jsonb, %s)
    RETURNING tenant_id, id, recorded_at
), pending AS (
    INSERT INTO evidence_pendingevidence (tenant_id, record_id) SELECT tenant_id, id FROM record
)
SELECT id, recorded_at FROM record
"""


@contextmanager
def on_behalf_of(whom: str) -> Iterator[None]:
    """Name in every record of the block for whom the actor acts, as the input ``on_behalf_of``.

    For actors whose permission was lent by somebody else: ``actor`` stays who they are.
    """
    token = _behalf.set(whom)
    try:
        yield
    finally:
        _behalf.reset(token)


def append(
    *,
    kind: str,
    subject: Subject,
    actor: str,
    occurred_at: datetime,
    inputs: Mapping[str, Plain],
    result: Mapping[str, Plain],
    versions: Mapping[str, Plain],
    personal: Mapping[str, str] | None = None,
    person: str = "",
) -> Evidence:
    """Write one record in the caller's transaction, for the current tenant.

    Args:
        kind: verb and noun, such as ``ledger_imported`` or ``portfolio_run``.
        subject: what it is about.
        actor: ``user:<public id>``, ``cli:<login>`` or ``system:<what>``.
        occurred_at: the caller's now, with a zone.
        inputs: hashes or ids of what was looked at, not the data themselves.
        result: what was decided, in numbers and codes.
        versions: of rules, models and ledger.
        personal: field → personal data, such as an e-mail or IP address. The record keeps a
            salted hash only; salt and data lie apart, where they can be erased.
        person: public id of whom ``personal`` is about; the subject's id when not given.

    Raises:
        TenantScopeMissing: outside a tenant scope.
        NotEvidence: a value without canonical form, such as a float.
    """
    tenant_id, public_id = current_tenant_id(), new_public_id()
    apart = _apart(personal or {}, person or subject.id)
    if whom := _behalf.get():
        inputs = {**inputs, "on_behalf_of": whom}
    parts = {
        name: cast("dict[str, Json]", plain(value))
        for name, value in (("inputs", inputs), ("versions", versions), ("result", result))
    }
    parts["personal"] = {
        row.field: {
            "salted_hash": salted_hash(bytes(row.salt), row.person, row.field, row.content).hex()
        }
        for row in apart
    }
    digest = content_hash(
        content(
            public_id=public_id,
            tenant_id=tenant_id,
            kind=kind,
            subject=subject,
            actor=actor,
            occurred_at=occurred_at,
            inputs=parts["inputs"],
            versions=parts["versions"],
            result=parts["result"],
            personal=parts["personal"],
        )
    )
    # One statement, one round trip: every decision waits for it.
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute(
            INSERT,
            [
                *(tenant_id, public_id, kind, subject.type, subject.id, actor, occurred_at),
                *(
                    canonical(parts[name]).decode()
                    for name in ("inputs", "versions", "result", "personal")
                ),
                digest,
            ],
        )
        record_id, recorded_at = cursor.fetchone()
        for row in apart:
            row.record_id = record_id
        PersonalContent.objects.bulk_create(apart)
    return Evidence(
        public_id=public_id,
        tenant_id=tenant_id,
        kind=kind,
        subject=subject,
        actor=actor,
        occurred_at=occurred_at,
        recorded_at=recorded_at,
        content_hash=digest,
        **parts,
    )


def _apart(personal: Mapping[str, str], person: str) -> list[PersonalContent]:
    """The rows to keep apart, each with a salt of its own; the record's number comes later."""
    return [
        PersonalContent(
            tenant_id=current_tenant_id(),
            person=person,
            field=field,
            salt=secrets.token_bytes(SALT_BYTES),
            content=content,
        )
        for field, content in personal.items()
    ]
