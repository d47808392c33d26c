"""Who is compared with the lists for a party: itself, who owns and runs it, and its banks."""

from __future__ import annotations

from collections.abc import Iterable

from xindun.record.parties.values import PartyValue
from xindun.record.screening.values import EntryKind, Role, Subject


def subjects_of(parties: Iterable[PartyValue]) -> dict[int, tuple[Subject, ...]]:
    """The subjects of each party by the party's row id; the party itself comes first."""
    return {party.id: (_party(party),) for party in parties}


def _party(party: PartyValue) -> Subject:
    return Subject(Role.PARTY, (party.name,), EntryKind.COMPANY, party.country)
