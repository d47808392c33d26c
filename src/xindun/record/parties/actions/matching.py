"""Adopt a legal entity of the register as a party, for a buyer or for a prospect.

What a reader would get wrong: adopting copies the name, the country and the numbers that the
register states, so what the tenant decided on stays as it was when the register changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from xindun.kernel.company_schemes import SCHEMES
from xindun.kit.tenancy import current_tenant_id
from xindun.record.evidence.actions import append
from xindun.record.evidence.values import Plain, Subject
from xindun.record.parties import reads
from xindun.record.parties.actions.identifiers import state_identifier
from xindun.record.parties.actions.parties import match_buyer, open_party
from xindun.record.parties.models import Buyer
from xindun.record.parties.rules import name_key, search_key, sort_key
from xindun.record.parties.values import BuyerValue, Comparison, EntityValue, PartyValue
from xindun.record.tenants.values import Actor, Permission

PROSPECT = "prospect"
"""The source of buyers that no ledger has named yet."""


def adopt_entity(actor: Actor, entity: UUID, *, now: datetime) -> PartyValue:
    """The party that was adopted from a legal entity; opened now when there is none.

    Raises:
        NotPermitted, UnknownEntity: as named.
        IdentifierTaken: a party entered by hand has its number: the two are one company.
    """
    actor.check(Permission.FILES_CHANGE)
    told = reads.entity(entity)
    with transaction.atomic():
        adopted = reads.party_adopted_from(told.id)
        if adopted is not None:
            return adopted
        party = open_party(actor, told.name, told.country, legal_entity_id=told.id, now=now)
        for each in reads.entity_identifiers(told.id):
            if each.scheme in SCHEMES:
                state_identifier(
                    actor, party.public_id, each.scheme, each.value, source=told.register, now=now
                )
    return party


def match_to_entity(actor: Actor, buyer: UUID, entity: UUID, *, now: datetime) -> PartyValue:
    """Say that a buyer is a legal entity of the register; the file is opened where needed.

    Raises:
        NotPermitted, UnknownBuyer, UnknownEntity, IdentifierTaken: as named.
    """
    with transaction.atomic():
        party = adopt_entity(actor, entity, now=now)
        found = reads.candidates(buyer, limit=50)
        ids = {entity, party.public_id}
        why = next((each.comparison for each in found if each.public_id in ids), None)
        match_buyer(actor, buyer, party.public_id, explained(why), now=now)
    return party


def match_to_party(actor: Actor, buyer: UUID, party: UUID, *, now: datetime) -> None:
    """Say that a buyer is a party on file, with why as the comparison tells it.

    Raises:
        NotPermitted, UnknownBuyer, UnknownParty: as named.
    """
    found = reads.candidates(buyer, limit=50)
    why = next((each.comparison for each in found if each.public_id == party), None)
    match_buyer(actor, buyer, party, explained(why), now=now)


def match_by_hand(actor: Actor, buyer: UUID, *, now: datetime) -> PartyValue:
    """Open a file by the buyer's own name, for a company that no register here knows.

    Raises:
        NotPermitted, UnknownBuyer, BadPartyName: as named.
    """
    known = reads.buyer(buyer)
    with transaction.atomic():
        party = open_party(actor, known.name, known.country, now=now)
        match_buyer(actor, buyer, party.public_id, {}, now=now)
    return party


def open_prospect(actor: Actor, entity: UUID, *, now: datetime) -> BuyerValue:
    """Open a file on a company that no ledger has named; the buyer stands for it until one does.

    Raises:
        NotPermitted, UnknownEntity, IdentifierTaken: as named.
    """
    with transaction.atomic():
        party = adopt_entity(actor, entity, now=now)
        known = reads.buyers_of(party.id)
        if known:
            return known[0]
        told = reads.entity(entity)
        row = _prospect(told)
        append(
            kind="prospect_opened",
            subject=Subject("buyer", str(row.public_id)),
            actor=actor.name,
            occurred_at=now,
            inputs={"legal_entity": told.public_id},
            result={"country": told.country},
            versions={},
        )
        match_buyer(actor, row.public_id, party.public_id, {}, now=now)
    return reads.buyer(row.public_id)


def explained(comparison: Comparison | None) -> Mapping[str, Plain]:
    """A comparison as the match keeps it: score, band, and each field's verdict; no texts."""
    if comparison is None:
        return {}
    said: dict[str, Plain] = {"score": str(comparison.score), "band": comparison.band.value}
    said.update({each.field: each.verdict for each in comparison.fields})
    return said


def _prospect(told: EntityValue) -> Buyer:
    row, _made = Buyer.objects.get_or_create(
        tenant_id=current_tenant_id(),
        source=PROSPECT,
        buyer_key=f"{told.register}:{told.register_key}",
        defaults={
            "name": told.name,
            "name_key": name_key(told.name),
            "sort_key": sort_key(told.name),
            "search_key": search_key(told.name),
            "country": told.country,
        },
    )
    return row
