"""Who is compared with the lists for a party: itself, who owns and runs it, and its banks.

What a reader would get wrong: everything but the party's own name and numbers comes from facts of
its company file. Who is not stated there is not compared, and the screening does not say otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from xindun.record.company_file.reads import facts_of
from xindun.record.company_file.values import Fact, FactKind
from xindun.record.parties.reads import identifiers_of, ids_behind_each, names_behind
from xindun.record.parties.values import PartyValue
from xindun.record.screening.values import EntryKind, Role, Subject

_IDENTIFIERS = (FactKind.USCC, FactKind.REGISTER_NUMBER)
_PEOPLE = ((FactKind.BENEFICIAL_OWNERS, Role.OWNER), (FactKind.OFFICERS, Role.OFFICER))


def subjects_of(
    parties: Iterable[PartyValue], *, known_at: datetime
) -> dict[int, tuple[Subject, ...]]:
    """The subjects of each party by the party's row id; the party itself comes first."""
    known = {party.id: party for party in parties}
    behind = ids_behind_each(known, known_at=known_at)
    names = names_behind(each for ids in behind.values() for each in ids[1:])
    return {
        row_id: _subjects(
            party, [names[each] for each in behind[row_id] if each in names], known_at
        )
        for row_id, party in known.items()
    }


def _subjects(party: PartyValue, merged: Sequence[str], known_at: datetime) -> tuple[Subject, ...]:
    """``merged`` are the names of the files that were merged into the party's."""
    facts = facts_of(party.id, as_of=known_at.date(), known_at=known_at)
    stated = [each.value for each in identifiers_of(party.id, known_at=known_at)]
    stated += [text for kind in _IDENTIFIERS for text in _texts(facts, kind)]
    found: dict[tuple[Role, str], Subject] = {}
    for kind, role in _PEOPLE:
        for name in _names(facts, kind):
            found[role, name.casefold()] = Subject(role, (name,))
    for name in _texts(facts, FactKind.BANK):
        found[Role.BANK, name.casefold()] = Subject(
            Role.BANK, (name,), EntryKind.COMPANY, identifiers=tuple(name.split())
        )
    days = _texts(facts, FactKind.FOUNDED_ON)
    whole = Subject(
        Role.PARTY,
        tuple(dict.fromkeys((party.name, *merged, *_texts(facts, FactKind.LEGAL_NAME)))),
        EntryKind.COMPANY,
        party.country,
        days[0] if days else None,
        tuple(dict.fromkeys(stated)),
    )
    return (whole, *found.values())


def _texts(facts: Iterable[Fact], kind: FactKind) -> list[str]:
    return [fact.value for fact in facts if fact.kind is kind and isinstance(fact.value, str)]


def _names(facts: Iterable[Fact], kind: FactKind) -> list[str]:
    people = [
        each
        for fact in facts
        if fact.kind is kind and isinstance(fact.value, list)
        for each in fact.value
    ]
    names = [each.get("name") for each in people if isinstance(each, dict)]
    return [name for name in names if isinstance(name, str) and name]
