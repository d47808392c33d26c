"""Receipts and credit notes that name an invoice of another file.

One reader sees one file, and companies export invoices and receipts apart. So each document keeps
what it names (``Document.naming``, JSON written by the reader: a list of uses with text, names,
amount and the facts of a bill), and an import works the named uses of its buyers out again, over
the file and the ledger together and by the reader's own rule (``ledger_files/settlements.py``).

What a reader would get wrong: it is no addition of missing rows. An earlier receipt or another
invoice of a list, coming later, changes what others got. The result is a function of the documents
alone, so the order of the files does not matter and importing one again changes nothing.
``xd_stale`` lists settlements of the ledger that no longer hold; the rest is compared as if staged.
"""

from __future__ import annotations

from django.db import connection

from xindun.record.receivables.actions.explaining import explain_stated
from xindun.record.receivables.actions.restating import BILLS, REDUCERS, key_of, row_hash

NAMING_TABLES = (
    *("xd_stale", "xd_fund", "xd_named_use", "xd_debt", "xd_counted", "xd_share", "xd_named"),
    *("xd_named_before", "xd_restated"),
)
OWED = "('invoice', 'retention', 'unbilled_delivery')"

_IN_FILE = "exists (select 1 from xd_document s where s.document_key = {key})"
_SOMETHING_NAMES = """
select exists (select 1 from xd_document where naming is not null)
    or exists (select 1 from receivables_document
               where naming is not null and superseded_at is null)
"""
# Funds of the file, and those of the ledger whose buyer the file names or takes a document from.
_FUNDS = f"""
create temporary table xd_fund on commit drop as
with buyers as materialized (
    select buyer_id from xd_buyer
    union
    select c.buyer_id from xd_document s
        join receivables_document c on c.document_key = s.document_key and c.superseded_at is null
)
select s.document_key as key, c.item_id, b.buyer_id, s.currency, s.issued_on, s.line_no, s.naming,
       true as staged
from xd_document s join xd_buyer b on b.local_id = s.local_buyer
left join receivables_document c on c.document_key = s.document_key and c.superseded_at is null
where s.naming is not null
union all
select c.document_key, c.item_id, c.buyer_id, c.currency, c.issued_on, c.line_no, c.naming, false
from receivables_document c
where c.naming is not null and c.superseded_at is null
    and c.buyer_id in (select buyer_id from buyers)
    and not {_IN_FILE.format(key="c.document_key")}
"""
_USES = """
create temporary table xd_named_use on commit drop as
select f.key, f.buyer_id, f.currency, f.issued_on, u.part, t.*
from xd_fund f
cross join lateral jsonb_array_elements(f.naming::jsonb) with ordinality u(said, part)
cross join lateral jsonb_to_record(u.said) as t(
    text text, names text[], kind text, amount numeric(18,4), cleared_on date, matures_on date,
    dishonoured_on date, bill_number text, acceptor text, bill_status text, parties text)
"""
# What is named, and what a fund settles now: a fund that lets go of an invoice changes it too.
_DEBTS = f"""
create temporary table xd_debt on commit drop as
with asked as materialized (
    select u.buyer_id, u.currency, n.number from xd_named_use u
        cross join lateral unnest(array_append(u.names, u.text)) n(number)
    union
    select d.buyer_id, d.currency, d.number from xd_fund f
        join receivables_settlement c on c.source_item_id = f.item_id and c.superseded_at is null
        join receivables_document o on o.id = c.item_id
        join receivables_document d on d.document_key = o.document_key and d.superseded_at is null
), found as (
    select s.document_key as key, c.item_id, b.buyer_id, s.currency, s.number, s.kind, s.amount,
           s.issued_on, true as staged
    from asked a join xd_buyer b on b.buyer_id = a.buyer_id
    join xd_document s on s.local_buyer = b.local_id and s.number = a.number
        and s.currency = a.currency
    left join receivables_document c on c.document_key = s.document_key
        and c.superseded_at is null
    where s.kind in {OWED}
    union all
    select c.document_key, c.item_id, c.buyer_id, c.currency, c.number, c.kind, c.amount,
           c.issued_on, false
    from asked a join receivables_document c on c.buyer_id = a.buyer_id and c.number = a.number
        and c.currency = a.currency and c.superseded_at is null
    where c.kind in {OWED} and not {_IN_FILE.format(key="c.document_key")}
)
select distinct on (buyer_id, currency, number) * from found
order by buyer_id, currency, number, kind <> 'invoice', kind
"""
# Settlements of these debts that no naming document makes, as they will stand after this import.
_COUNTED = f"""
create temporary table xd_counted on commit drop as
select d.key, s.local_id, null::bigint as id, s.kind, s.amount, s.effective_on, s.line_no,
       s.derived, s.source_key is null and s.kind not in {REDUCERS} as stated
from xd_debt d join xd_settlement s on s.item_key = d.key
where s.source_key is null or s.source_key not in (select key from xd_fund)
union all
select d.key, null, c.id, c.kind, c.amount, c.effective_on, c.line_no, c.derived,
       c.source_item_id is null and c.kind not in {REDUCERS}
from xd_debt d
join receivables_settlement c on c.item_id = d.item_id and c.superseded_at is null
left join receivables_document o on o.id = c.source_item_id
where (c.source_item_id is null
        or c.source_item_id not in (select item_id from xd_fund where item_id is not null))
    and not (%(states_settlements)s
        and case when o.id is null then d.staged else {_IN_FILE.format(key="o.document_key")} end)
    and not exists (select 1 from xd_settlement s
        where s.item_key = d.key and s.settlement_key = c.settlement_key)
"""
# The reader's rule: a list is split over what its invoices owe; an invoice takes the earliest.
_SHARES = f"""
create temporary table xd_share on commit drop as
with used as (
    select key, sum(amount) as amount, sum(amount) filter (where kind not in {REDUCERS}) as before
    from xd_counted where not stated group by 1
), debts as (
    select d.*, d.amount - coalesce(u.before, 0) as open, d.amount - coalesce(u.amount, 0) as room
    from xd_debt d left join used u on u.key = d.key
), exact as (
    select u.key, u.part, 1::bigint as nth, d.key as item_key from xd_named_use u
    join xd_debt d on d.number = u.text and d.buyer_id = u.buyer_id and d.currency = u.currency
), named as (
    select * from exact
    union all
    select u.key, u.part, n.nth, d.key from xd_named_use u
    cross join lateral unnest(u.names) with ordinality n(number, nth)
    join xd_debt d on d.number = n.number and d.buyer_id = u.buyer_id and d.currency = u.currency
    where cardinality(u.names) > 1
        and not exists (select 1 from exact e where e.key = u.key and e.part = u.part)
), split as (
    select n.*, u.issued_on, d.room, greatest(u.issued_on, d.issued_on) as effective_on,
           case when count(*) over (partition by n.key, n.part) = 1 then u.amount
                else greatest(0, least(d.open, u.amount - coalesce(sum(d.open) over (
                    partition by n.key, n.part order by n.nth
                    rows between unbounded preceding and 1 preceding), 0))) end as wanted
    from named n join xd_named_use u on u.key = n.key and u.part = n.part
    join debts d on d.key = n.item_key
)
select key, part, item_key, effective_on,
       greatest(0, least(wanted, room - coalesce(sum(wanted) over (
           partition by item_key order by effective_on, issued_on, key, part, nth
           rows between unbounded preceding and 1 preceding), 0)))::numeric(18,4) as amount
from split
"""
_NAMED = f"""
create temporary table xd_named on commit drop as
with turns as (
    select x.item_key, x.key as source_key, u.kind, x.amount, x.effective_on,
           case when u.kind in {BILLS} then u.cleared_on else x.effective_on end as cleared_on,
           u.matures_on, u.dishonoured_on, false as derived, u.bill_number, u.acceptor,
           u.bill_status, u.parties,
           row_number() over (partition by x.item_key, x.key, u.kind, x.effective_on
               order by x.amount, x.part) as turn
    from xd_share x join xd_named_use u on u.key = x.key and u.part = x.part where x.amount > 0
), keyed as (select t.*, {key_of("t")} as settlement_key from turns t)
select f.item_id as source_id, f.staged, f.line_no, k.*, {row_hash("k")} as row_hash
from keyed k join xd_fund f on f.key = k.source_key
"""
_DROP_STAGED = """
delete from xd_settlement s using xd_fund f
where s.source_key = f.key and not exists (
    select 1 from xd_named n where n.item_key = s.item_key
        and n.settlement_key = s.settlement_key and n.row_hash = s.row_hash)
"""
_STAGE_NAMED = """
insert into xd_settlement (local_id, item_key, source_key, entered_at, settlement_key, kind, amount,
    effective_on, cleared_on, matures_on, dishonoured_on, derived, bill_number, acceptor,
    bill_status, parties, line_no, row_hash)
select m.last + row_number() over (order by n.item_key, n.settlement_key), n.item_key, n.source_key,
    now(), n.settlement_key, n.kind, n.amount, n.effective_on, n.cleared_on, n.matures_on,
    n.dishonoured_on, n.derived, n.bill_number, n.acceptor, n.bill_status, n.parties, n.line_no,
    n.row_hash
from xd_named n cross join (select coalesce(max(local_id), 0) as last from xd_settlement) m
where not exists (select 1 from xd_settlement s
        where s.item_key = n.item_key and s.settlement_key = n.settlement_key)
    and (n.staged or not exists (select 1 from receivables_settlement c
        where c.source_item_id = n.source_id and c.settlement_key = n.settlement_key
            and c.row_hash = n.row_hash and c.superseded_at is null))
"""
_STALE = """
insert into xd_stale
select c.id from xd_fund f
join receivables_settlement c on c.source_item_id = f.item_id and c.superseded_at is null
join receivables_document i on i.id = c.item_id
where not exists (select 1 from xd_named n
    where n.item_key = i.document_key and n.settlement_key = c.settlement_key)
"""


