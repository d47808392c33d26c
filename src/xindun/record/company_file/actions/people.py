"""Erase a person's name from a company's file."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from xindun.kit.tenancy import current_tenant_id
from xindun.record.company_file.models import FactPerson
from xindun.record.company_file.rules.compare import folded
from xindun.record.evidence.actions import append, erase_personal
from xindun.record.evidence.values import Subject
from xindun.record.parties.reads import ids_behind, merges_into
from xindun.record.parties.reads import party as party_named
from xindun.record.tenants.values import Actor, Permission


def erase_name(actor: Actor, party: UUID, name: str, *, now: datetime, reason: str) -> int:
    """Erase a person's name from every fact of a party; roles and numbers of people stay.

    The copies that evidence keeps apart go for all people of the party, because they lie in one
    place; the facts keep the others' names.

    Args:
        name: as the facts spell it; widths, case, spaces and punctuation do not matter.
        reason: a code such as ``asked_by_person``.

    Returns:
        In how many places it stood.

    Raises:
        NotPermitted, UnknownParty: as named.
    """
    actor.check(Permission.PERSONAL_DATA)
    wanted = folded(name)
    with transaction.atomic():
        known = party_named(party)
        rows = FactPerson.objects.select_for_update(of=("self",)).filter(
            tenant_id=current_tenant_id(), fact__party_id__in=ids_behind(known.id)
        )
        meant = [row.pk for row in rows if wanted and folded(row.name) == wanted]
        if not meant:
            return 0
        FactPerson.objects.filter(tenant_id=current_tenant_id(), pk__in=meant).update(name="")
        merged = [each.party.public_id for each in merges_into(known.id)]
        for each in (known.public_id, *merged):
            erase_personal(
                str(each), actor=actor.name, now=now, reason=reason, subject_type="party"
            )
        append(
            kind="fact_person_erased",
            subject=Subject("party", str(known.public_id)),
            actor=actor.name,
            occurred_at=now,
            inputs={},
            result={"reason": reason, "places": len(meant)},
            versions={},
        )
    return len(meant)
