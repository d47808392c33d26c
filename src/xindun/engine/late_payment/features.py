"""What was known of each invoice on the day of its issue: the one place that looks at a ledger.

Two results: for each asked invoice and threshold the counts of its histories (how many earlier
invoices reached that many days past due, how many of them were still owed), and for each asked
invoice what was open and usual then.

What a reader would get wrong: an earlier invoice counts at a threshold from the day after that
threshold, whether it was paid or not. Counting only what has been paid would flatter whoever is
slow, because the slow ones of the last weeks are not paid yet. The due date first agreed counts,
since an extension is granted later; whether an invoice is disputed is not used, because no ledger
says since when.

This is SQL of DuckDB and not an Ibis expression like the review: the counts are ASOF joins, which
Spark lacks, and a model is trained on one seller's own ledger (ADR 0089).
"""

from __future__ import annotations

from datetime import date, datetime

import pyarrow as pa

from xindun.engine import schema
from xindun.engine.late_payment.spec import HISTORY_DAYS, LEVELS, RECENT_DAYS, THRESHOLDS, Level
from xindun.engine.run import Ledger

PAYING = ", ".join(f"'{kind}'" for kind in schema.PAYING_KINDS)
FOREVER = 1_000_000

ITEMS = f"""
create or replace temp table late_items as
with settled as (
    select item_id, sum(amount) as settled, max(cleared_on) as closed_on,
        bool_and(kind in ({PAYING}) and not (derived and source_item_id is null)) as paid,
        bool_or(kind = '{schema.WRITE_OFF}') as lost
    from settlements, clock
    where cleared_on <= as_of and recorded_at <= known_at
        and (superseded_at is null or superseded_at > known_at)
    group by item_id),
terms as (
    select *, coalesce(original_due_on, due_on) as agreed_on
    from items, clock
    where kind = '{schema.INVOICE}' and amount > 0 and issued_on <= as_of
        and issued_on > as_of - {HISTORY_DAYS} and recorded_at <= known_at
        and (superseded_at is null or superseded_at > known_at))
select t.item_id, p.payer_id, t.currency, t.amount, t.issued_on, t.agreed_on as due_on,
    t.agreed_on - t.issued_on as terms_days, isodow(t.agreed_on) as due_weekday,
    case when s.settled >= t.amount then s.closed_on end as closed_on, s.paid, s.lost
from terms t join late_payers p on p.buyer_id = t.buyer_id
left join settled s on s.item_id = t.item_id
where t.agreed_on is not null
"""
"""Every invoice with a due date; one is closed on the day its last part is settled."""

OUTCOMES = """
create or replace temp table late_outcomes as
select i.*, k.days, i.due_on + k.days as known_on,
    case when i.due_on + k.days < i.issued_on then null
         when i.closed_on is null or i.closed_on > i.due_on + k.days or i.lost then 1
         when i.paid then 0 end as owed
from late_items i, late_thresholds k
"""
"""Null: not issued yet; or settled, but not by paying (set off, credited) or on no stated day."""


def prepare(ledger: Ledger, payers: pa.Table, *, as_of: date, known_at: datetime) -> None:
    """Read the ledger as it stood at ``as_of`` and count every history.

    Args:
        payers: ``payers.PAYERS``, a row a buyer.
    """
    ledger.set_clock(as_of, known_at)
    ledger.put("late_payers", payers)
    ledger.put("late_thresholds", pa.table({"days": pa.array(THRESHOLDS, pa.int32())}))
    ledger.connection.execute(ITEMS)
    ledger.connection.execute(OUTCOMES)
    for level in LEVELS:
        ledger.connection.execute(_history(level))
    ledger.connection.execute(POSITIONS)


def _history(level: Level) -> str:
    """SQL for a level's running counts by the day from which they are known."""
    keys = ", ".join((*level.keys, "days"))
    return f"""
create or replace temp table late_{level.name} as
with daily as (
    select {keys}, known_on, count(*) as n, sum(owed) as owed
    from late_outcomes where owed is not null group by all)
select {keys}, known_on,
    cast(sum(n) over through_day as bigint) as n,
    cast(sum(owed) over through_day as bigint) as owed
from daily
window through_day as (partition by {keys} order by known_on rows unbounded preceding)
"""


def counts(ledger: Ledger, asked: str) -> pa.Table:
    """The counts of every history for the invoices that ``asked`` selects, after ``prepare``.

    Args:
        asked: SQL that selects ``item_id`` from ``late_items``; a constant of the caller.

    Returns:
        item_id, days, owed (null: not known yet or no payment), and for each level ``<level>_n``,
        ``<level>_owed`` and the same of the last ``RECENT_DAYS`` as ``<level>_recent_n`` and
        ``<level>_recent_owed``; ordered by item and days.
    """
    columns, joins = [], []
    for level in LEVELS:
        same = " and ".join(f"{{0}}.{key} = q.{key}" for key in (*level.keys, "days"))
        for alias, back in ((level.name, 0), (f"{level.name}_before", RECENT_DAYS)):
            joins.append(
                f"asof left join late_{level.name} {alias} on {same.format(alias)}"
                f" and q.issued_on - {back} > {alias}.known_on"
            )
        for column in ("n", "owed"):
            whole = f"coalesce({level.name}.{column}, 0)"
            columns.append(f"{whole} as {level.name}_{column}")
            columns.append(
                f"{whole} - coalesce({level.name}_before.{column}, 0)"
                f" as {level.name}_recent_{column}"
            )
    return ledger.rows(
        f"""
with q as (
    select o.*, o.known_on <= as_of as over from late_outcomes o, clock
    where item_id in ({asked}))
select q.item_id, q.days, case when q.over then q.owed end as owed, {", ".join(columns)}
from q {" ".join(joins)}
order by q.item_id, q.days
"""
    )


