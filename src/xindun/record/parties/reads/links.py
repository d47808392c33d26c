"""The links above and below companies: what a register tells and what the tenant recorded.

What a reader would get wrong: this follows every link, also small shares, because two of them may
control together; ``rules.groups`` decides. Files that were merged are one company. Either direction
is one recursive statement; UNION leaves out a link that was followed already, which ends a circle.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import connection

from xindun.record.parties.rules.groups import CONSOLIDATED
from xindun.record.parties.values import CompanyKey, GroupLink

_FOLLOW = """
with recursive merged as (
    select party_id, survivor_id from (
        select distinct on (party_id) party_id, survivor_id from parties_party_merge
        where decided_at <= %(known_at)s order by party_id, id desc
    ) newest where survivor_id is not null
), shares as (
    select coalesce(c.survivor_id, newest.child_id) as child_id,
        coalesce(p.survivor_id, newest.parent_id) as parent_id,
        percent, source, starts_on, ends_on, as_of, link
    from (
        select distinct on (link) * from parties_ownership
        where recorded_at <= %(known_at)s order by link, id desc
    ) newest
    left join merged c on c.party_id = newest.child_id
    left join merged p on p.party_id = newest.parent_id
    where not withdrawn and coalesce(starts_on, as_of) <= %(as_of)s
        and (ends_on is null or ends_on > %(as_of)s)
), followed as (
    select null::text as near, s.party_id, s.register, s.number, null::numeric as percent,
        null::text as source, null::text as kind, null::date as starts_on, null::date as ends_on,
        null::date as as_of, null::uuid as link
    from unnest(%(parties)s::bigint[], %(registers)s::text[], %(numbers)s::text[])
        as s (party_id, register, number)
    union
    select coalesce('party:' || f.party_id, 'entity:' || f.register || ':' || f.number),
        coalesce(found.party_id, filed.id),
        case when filed.id is null then found.register end,
        case when filed.id is null then found.number end,
        found.percent, found.source, found.kind, found.starts_on, found.ends_on, found.as_of,
        found.link
    from followed f cross join lateral (
        select {far}_id as party_id, null::text as register, null::text as number, percent,
            source, '' as kind, starts_on, ends_on, as_of, link
        from shares where {near}_id = f.party_id
        union all
        select null, l.register, l.{far}_key, l.percent, l.register, l.kind, l.starts_on,
            l.ends_on, l.updated_on, null
        from (
            select f.register, f.number where f.number is not null
            union all
            select e.register, e.register_key from parties_party p
            join parties_legal_entity e on e.id = p.legal_entity_id
            where p.id = f.party_id
                or p.id in (select party_id from merged where survivor_id = f.party_id)
        ) as known
        join parties_entity_link l on l.register = known.register and l.{near}_key = known.number
        where l.kind = any(%(kinds)s) and (l.starts_on is null or l.starts_on <= %(as_of)s)
            and (l.ends_on is null or l.ends_on > %(as_of)s)
    ) as found
    left join lateral (
        select coalesce(m.survivor_id, p.id) as id from parties_legal_entity e
        join parties_party p on p.legal_entity_id = e.id
        left join merged m on m.party_id = p.id
        where e.register = found.register and e.register_key = found.number
        order by p.id limit 1
    ) as filed on true
)
select near, coalesce('party:' || party_id, 'entity:' || register || ':' || number),
    percent, source, kind, starts_on, ends_on, as_of, link
from followed where near is not null
"""
_ABOVE = _FOLLOW.format(near="child", far="parent")
_BELOW = _FOLLOW.format(near="parent", far="child")


def links_above(
    party_ids: Iterable[int], *, as_of: date, known_at: datetime
) -> tuple[GroupLink, ...]:
    """Every link from the companies upwards that holds on a day."""
    keys = [CompanyKey(party_id=each) for each in party_ids]
    rows = _rows(_ABOVE, keys, as_of, known_at)
    return tuple(GroupLink(near, far, *rest) for near, far, *rest in rows)


def links_below(key: str, *, as_of: date, known_at: datetime) -> tuple[GroupLink, ...]:
    """Every link from a company downwards that holds on a day."""
    rows = _rows(_BELOW, [CompanyKey.of(key)], as_of, known_at)
    return tuple(GroupLink(far, near, *rest) for near, far, *rest in rows)


def _rows(
    statement: str, keys: Iterable[CompanyKey], as_of: date, known_at: datetime
) -> list[tuple[Any, ...]]:
    begun = list(keys)
    values: dict[str, Any] = {
        "parties": [each.party_id for each in begun],
        "registers": [each.register for each in begun],
        "numbers": [each.number for each in begun],
        "kinds": list(CONSOLIDATED),
        "as_of": as_of,
        "known_at": known_at,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
