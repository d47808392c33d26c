"""What an invoice's own row says was paid, less what receipts of other files explain.

The same payment often stands in the books twice: as a receipt, and in the invoice's "paid"
columns. The receipt is the better witness (ADR 0013), so the stated part only keeps what receipts
do not explain, whichever file came first.

What a reader would get wrong: the stated rows already lack what explained them before (in the file,
or in the ledger). Only the difference moves: more explained takes from the earliest payment, less
gives back. Credit notes stand beside the stated part where both fit into the invoice.
"""

from __future__ import annotations

from django.db import connection

from xindun.record.receivables.actions.restating import REDUCERS, row_hash

# What naming documents explained when the stated rows were written: in the file or in the ledger.
_BEFORE = """
create temporary table xd_named_before on commit drop as
select d.key, s.kind, s.amount
from xd_debt d join xd_settlement s on s.item_key = d.key
where d.staged and %(states_settlements)s and s.source_key in (select key from xd_fund)
union all
select d.key, c.kind, c.amount
from xd_debt d join receivables_settlement c on c.item_id = d.item_id and c.superseded_at is null
where not (d.staged and %(states_settlements)s)
    and c.source_item_id in (select item_id from xd_fund where item_id is not null)
"""
_RESTATED = f"""
create temporary table xd_restated on commit drop as
with stated as (
    select key, sum(amount) as said from xd_counted where stated group by 1
), others as (
    select key, sum(amount) as used,
           coalesce(sum(amount) filter (where not beside and not derived), 0) as within,
           coalesce(sum(amount) filter (where beside and not derived), 0) as beside
    from (select *, kind = 'credit_note' or kind in {REDUCERS} as beside
          from xd_counted where not stated) o group by 1
), before as (
    select key, coalesce(sum(amount) filter (where kind <> 'credit_note'), 0) as within,
           coalesce(sum(amount) filter (where kind = 'credit_note'), 0) as beside
    from xd_named_before group by 1
), after as (
    select item_key as key, coalesce(sum(amount) filter (where kind <> 'credit_note'), 0) as within,
           coalesce(sum(amount) filter (where kind = 'credit_note'), 0) as beside
    from xd_named group by 1
), sums as (
    select d.key, d.amount as whole, s.said, coalesce(o.used, 0) as used,
           coalesce(o.within, 0) + coalesce(b.within, 0) as within_before,
           coalesce(o.beside, 0) + coalesce(b.beside, 0) as beside_before,
           coalesce(o.within, 0) + coalesce(a.within, 0) as within_after,
           coalesce(o.beside, 0) + coalesce(a.beside, 0) as beside_after,
           coalesce(a.within, 0) + coalesce(a.beside, 0) as named
    from xd_debt d join stated s on s.key = d.key left join others o on o.key = d.key
    left join before b on b.key = d.key left join after a on a.key = d.key
), told as (
    -- An invoice that its row called paid in full had its credit notes in that amount.
    select *, said + within_before + case when said + within_before + beside_before = whole
        then beside_before else 0 end as told from sums
), moved as (
    select key, whole - used - named as room, case when beside_after = beside_before
        then within_after - within_before
        else within_after + case when told + beside_after <= whole then 0 else beside_after end
            - (told - said) end as more
    from told
), rows as (
    select c.*, m.more, m.room, coalesce(sum(c.amount) over (partition by c.key
        order by c.effective_on, c.line_no, c.local_id, c.id
        rows between unbounded preceding and 1 preceding), 0) as earlier
    from xd_counted c join moved m on m.key = c.key where c.stated
), kept as (
    select *, case when more >= 0 then greatest(0, amount - greatest(0, more - earlier))
        when earlier = 0 then amount - more else amount end as rest
    from rows
), fitted as (
    select *, greatest(0, least(rest, room - coalesce(sum(rest) over (partition by key
        order by effective_on, line_no, local_id, id
        rows between unbounded preceding and 1 preceding), 0)))::numeric(18,4) as fits
    from kept
)
select key, local_id, id, fits as amount from fitted where fits <> amount
"""
_DROP_STAGED = """
delete from xd_settlement s using xd_restated r where r.local_id = s.local_id and r.amount = 0
"""
_LESSEN_STAGED = """
update xd_settlement s set amount = r.amount from xd_restated r
where r.local_id = s.local_id and r.amount > 0
"""
_HASH_STAGED = f"""
update xd_settlement s set row_hash = {row_hash("s")}
from xd_restated r where r.local_id = s.local_id
"""
_STALE = "insert into xd_stale select id from xd_restated where id is not null and amount = 0"
_RESTATE_LEDGER = f"""
insert into xd_settlement (local_id, item_key, source_key, entered_at, settlement_key, kind, amount,
    effective_on, cleared_on, matures_on, dishonoured_on, derived, bill_number, acceptor,
    bill_status, parties, line_no, row_hash)
select m.last + row_number() over (order by k.id), k.item_key, k.source_key, now(),
    k.settlement_key, k.kind, k.amount, k.effective_on, k.cleared_on, k.matures_on,
    k.dishonoured_on, k.derived, k.bill_number, k.acceptor, k.bill_status, k.parties, k.line_no,
    {row_hash("k")}
from (
    select c.id, r.key as item_key, null::uuid as source_key, r.amount, c.settlement_key, c.kind,
        c.effective_on, c.cleared_on, c.matures_on, c.dishonoured_on, c.derived, c.bill_number,
        c.acceptor, c.bill_status, c.parties, c.line_no
    from xd_restated r join receivables_settlement c on c.id = r.id where r.amount > 0
) k cross join (select coalesce(max(local_id), 0) as last from xd_settlement) m
"""


def explain_stated(*, states_settlements: bool) -> None:
    """Lessen stated payments by what :mod:`naming` found to explain them.

    Reads ``xd_debt``, ``xd_counted``, ``xd_named`` and the staged settlements as the reader wrote
    them; changes ``xd_settlement`` and ``xd_stale``.
    """
    with connection.cursor() as cursor:
        cursor.execute("select exists (select 1 from xd_counted where stated)")
        if not cursor.fetchone()[0]:
            return
        cursor.execute(_BEFORE, {"states_settlements": states_settlements})
        cursor.execute(_RESTATED)
        if not cursor.rowcount:
            return
        for statement in (_DROP_STAGED, _LESSEN_STAGED, _HASH_STAGED, _STALE, _RESTATE_LEDGER):
            cursor.execute(statement)
