"""Append a record; there is no other verb."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import cast

from xindun.kernel.identifiers import new_public_id
from xindun.kit.tenancy import current_tenant_id
from xindun.record.evidence.models import EvidenceRecord, PendingEvidence
from xindun.record.evidence.reads import value_of
from xindun.record.evidence.rules import content_hash, plain
from xindun.record.evidence.values import Evidence, Json, Plain, Subject


def append(
    *,
    kind: str,
    subject: Subject,
    actor: str,
    occurred_at: datetime,
    inputs: Mapping[str, Plain],
    result: Mapping[str, Plain],
    versions: Mapping[str, Plain],
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

    Raises:
        TenantScopeMissing: outside a tenant scope.
        NotEvidence: a value without canonical form, such as a float.
    """
    tenant_id, public_id = current_tenant_id(), new_public_id()
    parts = {
        name: cast("dict[str, Json]", plain(value))
        for name, value in (("inputs", inputs), ("versions", versions), ("result", result))
    }
    digest = content_hash(
        public_id=public_id,
        tenant_id=tenant_id,
        kind=kind,
        subject=subject,
        actor=actor,
        occurred_at=occurred_at,
        inputs=parts["inputs"],
        versions=parts["versions"],
        result=parts["result"],
    )
    record = EvidenceRecord.objects.create(
        tenant_id=tenant_id,
        public_id=public_id,
        kind=kind,
        subject_type=subject.type,
        subject_id=subject.id,
        actor=actor,
        occurred_at=occurred_at,
        content_hash=digest,
        **parts,
    )
    PendingEvidence.objects.create(tenant_id=tenant_id, record_id=record.id)
    record.refresh_from_db(fields=["recorded_at"])
    return value_of(record)
