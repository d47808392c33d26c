"""Erase the personal content that lies apart from the records."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from xindun.kit.tenancy import current_tenant_id
from xindun.record.evidence.actions.append import append
from xindun.record.evidence.models import PersonalContent
from xindun.record.evidence.reads import personal_about
from xindun.record.evidence.values import Subject


def erase_personal(
    person: str, *, actor: str, now: datetime, reason: str, subject_type: str = "user"
) -> int:
    """Erase everything kept apart about a person in the current tenant; itself evidence.

    The records stay and so do their salted hashes: the log verifies as before, and nobody can
    tell any more what was hashed.

    Args:
        person: public id of the user (or invitation).
        actor: who erases, as evidence writes it.
        now: the caller's clock.
        reason: a code such as ``asked_by_person``.
        subject_type: what ``person`` is the id of, ``user`` or ``invitation``.

    Returns:
        How many fields were erased; none leaves no evidence.
    """
    with transaction.atomic():
        found = personal_about(person)
        if not found:
            return 0
        rows = PersonalContent.objects.filter(tenant_id=current_tenant_id(), person=person)
        rows.filter(record__public_id__in={each.record_id for each in found}).delete()
        append(
            kind="personal_content_erased",
            subject=Subject(subject_type, person),
            actor=actor,
            occurred_at=now,
            inputs={
                "fields": [{"record": each.record_id, "field": each.field} for each in found],
            },
            result={"reason": reason, "erased": len(found)},
            versions={},
        )
    return len(found)
