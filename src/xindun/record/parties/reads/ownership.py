"""Shares that the tenant recorded, by the newest version of each.

What a reader would get wrong: a share whose first day no source states counts from the day that
its source stands for, not from ever. And the ids are those of the parties that stand now for the
two companies, also where the share was recorded on a file that has been merged since.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from xindun.kernel.errors import DomainError
from xindun.record.parties.models import OwnershipVersion
from xindun.record.parties.reads.merges import ids_behind, ids_behind_each
from xindun.record.parties.values import Ownership


class UnknownOwnership(DomainError):
    """No such share stands."""

    code = "unknown_ownership"
    sentence = "There is no such share on record."


def ownership(link: UUID) -> Ownership:
    """One share as it stands now, also one that has ended.

    Raises:
        UnknownOwnership: it never stood here, or was withdrawn.
    """
    row = OwnershipVersion.objects.filter(link=link).order_by("-id").first()
    if row is None or row.withdrawn:
        raise UnknownOwnership
    return _values([row])[0]


def shares_in(party_id: int) -> tuple[Ownership, ...]:
    """Every share in a company that stands now, whenever it is or was held."""
    return _newest(OwnershipVersion.objects.filter(child_id__in=ids_behind(party_id)))


def ownerships_of(
    party_id: int, *, known_at: datetime, as_of: date | None = None
) -> tuple[Ownership, ...]:
    """The shares in a company and those that it holds, the last to begin first.

    Args:
        as_of: only what is held on this day; None for the ended and the coming as well.
    """
    ids = ids_behind(party_id)
    said = OwnershipVersion.objects.filter(
        Q(child_id__in=ids) | Q(parent_id__in=ids), recorded_at__lte=known_at
    )
    found = [each for each in _newest(said) if as_of is None or each.holds_on(as_of)]
    return tuple(sorted(found, key=lambda each: (each.begins_on, each.link), reverse=True))


def ownership_history(link: UUID) -> tuple[tuple[Ownership, bool], ...]:
    """Every version of a share, the newest first, each with whether it withdraws the share."""
    rows = list(OwnershipVersion.objects.filter(link=link).order_by("-id"))
    return tuple((each, row.withdrawn) for each, row in zip(_values(rows), rows, strict=True))


def _newest(said: QuerySet[OwnershipVersion]) -> tuple[Ownership, ...]:
    rows = said.order_by("link", "-id").distinct("link")
    return tuple(_values([row for row in rows if not row.withdrawn]))


def _values(rows: Sequence[OwnershipVersion]) -> list[Ownership]:
    behind = ids_behind_each(each for row in rows for each in (row.child_id, row.parent_id))
    return [
        Ownership(
            percent=row.percent,
            source=row.source,
            as_of=row.as_of,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            link=row.link,
            child_id=behind[row.child_id][0],
            parent_id=behind[row.parent_id][0],
            recorded_at=row.recorded_at,
        )
        for row in rows
    ]
