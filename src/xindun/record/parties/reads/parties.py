"""Questions about a tenant's parties; every one runs inside the caller's tenant scope."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from xindun.kernel.errors import DomainError
from xindun.record.parties.models import BuyerMatch, Party, PartyIdentifier
from xindun.record.parties.values import IdentifierValue, PartyValue

PARTY_FIELDS = ("id", "public_id", "name", "country", "legal_entity_id")


class UnknownParty(DomainError):
    """No such party in this tenant."""

    code = "unknown_party"
    sentence = "There is no company file {public_id}."


def party(public_id: UUID) -> PartyValue:
    """One party by the id that stands in addresses.

    Raises:
        UnknownParty: this tenant keeps no file with that id.
    """
    row = Party.objects.filter(public_id=public_id).values_list(*PARTY_FIELDS).first()
    if row is None:
        raise UnknownParty(public_id=public_id)
    return PartyValue(*row)


def parties() -> list[PartyValue]:
    """Every party of the tenant, the first opened first."""
    return [PartyValue(*row) for row in Party.objects.order_by("id").values_list(*PARTY_FIELDS)]


def party_adopted_from(entity_id: int) -> PartyValue | None:
    """The party that was adopted from a row of the register."""
    rows = Party.objects.filter(legal_entity_id=entity_id).order_by("id")
    row = rows.values_list(*PARTY_FIELDS).first()
    return PartyValue(*row) if row else None


def party_of(buyer_id: int) -> PartyValue | None:
    """The party that the buyer is, by its newest match; None while it is not known."""
    newest = BuyerMatch.objects.filter(buyer_id=buyer_id).order_by("-id").first()
    if newest is None or newest.party_id is None:
        return None
    return PartyValue(*Party.objects.values_list(*PARTY_FIELDS).get(id=newest.party_id))


def parties_of(buyer_ids: Iterable[int]) -> dict[int, PartyValue]:
    """:func:`party_of` of many buyers at once; those whose party is not known are left out."""
    newest = BuyerMatch.objects.filter(buyer_id__in=list(buyer_ids)).order_by("buyer_id", "-id")
    matched = {
        buyer: party
        for buyer, party in newest.distinct("buyer_id").values_list("buyer_id", "party_id")
        if party is not None
    }
    rows = Party.objects.filter(id__in=set(matched.values())).values_list(*PARTY_FIELDS)
    found = {row[0]: PartyValue(*row) for row in rows}
    return {buyer: found[party] for buyer, party in matched.items()}


def identifiers_of(
    party_id: int, *, known_at: datetime | None = None
) -> tuple[IdentifierValue, ...]:
    """The numbers a party has, by scheme and value: now, or as was known at a moment."""
    said = PartyIdentifier.objects.filter(party_id=party_id)
    if known_at is not None:
        said = said.filter(recorded_at__lte=known_at)
    rows = said.order_by("scheme", "value", "-id").distinct("scheme", "value")
    return tuple(
        IdentifierValue(row.scheme, row.value, row.source, row.recorded_at)
        for row in rows
        if not row.withdrawn
    )


def party_with(scheme: str, value: str) -> PartyValue | None:
    """The party that has a number now; no two have the same."""
    rows = (
        PartyIdentifier.objects.filter(scheme=scheme, value=value)
        .order_by("party_id", "-id")
        .distinct("party_id")
    )
    found = [row.party_id for row in rows if not row.withdrawn]
    return PartyValue(*Party.objects.values_list(*PARTY_FIELDS).get(id=found[0])) if found else None
