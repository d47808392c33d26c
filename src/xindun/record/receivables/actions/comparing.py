"""Compare what a file says with what the ledger holds, in sets.

What a reader would get wrong: nothing is written here but temporary tables. ``xd_item`` says for
each document of the file whether it is new ('a'), changed ('c') or the same ('u'), and adds
documents outside the file ('o') that a settlement touches; ``xd_use`` says the same for
settlements; ``xd_gone`` lists settlements that the file no longer states, and those that
:mod:`naming` found stale.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection

_COMPARE_DOCUMENTS = """
create temporary table xd_item on commit drop as
select local_id, document_key, state, old_id, known_id,
       case when state in ('a', 'c') then nextval(%(documents)s) end as new_id
from (
    select s.local_id, s.document_key, c.id as old_id, c.item_id as known_id,
           case when c.id is null then 'a' when c.row_hash = s.row_hash then 'u' else 'c' end
               as state
    from xd_document s left join receivables_document c
        on c.document_key = s.document_key and c.superseded_at is null
    order by s.local_id
) compared
"""
# Documents that a settlement names and the file does not hold.
_ITEMS_OUTSIDE_BY_KEY = """
insert into xd_item (document_key, state, old_id, known_id)
select d.document_key, 'o', d.id, d.item_id
from (select item_key as key from xd_settlement union select source_key from xd_settlement) n
join receivables_document d on d.document_key = n.key and d.superseded_at is null
where n.key is not null and not exists (select 1 from xd_item x where x.document_key = n.key)
"""
_COMPARE_SETTLEMENTS = """
create temporary table xd_use on commit drop as
select local_id, item_id, source_id, state, old_id, known_id,
       case when state in ('a', 'c') then nextval(%(settlements)s) end as new_id
from (
    select s.local_id, coalesce(i.known_id, i.new_id) as item_id,
           coalesce(u.known_id, u.new_id) as source_id, c.id as old_id,
           c.settlement_id as known_id,
           case when c.id is null then 'a' when c.row_hash = s.row_hash then 'u' else 'c' end
               as state
    from xd_settlement s
    join xd_item i on i.document_key = s.item_key
    left join xd_item u on u.document_key = s.source_key
    left join receivables_settlement c
        on c.item_id = i.known_id and c.settlement_key = s.settlement_key
        and c.superseded_at is null
    where s.source_key is null or u.document_key is not null
    order by s.local_id
) compared
"""
# A settlement belongs to the row that states it: its receipt where it has one, else its invoice.
_WITHDRAWN = """
create temporary table xd_gone on commit drop as
select c.id, c.item_id, c.source_item_id
from receivables_settlement c
where c.superseded_at is null and (
        c.id in (select id from xd_stale)
        or (%(states_settlements)s and coalesce(c.source_item_id, c.item_id) in
            (select known_id from xd_item where known_id is not null and state <> 'o')))
    and not exists (select 1 from xd_use u where u.old_id = c.id)
"""
# Documents outside the file whose settlements change; two joins, because one with OR has no hash.
_ITEMS_OUTSIDE_BY_ID = """
with named as (
    select item_id as id from xd_gone union select source_item_id from xd_gone
    union select c.source_item_id from xd_use u
        join receivables_settlement c on c.id = u.old_id where u.state = 'c'
), missing as materialized (
    select id from named
    where id is not null and not exists (select 1 from xd_item x where x.known_id = named.id)
)
insert into xd_item (document_key, state, old_id, known_id)
select d.document_key, 'o', d.id, d.item_id
from missing n join receivables_document d on d.id = n.id and d.superseded_at is null
union all
select d.document_key, 'o', d.id, d.item_id
from missing n join receivables_document d
    on d.item_id = n.id and d.id <> d.item_id and d.superseded_at is null
"""
_TOUCHED = """
create temporary table xd_touched on commit drop as
select coalesce(x.known_id, x.new_id) as item_id, x.old_id as before_id,
       coalesce(x.new_id, x.old_id) as after_id
from xd_item x
where x.state in ('a', 'c') or x.known_id in (
    select item_id from xd_use where state <> 'u'
    union all select source_id from xd_use where state <> 'u'
    union all select item_id from xd_gone
    union all select source_item_id from xd_gone
    union all select c.source_item_id from xd_use u
        join receivables_settlement c on c.id = u.old_id where u.state = 'c'
)
"""
_COUNTS = """
select count(*) filter (where state = 'a'), count(*) filter (where state = 'c'),
       count(*) filter (where state = 'u') from {table}
"""


@dataclass(frozen=True, slots=True)
class Difference:
    """How many documents and settlements are new, changed, the same, withdrawn, unmatched."""

    documents: tuple[int, int, int]
    settlements: tuple[int, int, int]
    withdrawn: int
    unmatched: int
    outside: int  # documents of earlier files that settlements of this one touch

    @property
    def is_fresh(self) -> bool:
        """Whether the file touches nothing that the ledger held before, and fits as a whole."""
        return not any(
            (
                *self.documents[1:],
                *self.settlements[1:],
                self.withdrawn,
                self.unmatched,
                self.outside,
            )
        )


def compare(*, staged_settlements: int, states_settlements: bool) -> Difference:
    """Fill ``xd_item``, ``xd_use``, ``xd_gone`` and ``xd_touched`` from the staged tables."""
    values: dict[str, Any] = {
        "documents": "receivables_document_id_seq",
        "settlements": "receivables_settlement_id_seq",
        "states_settlements": states_settlements,
    }
    with connection.cursor() as cursor:
        cursor.execute(_COMPARE_DOCUMENTS, values)
        cursor.execute(_ITEMS_OUTSIDE_BY_KEY)
        cursor.execute("analyze xd_item")
        cursor.execute(_COMPARE_SETTLEMENTS, values)
        cursor.execute("analyze xd_use")
        cursor.execute(_WITHDRAWN, values)
        cursor.execute("analyze xd_gone")
        cursor.execute(_ITEMS_OUTSIDE_BY_ID)
        cursor.execute(_TOUCHED)
        cursor.execute("analyze xd_touched")
        cursor.execute(_COUNTS.format(table="xd_item"))
        documents = cursor.fetchone()
        cursor.execute(_COUNTS.format(table="xd_use"))
        settlements = cursor.fetchone()
        cursor.execute("select count(*) from xd_gone")
        withdrawn = cursor.fetchone()[0]
        cursor.execute("select count(*) from xd_item where state = 'o'")
        outside = cursor.fetchone()[0]
    return Difference(
        documents,
        settlements,
        withdrawn,
        unmatched=staged_settlements - sum(settlements),
        outside=outside,
    )
