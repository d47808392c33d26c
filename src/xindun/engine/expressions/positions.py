"""What is open on a day, as far as it was known then: the ground every other figure stands on.

``open_parts`` has one row an open item, plus one row for each live bill that covers a part of it,
because that part ages from the bill's maturity while the rest ages from the invoice's due date.

What a reader would get wrong: a receipt or a credit note is used up from the day of its
allocation (``effective_on``), but an invoice is only reduced from ``cleared_on``; while a bill is
on its way both the bill's receipt is used and the invoice stays open.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from xindun.engine import schema


def _money(value: ir.Value) -> ir.Value:
    return value.cast("decimal(18, 4)")


def table(name: str, columns: object) -> ir.Table:
    """The unbound table ``name`` with an Arrow schema."""
    return ibis.table(schema.ibis_schema(columns), name=name)


def with_clock(rows: ir.Table, clock: ir.Table) -> ir.Table:
    """Every row beside the day asked about; the clock is a table of one row."""
    return rows.cross_join(clock.select("as_of", "known_at"))


def visible(rows: ir.Table, clock: ir.Table) -> ir.Table:
    """The versions of ``rows`` that were the current ones at ``known_at``."""
    beside = with_clock(rows, clock)
    return beside.filter(
        beside.recorded_at <= beside.known_at,
        beside.superseded_at.isnull() | (beside.superseded_at > beside.known_at),
    )


def known_items(items: ir.Table, clock: ir.Table) -> ir.Table:
    """Items issued by ``as_of`` and visible at ``known_at``."""
    seen = visible(items, clock)
    return seen.filter(seen.issued_on <= seen.as_of)


def settled_amounts(settlements: ir.Table, clock: ir.Table) -> ir.Table:
    """Per item: what was settled by ``as_of``."""
    seen = visible(settlements, clock)
    seen = seen.filter(seen.cleared_on <= seen.as_of)
    return seen.group_by("item_id").aggregate(settled=_money(seen.amount.sum()))


def used_amounts(settlements: ir.Table, clock: ir.Table) -> ir.Table:
    """Per receipt or credit note: what was used up by ``as_of``."""
    seen = visible(settlements, clock)
    seen = seen.filter(seen.source_item_id.notnull(), seen.effective_on <= seen.as_of)
    return seen.group_by(item_id=seen.source_item_id).aggregate(used=_money(seen.amount.sum()))


ZERO = ibis.literal(0).cast("decimal(18, 4)")
ITEM = (
    "item_id",
    "buyer_id",
    "currency",
    "kind",
    "disputed",
    "issued_on",
    "due_on",
    "recognised_on",
)


def _still_open(items: ir.Table, reduced: ir.Table, column: str) -> ir.Table:
    """The items whose amount is not exactly what ``reduced[column]`` took away."""
    both = items.left_join(reduced, items.item_id == reduced.item_id)
    taken = both[column]
    # Compared before it is subtracted: nearly every item of a long ledger is closed, and a
    # comparison is cheaper than 128-bit arithmetic.
    rest = both.filter(taken.isnull() | (both.amount != taken))
    return rest.select(*ITEM, amount=_money(rest.amount - rest[column].fill_null(ZERO)))


def open_debts(items: ir.Table, settlements: ir.Table, clock: ir.Table) -> ir.Table:
    """Invoices, retention and unbilled deliveries whose open amount is not zero."""
    debts = known_items(items, clock)
    debts = debts.filter(debts.kind.isin([*schema.AGED_KINDS, schema.UNBILLED_DELIVERY]))
    return _still_open(debts, settled_amounts(settlements, clock), "settled")


def open_credits(items: ir.Table, settlements: ir.Table, clock: ir.Table) -> ir.Table:
    """Credit notes and receipts of which something is not used yet."""
    credits = known_items(items, clock)
    credits = credits.filter(credits.kind.isin([schema.CREDIT_NOTE, schema.RECEIPT]))
    return _still_open(credits, used_amounts(settlements, clock), "used")


def live_bills(settlements: ir.Table, clock: ir.Table) -> ir.Table:
    """Bills handed over and neither honoured nor dishonoured by ``as_of``."""
    seen = visible(settlements, clock)
    return seen.filter(
        seen.kind.isin(schema.BILL_KINDS),
        seen.effective_on <= seen.as_of,
        seen.cleared_on.isnull() | (seen.cleared_on > seen.as_of),
        seen.dishonoured_on.isnull() | (seen.dishonoured_on > seen.as_of),
    )


def bill_parts(debts: ir.Table, settlements: ir.Table, clock: ir.Table) -> ir.Table:
    """The part of each open item under each live bill.

    Bills cover an item in the order of their maturity and never more than is open: what they
    promise beyond that is not owed.
    """
    bills = live_bills(settlements, clock)
    bills = bills.select("settlement_id", "item_id", "matures_on", promised="amount")
    owed = debts.filter(debts.kind.isin(schema.AGED_KINDS), debts.amount > 0)
    both = owed.join(bills, owed.item_id == bills.item_id)
    order = [both.matures_on, both.settlement_id]
    before = ibis.cumulative_window(group_by=both.item_id, order_by=order)
    both = both.mutate(promised_so_far=_money(both.promised.sum().over(before)))
    room = both.amount - (both.promised_so_far - both.promised)
    part = _money(ibis.greatest(ibis.least(both.promised, room), ZERO))
    parts = both.mutate(part=part)
    return parts.filter(parts.part > 0)


def open_parts(
    debts: ir.Table, items: ir.Table, settlements: ir.Table, clock: ir.Table
) -> ir.Table:
    """All open positions at the clock, in parts that each age from one day.

    Args:
        debts: the rows of ``open_debts``.

    Returns:
        item_id, buyer_id, currency, kind, disputed, issued_on, recognised_on, amount
        (decimal(18,4), the open part), ages_from (null: not due), under_bill, is_item (true on
        exactly one row of each open item, also when bills cover it all).
    """
    bills = bill_parts(debts, settlements, clock)
    covered = bills.group_by("item_id").aggregate(covered=bills.part.sum())
    base = debts.left_join(covered, debts.item_id == covered.item_id)
    same = [name for name in ITEM if name != "due_on"]
    base = base.select(
        *same,
        amount=_money(base.amount - base.covered.fill_null(ZERO)),
        ages_from=base.due_on,
        under_bill=ibis.literal(False),
        is_item=ibis.literal(True),
    )
    billed = bills.select(
        *same,
        amount=bills.part,
        # A bill without a maturity date cannot put the due date off.
        ages_from=bills.due_on.isnull().ifelse(
            ibis.null("date"), ibis.greatest(bills.due_on, bills.matures_on.coalesce(bills.due_on))
        ),
        under_bill=ibis.literal(True),
        is_item=ibis.literal(False),
    )
    # A view keeps the two readings of the settlements apart: shared, they would be held in memory
    # with every column, where alone each reads only the columns and rows it needs.
    credits = open_credits(items, settlements.view(), clock)
    credits = credits.select(
        *same,
        "amount",
        ages_from=ibis.null("date"),
        under_bill=ibis.literal(False),
        is_item=ibis.literal(True),
    )
    return base.union(billed, credits)
