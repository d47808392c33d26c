"""Write what the comparison found: close old versions, add new ones, post the exposure.

What a reader would get wrong: exposure is posted as after − before over the touched items, not
row by row. A corrected buyer or currency moves an item's settlements along with it although
those rows themselves do not change.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection

from xindun.record.exposure.actions import CREATE_POSTINGS, POSTINGS_TABLE, post_bulk
from xindun.record.receivables.actions.staging import DOCUMENT_TYPES, SETTLEMENT_TYPES

_TENANT = "nullif(current_setting('xindun.tenant_id', true), '')::bigint"
_RECORDED = "case when %(first)s then least(s.entered_at, %(at)s) else %(at)s end"

_CLOSE_DOCUMENTS = """
update receivables_document d set superseded_at = %(at)s from xd_item x
where x.state = 'c' and d.id = x.old_id
"""
_ADD_DOCUMENTS = f"""
insert into receivables_document
    (id, tenant_id, item_id, batch_id, buyer_id, {", ".join(DOCUMENT_TYPES)}, row_hash, recorded_at)
select x.new_id, {_TENANT}, coalesce(x.known_id, x.new_id), %(batch)s, b.buyer_id,
       {", ".join(f"s.{name}" for name in DOCUMENT_TYPES)}, s.row_hash, {_RECORDED}
from xd_document s
join xd_item x on x.local_id = s.local_id
join xd_buyer b on b.local_id = s.local_buyer
where x.new_id is not null
"""
_CLOSE_SETTLEMENTS = """
update receivables_settlement c set superseded_at = %(at)s
where c.id in (select id from xd_gone union all select old_id from xd_use where state = 'c')
"""
_ADD_SETTLEMENTS = f"""
insert into receivables_settlement
    (id, tenant_id, settlement_id, item_id, source_item_id, batch_id,
     {", ".join(SETTLEMENT_TYPES)}, row_hash, recorded_at)
select u.new_id, {_TENANT}, coalesce(u.known_id, u.new_id), u.item_id, u.source_id, %(batch)s,
       {", ".join(f"s.{name}" for name in SETTLEMENT_TYPES)}, s.row_hash, {_RECORDED}
from xd_settlement s join xd_use u on u.local_id = s.local_id
where u.new_id is not null
"""

_COMPONENT = """
case d.kind when 'credit_note' then 'credits' when 'receipt' then 'unapplied'
    when 'unbilled_delivery' then 'unbilled' else 'receivables' end
"""
_LIVE_BILL = """
s.cleared_on is null and s.dishonoured_on is null
    and s.kind in ('bank_acceptance', 'commercial_acceptance', 'electronic_receivable')
"""
# What items stand for: their amounts, less what cleared, less what was used.
_CONTRIBUTION = f"""
insert into {POSTINGS_TABLE}
select {{holder}}, {_COMPONENT}, {{sign}} * sum(d.amount)
from {{documents}}
group by 1, 2, 3
union all
select buyer_id, currency, part.component, {{sign}} * part.amount
from (
    select {{holder}}, {_COMPONENT} as component,
           -sum(s.amount) filter (where s.cleared_on is not null) as cleared,
           sum(s.amount) filter (where {_LIVE_BILL}) as billed
    from {{settled}} and d.kind not in ('credit_note', 'receipt')
    group by 1, 2, 3
) settled
cross join lateral (values (component, cleared), ('bills', billed)) part (component, amount)
where part.amount is not null
union all
select {{holder}}, {_COMPONENT}, {{sign}} * sum(-s.amount)
from {{used}} and d.kind in ('credit_note', 'receipt')
group by 1, 2, 3
"""


def _touched(sign: str, side: str) -> str:
    """The contribution of the touched items as the ledger states them on one side."""
    settlements = (
        "receivables_settlement s join xd_touched t on t.item_id = s.{item} "
        f"join receivables_document d on d.id = t.{side}_id where s.superseded_at is null"
    )
    return _CONTRIBUTION.format(
        sign=sign,
        holder="d.buyer_id, d.currency",
        documents=f"receivables_document d join xd_touched t on t.{side}_id = d.id",
        settled=settlements.format(item="item_id"),
        used=settlements.format(item="source_item_id"),
    )


def _staged() -> str:
    """The same of a file that touches nothing earlier: from the staged rows, in half the time."""
    settlements = (
        "xd_settlement s join xd_document d on d.document_key = s.{key} "
        "join xd_buyer b on b.local_id = d.local_buyer where true"
    )
    return _CONTRIBUTION.format(
        sign="1",
        holder="b.buyer_id, d.currency",
        documents="xd_document d join xd_buyer b on b.local_id = d.local_buyer",
        settled=settlements.format(key="item_key"),
        used=settlements.format(key="source_key"),
    )


def write(*, batch_id: int, at: datetime, first: bool, fresh: bool) -> int:
    """Make the ledger say what the file says; the number of exposure postings.

    Args:
        batch_id: the import that the new versions belong to.
        at: when the ledger learns of them; also when old versions stop.
        first: the tenant's very first import. Only then may a row keep the day on which its
            source entered it: no decision can have been taken before.
        fresh: the file touches nothing earlier (``Difference.is_fresh``).
    """
    values: dict[str, Any] = {"batch": batch_id, "at": at, "first": first}
    with connection.cursor() as cursor:
        cursor.execute(CREATE_POSTINGS)
        if not fresh:
            cursor.execute(_touched("-1", "before"))
        for statement in (
            _CLOSE_DOCUMENTS,
            _ADD_DOCUMENTS,
            _CLOSE_SETTLEMENTS,
            _ADD_SETTLEMENTS,
        ):
            cursor.execute(statement, values)
        cursor.execute(_staged() if fresh else _touched("1", "after"))
    return post_bulk(cause_kind="import", cause_id=batch_id, posted_at=at)
