"""Questions about a tenant's parties; every one runs inside the caller's tenant scope.

What a reader would get wrong: a party that was merged into another is answered by that other one,
also when it is asked for by its own id; see ``reads/merges.py``.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from xindun.kernel.errors import DomainError
from xindun.record.parties.models import BuyerMatch, Party, PartyIdentifier
from xindun.record.parties.reads.merges import (
    PARTY_FIELDS,
    ids_behind,
    merged_ids,
    standing_parties,
)
from xindun.record.parties.values import IdentifierValue, PartyValue


class UnknownParty(DomainError):
    """No such party in this tenant."""

    code = "unknown_party"
    sentence = "There is no company file {public_id}."


def party(public_id: UUID) -> PartyValue:
    """One party by the id that stands in addresses, or the one that stands for it.

    Raises:
        UnknownParty: this tenant keeps no file with that id.
    """
    return _standing(party_itself(public_id).id)


def party_itself(public_id: UUID) -> PartyValue:
    """One party by the id that stands in addresses, also a merged one.

    Raises:
        UnknownParty: this tenant keeps no file with that id.
    """
    row = Party.objects.filter(public_id=public_id).values_list(*PARTY_FIELDS).first()
    if row is None:
        raise UnknownParty(public_id=public_id)
    return PartyValue(*row)


def parties() -> list[PartyValue]:
    """Every party of the tenant, the first opened first; merged ones are left out."""
    rows = Party.objects.exclude(id__in=merged_ids()).order_by("id")
    return [PartyValue(*row) for row in rows.values_list(*PARTY_FIELDS)]


def names_behind(party_ids: Iterable[int]) -> dict[int, str]:
    """Parties' own names by their row ids, merged ones too: spellings of the same company."""
    rows = Party.objects.filter(id__in=list(party_ids)).order_by("id")
    return dict(rows.values_list("id", "name"))


def parties_by_id(party_ids: Iterable[int]) -> dict[int, PartyValue]:
    """Parties by their row id; unknown ids are left out."""
    rows = Party.objects.filter(id__in=list(party_ids)).values_list(*PARTY_FIELDS)
    return {row[0]: PartyValue(*row) for row in rows}


def party_adopted_from(entity_id: int) -> PartyValue | None:
    """The party that was adopted from a row of the register."""
    rows = Party.objects.filter(legal_entity_id=entity_id).order_by("id")
    row_id = rows.values_list("id", flat=True).first()
    return None if row_id is None else _standing(row_id)


def party_of(buyer_id: int) -> PartyValue | None:
    """The party that the buyer is, by its newest match; None while it is not known."""
    return parties_of([buyer_id]).get(buyer_id)


def parties_of(buyer_ids: Iterable[int]) -> dict[int, PartyValue]:
    """:func:`party_of` of many buyers at once; those whose party is not known are left out."""
    newest = BuyerMatch.objects.filter(buyer_id__in=list(buyer_ids)).order_by("buyer_id", "-id")
    matched = {
        buyer: party
        for buyer, party in newest.distinct("buyer_id").values_list("buyer_id", "party_id")
        if party is not None
    }
    found = standing_parties(matched.values())
    return {buyer: found[party] for buyer, party in matched.items()}


def identifiers_of(
    party_id: int, *, known_at: datetime | None = None
) -> tuple[IdentifierValue, ...]:
    """The numbers a party has, by scheme and value: now, or as was known at a moment."""
    said = PartyIdentifier.objects.filter(party_id__in=ids_behind(party_id, known_at=known_at))
    if known_at is not None:
        said = said.filter(recorded_at__lte=known_at)
    newest = said.order_by("scheme", "value", "party_id", "-id")
    found: dict[tuple[str, str], IdentifierValue] = {}
    for row in newest.distinct("scheme", "value", "party_id"):
        if not row.withdrawn:
            value = IdentifierValue(row.scheme, row.value, row.source, row.recorded_at)
            found.setdefault((row.scheme, row.value), value)
    return tuple(found.values())


def numbers_of(party_ids: Iterable[int]) -> dict[int, list[tuple[str, str]]]:
    """Scheme and value of the numbers that parties have now, each its own; for comparisons."""
    rows = PartyIdentifier.objects.filter(party_id__in=list(party_ids))
    newest = rows.order_by("party_id", "scheme", "value", "-id")
    found: dict[int, list[tuple[str, str]]] = {}
    for row in newest.distinct("party_id", "scheme", "value"):
        if not row.withdrawn:
            found.setdefault(row.party_id, []).append((row.scheme, row.value))
    return found


def party_with(scheme: str, value: str) -> PartyValue | None:
    """The party that has a number now; no two have the same."""
    rows = (
        PartyIdentifier.objects.filter(scheme=scheme, value=value)
        .order_by("party_id", "-id")
        .distinct("party_id")
    )
    found = [row.party_id for row in rows if not row.withdrawn]
    return _standing(found[0]) if found else None


def _standing(party_id: int) -> PartyValue:
    return standing_parties([party_id])[party_id]
