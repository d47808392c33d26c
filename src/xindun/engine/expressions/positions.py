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
    """Per item: what was settled by ``as_of``, and what the ledger ever settles."""
    seen = visible(settlements, clock)
    return seen.group_by("item_id").aggregate(
        settled=seen.amount.sum(where=seen.cleared_on <= seen.as_of),
        settled_ever=seen.amount.sum(where=seen.cleared_on.notnull()),
    )


def used_amounts(settlements: ir.Table, clock: ir.Table) -> ir.Table:
    """Per receipt or credit note: what was used up by ``as_of``."""
    seen = visible(settlements, clock)
    seen = seen.filter(seen.source_item_id.notnull(), seen.effective_on <= seen.as_of)
    return seen.group_by(item_id=seen.source_item_id).aggregate(used=seen.amount.sum())


def _money(value: ir.Value) -> ir.Value:
    return value.cast("decimal(18, 4)")


def open_debts(items: ir.Table, settlements: ir.Table, clock: ir.Table) -> ir.Table:
    """Invoices, retention and unbilled deliveries whose open amount is not zero."""
    debts = known_items(items, clock)
    debts = debts.filter(debts.kind.isin([*schema.AGED_KINDS, schema.UNBILLED_DELIVERY]))
    settled = settled_amounts(settlements, clock)
    both = debts.left_join(settled, debts.item_id == settled.item_id)
    zero = ibis.literal(0).cast("decimal(18, 4)")
    amount = _money(both.amount - both.settled.fill_null(zero))
    rest = _money(both.amount - both.settled_ever.fill_null(zero))
    opened = both.select(
        "item_id",
        "buyer_id",
        "currency",
        "kind",
        "disputed",
        "issued_on",
        "due_on",
        "recognised_on",
        amount=amount,
        never_settled=rest != zero,
    )
    return opened.filter(opened.amount != zero)


def open_credits(items: ir.Table, settlements: ir.Table, clock: ir.Table) -> ir.Table:
    """Credit notes and receipts of which something is not used yet."""
    credits = known_items(items, clock)
    credits = credits.filter(credits.kind.isin([schema.CREDIT_NOTE, schema.RECEIPT]))
    used = used_amounts(settlements, clock)
    both = credits.left_join(used, credits.item_id == used.item_id)
    zero = ibis.literal(0).cast("decimal(18, 4)")
    opened = both.select(
        "item_id",
        "buyer_id",
        "currency",
        "kind",
        "disputed",
        "issued_on",
        "due_on",
        "recognised_on",
        amount=_money(both.amount - both.used.fill_null(zero)),
        never_settled=ibis.literal(False),
    )
    return opened.filter(opened.amount != zero)


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
    both = bills.join(owed, bills.item_id == owed.item_id)
    order = [both.matures_on, both.settlement_id]
    before = ibis.cumulative_window(group_by=both.item_id, order_by=order)
    both = both.mutate(promised_so_far=_money(both.promised.sum().over(before)))
    zero = ibis.literal(0).cast("decimal(18, 4)")
    room = both.amount - (both.promised_so_far - both.promised)
    part = _money(ibis.greatest(ibis.least(both.promised, room), zero))
    parts = both.mutate(part=part)
    return parts.filter(parts.part > 0)


def open_parts(items: ir.Table, settlements: ir.Table, clock: ir.Table) -> ir.Table:
    """All open positions at the clock, in parts that each age from one day.

    Returns:
        item_id, buyer_id, currency, kind, disputed, issued_on, recognised_on, never_settled,
        amount (decimal(18,4), the open part), ages_from (null: not due), under_bill,
        is_item (true on exactly one row of each open item, also when bills cover it all).
    """
    debts = open_debts(items, settlements, clock)
    bills = bill_parts(debts, settlements, clock)
    covered = bills.group_by("item_id").aggregate(covered=bills.part.sum())
    base = debts.left_join(covered, debts.item_id == covered.item_id)
    zero = ibis.literal(0).cast("decimal(18, 4)")
    same = ["item_id", "buyer_id", "currency", "kind", "disputed", "issued_on", "recognised_on"]
    base = base.select(
        *same,
        "never_settled",
        amount=_money(base.amount - base.covered.fill_null(zero)),
        ages_from=base.due_on,
        under_bill=ibis.literal(False),
        is_item=ibis.literal(True),
    )
    billed = bills.select(
        *same,
        "never_settled",
        amount=bills.part,
        # A bill without a maturity date cannot put the due date off.
        ages_from=bills.due_on.isnull().ifelse(
            ibis.null("date"), ibis.greatest(bills.due_on, bills.matures_on.coalesce(bills.due_on))
        ),
        under_bill=ibis.literal(True),
        is_item=ibis.literal(False),
    )
    credits = open_credits(items, settlements, clock)
    credits = credits.select(
        *same,
        "never_settled",
        "amount",
        ages_from=ibis.null("date"),
        under_bill=ibis.literal(False),
        is_item=ibis.literal(True),
    )
    return base.union(billed, credits)
