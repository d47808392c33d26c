"""Hits, one, of a party, or as a list that is searched, narrowed and ordered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import F, Q, QuerySet

from xindun.kernel.errors import DomainError
from xindun.record.parties.reads import ids_behind
from xindun.record.screening.models import Hit as HitRow
from xindun.record.screening.models import HitOpinion
from xindun.record.screening.reads.lists import entry_value
from xindun.record.screening.values import (
    Compared,
    Hit,
    HitsPage,
    HitState,
    ListCode,
    Occasion,
    Role,
)

PAGE_SIZE = 50
SORTS = {"points": "points", "found": "id", "party": "party__name", "list": "list"}
NEWEST_FIRST = "-found"


class NoSuchHit(DomainError):
    """No hit with this id in the tenant."""

    code = "no_such_hit"
    sentence = "There is no such hit."


def hit(public_id: UUID) -> Hit:
    """One hit.

    Raises:
        NoSuchHit: as the name says.
    """
    row = _rows().filter(public_id=public_id).first()
    if row is None:
        raise NoSuchHit
    return hit_value(row)


def hits_of(party_id: int) -> list[Hit]:
    """Every hit of a party: open ones first, then by points; superseded ones last."""
    order = [HitState.OPEN, HitState.CONFIRMED, HitState.CLEARED, HitState.SUPERSEDED]
    found = [hit_value(row) for row in _rows().filter(party_id__in=ids_behind(party_id))]
    return sorted(found, key=lambda each: (order.index(each.state), -each.points))


def hits_page(
    *,
    query: str = "",
    state: HitState | None = None,
    code: ListCode | None = None,
    sort: str = NEWEST_FIRST,
    page: int = 1,
) -> HitsPage:
    """One page; ``sort`` is a key of SORTS, ``-`` descends."""
    found = Paginator(_narrowed(query, state, code, sort), PAGE_SIZE)
    shown = found.get_page(page)
    return HitsPage(tuple(map(hit_value, shown)), found.count, shown.number, found.num_pages)


def iter_hits(
    *,
    query: str = "",
    state: HitState | None = None,
    code: ListCode | None = None,
    sort: str = NEWEST_FIRST,
) -> Iterator[Hit]:
    """All of them in the same order."""
    yield from map(hit_value, _narrowed(query, state, code, sort).iterator(chunk_size=500))


def hits_after(
    *, state: HitState | None = None, after: int | None = None, limit: int = 50
) -> list[tuple[int, Hit]]:
    """Hits from the newest on with their row ids, behind row ``after``."""
    rows = _narrowed("", state, None, NEWEST_FIRST)
    if after is not None:
        rows = rows.filter(id__lt=after)
    return [(row.id, hit_value(row)) for row in rows[:limit]]


def opinion(public_id: UUID) -> tuple[UUID, HitState, str]:
    """A proposed decision: the hit, what it would become, and why.

    Raises:
        NoSuchHit: as the name says.
    """
    row = HitOpinion.objects.select_related("hit").filter(public_id=public_id).first()
    if row is None:
        raise NoSuchHit
    return row.hit.public_id, HitState(row.decision), row.reason


def _rows() -> QuerySet[HitRow, Any]:
    return HitRow.objects.select_related("party")


def _narrowed(
    query: str, state: HitState | None, code: ListCode | None, sort: str
) -> QuerySet[HitRow, Any]:
    rows = _rows()
    if query:
        rows = rows.filter(
            Q(party__name__icontains=query)
            | Q(subject__icontains=query)
            | Q(entry__names__icontains=query)
            | Q(entry_key__iexact=query)
        )
    if state is HitState.SUPERSEDED:
        rows = rows.filter(superseded_at__isnull=False)
    elif state is not None:
        rows = rows.filter(state=state.value, superseded_at=None)
    if code is not None:
        rows = rows.filter(list=code.value)
    key = SORTS.get(sort.removeprefix("-"), SORTS["found"])
    ordered = F(key).desc() if sort.startswith("-") else F(key).asc()
    return rows.order_by(ordered, "-id")


def hit_value(row: HitRow) -> Hit:
    """A row as the value other contexts see."""
    return Hit(
        public_id=row.public_id,
        party_id=row.party_id,
        party=row.party.public_id,
        party_name=row.party.name,
        role=Role(row.role),
        subject=row.subject,
        list=ListCode(row.list),
        entry=entry_value(row.entry),
        points=row.points,
        fields=tuple(Compared(**each) for each in row.fields),
        state=HitState.SUPERSEDED if row.superseded_at else HitState(row.state),
        found_at=row.found_at,
        occasion=Occasion(row.occasion),
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        reason=row.reason,
    )
