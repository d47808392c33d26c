"""Questions about the records of the current tenant."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from xindun.kit.tenancy import current_tenant_id
from xindun.record.evidence import models
from xindun.record.evidence.models import EvidenceRecord
from xindun.record.evidence.rules import content, content_hash
from xindun.record.evidence.values import Evidence, Json, PersonalContent, Subject


def records_of(subject: Subject) -> list[Evidence]:
    """All records about ``subject``, newest first."""
    rows = EvidenceRecord.objects.filter(
        tenant_id=current_tenant_id(), subject_type=subject.type, subject_id=subject.id
    ).order_by("-id")
    return [value_of(row) for row in rows]


def record(public_id: UUID) -> Evidence | None:
    """One record of the current tenant by its public id; None when there is none."""
    row = EvidenceRecord.objects.filter(tenant_id=current_tenant_id(), public_id=public_id).first()
    return None if row is None else value_of(row)


def latest(*, kind: str | None = None, count: int = 50) -> list[Evidence]:
    """The newest ``count`` records, of one kind when named."""
    rows = EvidenceRecord.objects.filter(tenant_id=current_tenant_id()).order_by("-id")
    if kind is not None:
        rows = rows.filter(kind=kind)
    return [value_of(row) for row in rows[:count]]


def records_after(
    *,
    kind: str | None = None,
    subject: tuple[str | None, str | None] = (None, None),
    after: int | None = None,
    limit: int = 50,
) -> list[tuple[int, Evidence]]:
    """Records, the newest first, each with its row id; for readers that walk all of them.

    Args:
        kind: only this kind.
        subject: only about this type and id; None leaves one open.
        after: the last record's row id; None for the beginning.
        limit: rows.
    """
    wanted = {"kind": kind, "subject_type": subject[0], "subject_id": subject[1], "id__lt": after}
    rows = EvidenceRecord.objects.filter(
        tenant_id=current_tenant_id(),
        **{name: value for name, value in wanted.items() if value is not None},
    )
    return [(row.id, value_of(row)) for row in rows.order_by("-id")[:limit]]


def is_intact(evidence: Evidence) -> bool:
    """Whether the content still has the hash that was stored with it."""
    return evidence.content_hash == content_hash(content_of(evidence))


def content_of(evidence: Evidence) -> dict[str, Json]:
    """What the hash of a record covers."""
    return content(
        public_id=evidence.public_id,
        tenant_id=evidence.tenant_id,
        kind=evidence.kind,
        subject=evidence.subject,
        actor=evidence.actor,
        occurred_at=evidence.occurred_at,
        inputs=evidence.inputs,
        versions=evidence.versions,
        result=evidence.result,
        personal=evidence.personal,
    )


def personal_of(record_ids: Iterable[UUID]) -> list[PersonalContent]:
    """What is kept apart for these records (public ids); erased content does not appear."""
    return _personal(record__public_id__in=list(record_ids))


def personal_about(person: str) -> list[PersonalContent]:
    """Everything kept apart about one person in the current tenant, oldest first."""
    return _personal(person=person)


def subjects_holding(subject_type: str, content: str) -> set[str]:
    """Ids of the subjects of one type whose records keep exactly this content apart."""
    rows = models.PersonalContent.objects.filter(
        tenant_id=current_tenant_id(), content=content, record__subject_type=subject_type
    )
    return set(rows.values_list("record__subject_id", flat=True))


def subjects_by(kind: str, actor: str) -> set[str]:
    """Ids of what an actor's records of one kind are about."""
    rows = EvidenceRecord.objects.filter(tenant_id=current_tenant_id(), kind=kind, actor=actor)
    return set(rows.values_list("subject_id", flat=True))


def _personal(**which: object) -> list[PersonalContent]:
    rows = models.PersonalContent.objects.filter(tenant_id=current_tenant_id(), **which)
    return [
        PersonalContent(
            record_id=row.record.public_id,
            person=row.person,
            field=row.field,
            content=row.content,
            recorded_at=row.record.recorded_at,
        )
        for row in rows.select_related("record").order_by("record_id", "field")
    ]


def value_of(row: EvidenceRecord) -> Evidence:
    """A row as the value other contexts see."""
    return Evidence(
        public_id=row.public_id,
        tenant_id=row.tenant_id,
        kind=row.kind,
        subject=Subject(row.subject_type, row.subject_id),
        actor=row.actor,
        occurred_at=row.occurred_at,
        recorded_at=row.recorded_at,
        inputs=row.inputs,
        versions=row.versions,
        result=row.result,
        personal=row.personal,
        content_hash=bytes(row.content_hash),
    )
