"""Compare parties with the lists and keep what is found.

What a reader would get wrong: a hit is kept once for a party, a subject and one version of an
entry. Found again it stays what it is, so what was cleared stays cleared; when the publisher
changes the entry it is another version, and the hit comes back open. A confirmed hit ends by two
people only, even when the entry is gone.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from xindun.kernel.errors import DomainError
from xindun.kernel.merkle import merkle_root
from xindun.kit.tenancy import current_tenant_id
from xindun.record.evidence.actions import append
from xindun.record.evidence.values import Plain
from xindun.record.evidence.values import Subject as About
from xindun.record.parties.reads import ids_behind_each
from xindun.record.parties.values import PartyValue
from xindun.record.screening.models import Check, Hit, PublicEntry, WatchEntry
from xindun.record.screening.reads.lists import (
    entries_by_id,
    entry_value,
    newest_versions,
    public_index,
    watch_index,
)
from xindun.record.screening.reads.standing import settings_version, thresholds
from xindun.record.screening.reads.subjects import subjects_of
from xindun.record.screening.rules.index import Index
from xindun.record.screening.rules.matching import compared
from xindun.record.screening.rules.standing import subject_key
from xindun.record.screening.values import (
    HitState,
    ListCode,
    ListVersion,
    Match,
    Occasion,
    Screened,
    Subject,
    Thresholds,
)
from xindun.record.tenants.reads import current_tenant
from xindun.record.tenants.values import Actor

CHUNK = 500
"""So many parties are compared and written together."""


class NoListsLoaded(DomainError):
    """There is nothing to compare with."""

    code = "no_lists_loaded"
    sentence = (
        "No sanctions list is loaded yet. Whoever runs Xindun loads one, such as with"
        " 'xindun screening load ofac sdn.xml'."
    )


@dataclass(frozen=True, slots=True)
class Found:
    """A subject of a party that is like an entry."""

    party_id: int
    subject: Subject
    code: ListCode
    row: PublicEntry | WatchEntry
    match: Match

    @property
    def key(self) -> tuple[int, str, str, str, str]:
        """What makes it the same hit at the next screening."""
        return (
            *(self.party_id, subject_key(self.subject), self.code.value),
            *(self.row.entry_key, self.row.entry_hash),
        )


def loaded_lists() -> dict[ListCode, ListVersion]:
    """The newest version of each list.

    Raises:
        NoListsLoaded: as the name says.
    """
    newest = newest_versions()
    if not newest:
        raise NoListsLoaded
    return newest


def screened(
    actor: Actor,
    kind: str,
    whom: Sequence[PartyValue],
    occasion: Occasion,
    now: datetime,
    *,
    covered: int | None = None,
) -> Screened:
    """Compare ``whom`` with every list, keep the hits, and write one record of ``kind``.

    Raises:
        NoListsLoaded: as the name says.
    """
    newest, settings = loaded_lists(), thresholds()
    versions = {code.value: each.id for code, each in newest.items()}
    indexes = [(None, public_index(newest)), (ListCode.WATCH, watch_index())]
    new, subjects, digests = 0, 0, list[bytes]()
    with transaction.atomic():
        for start in range(0, len(whom), CHUNK):
            chunk = whom[start : start + CHUNK]
            about = subjects_of(chunk, known_at=now)
            found = [
                each for code, index in indexes for each in alike(about, code, index, settings)
            ]
            new += _keep(chunk, found, occasion, now)
            _note(chunk, about, found, versions, occasion, now)
            subjects += sum(map(len, about.values()))
            digests += _digests(chunk, found)
        open_hits = Hit.objects.filter(
            party_id__in=_stands_for(whom), state=HitState.OPEN.value, superseded_at=None
        ).count()
        result: dict[str, Plain] = {"new_hits": new, "open_hits": open_hits}
        if covered is not None:
            result["covered"] = covered
        append(
            kind=kind,
            subject=About("party", str(whom[0].public_id))
            if kind == "party_screened"
            else About("tenant", str(current_tenant().public_id)),
            actor=actor.name,
            occurred_at=now,
            inputs={
                "occasion": occasion.value,
                "parties": len(whom),
                "subjects": subjects,
                "merkle_root": merkle_root(digests).hex(),
            },
            result=result,
            versions={
                "settings": settings_version(),
                **{code.value: each.sha256 for code, each in newest.items()},
            },
        )
    return Screened(len(whom), subjects, versions, new, open_hits)


def alike(
    about: Mapping[int, Sequence[Subject]],
    code: ListCode | None,
    index: Index,
    settings: Thresholds,
) -> list[Found]:
    """Who among the subjects is like an entry of the index.

    Args:
        about: party → its subjects.
        code: whose entries the index holds; WATCH the tenant's own, else public ones.
    """
    near = [
        (party_id, subject, ref)
        for party_id, subjects in about.items()
        for subject in subjects
        for ref in index.candidates(subject, settings)
    ]
    rows = entries_by_id(code, {ref for _, _, ref in near})
    found = []
    for party_id, subject, ref in near:
        listed, row = rows[ref]
        match = compared(subject, entry_value(row.content), settings)
        if match.points >= settings.hit:
            found.append(Found(party_id, subject, listed, row, match))
    return found


def _keep(
    whom: Sequence[PartyValue], found: Sequence[Found], occasion: Occasion, now: datetime
) -> int:
    """Write the hits that are new, close those that are no longer found; how many were new."""
    stands_for = _stands_for(whom)
    live = Hit.objects.filter(party_id__in=stands_for, superseded_at=None)
    keys = {each.key for each in found}
    known = [(_key(row, stands_for), row) for row in live.select_for_update()]
    gone = [
        row.id for key, row in known if key not in keys and row.state != HitState.CONFIRMED.value
    ]
    Hit.objects.filter(id__in=gone).update(superseded_at=now)
    before = {key for key, _row in known}
    back = _revived(stands_for, keys - before)
    made = Hit.objects.bulk_create(
        [
            _row(each, occasion, now)
            for each in found
            if each.key not in before and each.key not in back
        ],
        batch_size=CHUNK,
    )
    return len(made)


def _stands_for(whom: Iterable[PartyValue]) -> dict[int, int]:
    """The parties whose hits count to ``whom``, those merged into them too → who stands for it."""
    behind = ids_behind_each(each.id for each in whom)
    return {each: party_id for party_id, ids in behind.items() for each in ids}


def _key(row: Hit, stands_for: Mapping[int, int]) -> tuple[int, str, str, str, str]:
    """:attr:`Found.key` of a hit that was kept."""
    party_id = stands_for[row.party_id]
    return party_id, row.subject_key, row.list, row.entry_key, row.entry_hash


def _revived(
    stands_for: Mapping[int, int], keys: set[tuple[int, str, str, str, str]]
) -> set[tuple[int, str, str, str, str]]:
    """Hits that were superseded and are found again: they count again as they were decided."""
    if not keys:
        return set()
    old = Hit.objects.filter(party_id__in=stands_for, superseded_at__isnull=False)
    back = {}
    for row in old:
        key = _key(row, stands_for)
        if key in keys:
            back[key] = row.id
    Hit.objects.filter(id__in=back.values()).update(superseded_at=None)
    return set(back)


def _row(found: Found, occasion: Occasion, now: datetime) -> Hit:
    return Hit(
        tenant_id=current_tenant_id(),
        party_id=found.party_id,
        role=found.subject.role.value,
        subject=found.subject.names[0],
        subject_key=subject_key(found.subject),
        list=found.code.value,
        entry_key=found.row.entry_key,
        entry_hash=found.row.entry_hash,
        entry=found.row.content,
        points=found.match.points,
        fields=[asdict(each) for each in found.match.fields],
        state=HitState.OPEN.value,
        occasion=occasion.value,
        found_at=now,
    )


def _note(
    whom: Sequence[PartyValue],
    about: Mapping[int, Sequence[Subject]],
    found: Iterable[Found],
    versions: Mapping[str, int],
    occasion: Occasion,
    now: datetime,
) -> None:
    """One row a party: compared with which versions, and how much was found."""
    counts: dict[int, int] = defaultdict(int)
    for each in found:
        counts[each.party_id] += 1
    Check.objects.bulk_create(
        [
            Check(
                tenant_id=current_tenant_id(),
                party_id=each.id,
                occasion=occasion.value,
                versions=dict(versions),
                subjects=len(about[each.id]),
                hits=counts[each.id],
                screened_at=now,
            )
            for each in whom
        ]
    )


def _digests(whom: Sequence[PartyValue], found: Iterable[Found]) -> list[bytes]:
    """A hash a party over what was found of it, in the order of ``whom``."""
    keys: dict[int, list[tuple[str, ...]]] = defaultdict(list)
    for each in found:
        _party, _subject, code, entry_key, entry_hash = each.key
        keys[each.party_id].append((code, entry_key, entry_hash, str(each.match.points)))
    return [
        sha256(json.dumps([str(each.public_id), sorted(keys[each.id])]).encode()).digest()
        for each in whom
    ]