POSITIONS = """
create or replace temp table late_positions as
with moves as (
    select payer_id, issued_on as day, 1 as issued, amount as issued_amount, 0 as closed,
        0 as closed_amount, 0 as due, 0 as due_amount, 0 as ended, 0 as ended_amount
    from late_items
    union all by name select payer_id, closed_on as day, 1 as closed, amount as closed_amount
    from late_items where closed_on is not null
    union all by name select payer_id, greatest(due_on, issued_on) as day, 1 as due,
        amount as due_amount from late_items
    union all by name select payer_id, greatest(due_on, issued_on, closed_on) as day, 1 as ended,
        amount as ended_amount from late_items where closed_on is not null),
daily as (
    select payer_id, day,
        coalesce(sum(issued), 0) as issued, coalesce(sum(issued_amount), 0) as issued_amount,
        coalesce(sum(closed), 0) as closed, coalesce(sum(closed_amount), 0) as closed_amount,
        coalesce(sum(due), 0) as due, coalesce(sum(due_amount), 0) as due_amount,
        coalesce(sum(ended), 0) as ended, coalesce(sum(ended_amount), 0) as ended_amount
    from moves group by all)
select payer_id, day,
    sum(issued) over till as issued, sum(issued_amount) over till as issued_amount,
    sum(issued) over till - sum(closed) over till as open_items,
    sum(issued_amount) over till - sum(closed_amount) over till as open_amount,
    sum(due) over till - sum(ended) over till as overdue_items,
    sum(due_amount) over till - sum(ended_amount) over till as overdue_amount,
    max(case when issued > 0 then day end) over till as last_issued_on,
    max(case when closed > 0 then day end) over till as last_closed_on
from daily window till as (partition by payer_id order by day rows unbounded preceding)
"""
"""A payer's running totals at the end of each day on which something moved."""


def invoices(ledger: Ledger, asked: str) -> pa.Table:
    """What was known of each asked invoice at issue (``spec.INVOICE_COLUMNS``), after ``prepare``.

    Invoices of one payer issued on one day are known together (the batch); every other figure
    stands as of the end of the day before. Amounts of different currencies meet only inside
    logarithms of a payer's open position, never in a sum that is shown.

    Returns:
        item_id, payer_id, currency, amount, issued_on, due_on, closed_on, paid, the columns;
        ordered by item.
    """
    return ledger.rows(
        f"""
with q as (select * from late_items where item_id in ({asked})),
batches as (
    select payer_id, issued_on, count(*) as batch_items, sum(amount) as batch_amount
    from late_items group by all),
sold as (
    select payer_id, currency, issued_on, sum(amount) as amount, count(*) as n
    from late_items group by all),
usual as (
    select payer_id, currency, issued_on, sum(amount) over till as amount, sum(n) over till as n
    from sold
    window till as (partition by payer_id, currency order by issued_on rows unbounded preceding))
select q.item_id, q.payer_id, q.currency, q.amount, q.issued_on, q.due_on, q.closed_on, q.paid,
    q.terms_days, q.due_weekday,
    {_log("q.amount")} as amount_log,
    cast(q.amount as double) * cast(u.n as double) / cast(u.amount as double) as amount_relative,
    b.batch_items, {_log("b.batch_amount")} as batch_log,
    q.issued_on - p.last_issued_on as gap_days,
    coalesce(p.issued, 0) - coalesce(m.issued, 0) as issued_30,
    q.issued_on - p.last_closed_on as paid_gap_days,
    coalesce(p.open_items, 0) as open_items, {_log("coalesce(p.open_amount, 0)")} as open_log,
    coalesce(p.overdue_items, 0) as overdue_items,
    {_log("coalesce(p.overdue_amount, 0)")} as overdue_log
from q join batches b on b.payer_id = q.payer_id and b.issued_on = q.issued_on
asof left join usual u
    on u.payer_id = q.payer_id and u.currency = q.currency and q.issued_on > u.issued_on
asof left join late_positions p on p.payer_id = q.payer_id and q.issued_on > p.day
asof left join late_positions m on m.payer_id = q.payer_id and q.issued_on - 30 > m.day
order by q.item_id
"""
    )


def _log(amount: str) -> str:
    return f"log10(greatest(cast({amount} as double), 1))"
