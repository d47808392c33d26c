"""Open a file on a legal entity, and say which party a buyer is.

What a reader would get wrong: a match is never changed. Another one, or one without a party, is
appended; so it can be undone, and who was known to be whom on a day can be read later.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from xindun.kit.events import FILE_CHANGED, PARTY_OPENED, announce
from xindun.kit.tenancy import current_tenant_id
from xindun.record.evidence.actions import append
from xindun.record.evidence.values import Plain, Subject
from xindun.record.parties import reads
from xindun.record.parties.models import BuyerMatch, Party
from xindun.record.parties.rules import check_party_name, name_key
from xindun.record.parties.rules.folding import found_by
from xindun.record.parties.values import PartyValue
from xindun.record.tenants.values import Actor, Permission


def open_party(
    actor: Actor,
    name: str,
    country: str | None,
    *,
    legal_entity_id: int | None = None,
    now: datetime,
) -> PartyValue:
    """Open a file on a legal entity.

    Args:
        country: ISO 3166-1 alpha-2.
        legal_entity_id: the register's row it is adopted from.

    Raises:
        NotPermitted, BadPartyName: as named.
    """
    actor.check(Permission.FILES_CHANGE)
    said = check_party_name(name)
    with transaction.atomic():
        row = Party.objects.create(
            tenant_id=current_tenant_id(),
            name=said,
            name_key=name_key(said),
            search_key=found_by(said),
            country=country,
            legal_entity_id=legal_entity_id,
        )
        append(
            kind="party_opened",
            subject=Subject("party", str(row.public_id)),
            actor=actor.name,
            occurred_at=now,
            inputs={"legal_entity": legal_entity_id},
            result={"country": country},
            versions={},
        )
        announce(PARTY_OPENED)
    return reads.party(row.public_id)


def match_buyer(
    actor: Actor,
    buyer: UUID,
    party: UUID,
    explanation: Mapping[str, Plain],
    *,
    now: datetime,
) -> None:
    """Say that a buyer is this party; an earlier match stays in the history.

    Args:
        explanation: why, field by field, as the matching explained it; empty when by hand.

    Raises:
        NotPermitted, UnknownBuyer, UnknownParty: as named.
    """
    actor.check(Permission.FILES_CHANGE)
    _append(actor, "buyer_matched", buyer, reads.party(party), explanation, now)


def unmatch_buyer(actor: Actor, buyer: UUID, *, now: datetime) -> None:
    """Say that it is not known which party a buyer is.

    Raises:
        NotPermitted, UnknownBuyer: as named.
    """
    actor.check(Permission.FILES_CHANGE)
    _append(actor, "buyer_unmatched", buyer, None, {}, now)


def _append(
    actor: Actor,
    kind: str,
    buyer: UUID,
    party: PartyValue | None,
    explanation: Mapping[str, Plain],
    now: datetime,
) -> None:
    with transaction.atomic():
        BuyerMatch.objects.create(
            tenant_id=current_tenant_id(),
            buyer_id=reads.buyer(buyer).id,
            party_id=party.id if party else None,
            explanation=dict(explanation),
        )
        append(
            kind=kind,
            subject=Subject("buyer", str(buyer)),
            actor=actor.name,
            occurred_at=now,
            inputs=dict(explanation),
            result={"party": str(party.public_id) if party else None},
            versions={},
        )
        announce(FILE_CHANGED)