def apply_named(staged_settlements: int, *, first: bool, states_settlements: bool) -> int:
    """Put the named uses of the file's buyers into the staged tables.

    Runs between staging the buyers and comparing, in their transaction. Costs one look when
    neither the file nor the ledger names anything.

    Args:
        staged_settlements: rows of ``xd_settlement`` so far.
        first: the tenant's first import, where the reader has seen everything there is.
        states_settlements: whether the file's own settlements replace those it stated before.

    Returns:
        The rows of ``xd_settlement`` now.
    """
    with connection.cursor() as cursor:
        cursor.execute("create temporary table xd_stale (id bigint) on commit drop")
        if first:
            return staged_settlements
        cursor.execute(_SOMETHING_NAMES)
        if not cursor.fetchone()[0]:
            return staged_settlements
        cursor.execute(_FUNDS)
        if not cursor.rowcount:
            return staged_settlements
        cursor.execute("analyze xd_fund")
        for statement, table in (
            (_USES, "xd_named_use"),
            (_DEBTS, "xd_debt"),
            (_COUNTED, "xd_counted"),
            (_SHARES, "xd_share"),
            (_NAMED, "xd_named"),
        ):
            cursor.execute(
                statement, {"states_settlements": states_settlements} if "%(" in statement else None
            )
            cursor.execute(f"analyze {table}")
        explain_stated(states_settlements=states_settlements)
        for statement in (_DROP_STAGED, _STAGE_NAMED, _STALE, "analyze xd_settlement"):
            cursor.execute(statement)
        cursor.execute("select count(*) from xd_settlement")
        return int(cursor.fetchone()[0])
