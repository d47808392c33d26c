"""Which parties are one company, by the merges that stand.

What a reader would get wrong: a survivor is never merged itself, so one step leads from any party
to the one that stands for it. Whoever reads rows by ``party_id`` asks ``ids_behind`` for all the
ids whose rows belong to the company.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import connection
from django.db.models import Max

from xindun.record.parties.models import Party, PartyMerge
from xindun.record.parties.values import MergeValue, PartyValue

PARTY_FIELDS = ("id", "public_id", "name", "country", "legal_entity_id")
_BEHIND = """
with newest as (
    select distinct on (party_id) party_id, survivor_id from parties_party_merge
    where decided_at <= coalesce(%(known_at)s, 'infinity'::timestamptz)
    order by party_id, id desc
), roots as (
    select asked.id, coalesce(newest.survivor_id, asked.id) as root
    from unnest(%(ids)s::bigint[]) as asked (id)
    left join newest on newest.party_id = asked.id
)
select roots.id, roots.root,
    array_remove(array_agg(newest.party_id order by newest.party_id), null)
from roots left join newest on newest.survivor_id = roots.root
group by roots.id, roots.root
"""


def ids_behind(party_id: int, *, known_at: datetime | None = None) -> tuple[int, ...]:
    """Every party that is one company with this one, itself among them; the survivor first.

    Args:
        known_at: by the merges that stood at that moment; None for now.
    """
    return ids_behind_each([party_id], known_at=known_at)[party_id]


def ids_behind_each(
    party_ids: Iterable[int], *, known_at: datetime | None = None
) -> dict[int, tuple[int, ...]]:
    """:func:`ids_behind` of many parties at once."""
    ids = sorted(set(party_ids))
    if not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_BEHIND, {"ids": ids, "known_at": known_at})
        return {asked: (root, *merged) for asked, root, merged in cursor.fetchall()}


def merged_ids() -> dict[int, int]:
    """Every party that another one stands for now, and which."""
    newest = PartyMerge.objects.order_by("party_id", "-id").distinct("party_id")
    rows = newest.values_list("party_id", "survivor_id")
    return {party: survivor for party, survivor in rows if survivor is not None}


def merges_into(party_id: int) -> tuple[MergeValue, ...]:
    """The parties that this one stands for now, the last merged first."""
    ids = ids_behind(party_id)[1:]
    newest = PartyMerge.objects.filter(party_id__in=ids).values("party_id").annotate(at=Max("id"))
    rows = PartyMerge.objects.filter(id__in=newest.values("at")).select_related("party")
    return tuple(
        MergeValue(_value(row.party), row.reason, row.proposed_by, row.decided_by, row.decided_at)
        for row in rows.order_by("-id")
    )


def last_merge_at(party_ids: Iterable[int], at: datetime) -> dict[int, datetime]:
    """When a merge, or the end of one, last changed what each party stands for, up to a moment.

    Parties that never were part of a merge are left out.
    """
    ids = set(party_ids)
    rows = PartyMerge.objects.filter(decided_at__lte=at)
    into = set(rows.filter(survivor_id__in=ids).values_list("party_id", "survivor_id"))
    concerned = into | {(each, each) for each in ids}
    last: dict[int, datetime] = {}
    moments = rows.filter(party_id__in={party for party, _ in concerned})
    for party_id, moment in moments.values_list("party_id", "decided_at"):
        for each in (to for party, to in concerned if party == party_id and to is not None):
            last[each] = max(moment, last.get(each, moment))
    return last


def standing_parties(
    party_ids: Iterable[int], *, known_at: datetime | None = None
) -> dict[int, PartyValue]:
    """The party that stands for each; mostly itself."""
    behind = ids_behind_each(party_ids, known_at=known_at)
    rows = Party.objects.filter(id__in={ids[0] for ids in behind.values()})
    known = {row[0]: PartyValue(*row) for row in rows.values_list(*PARTY_FIELDS)}
    return {asked: known[ids[0]] for asked, ids in behind.items()}


def _value(row: Party) -> PartyValue:
    return PartyValue(*(getattr(row, name) for name in PARTY_FIELDS))
