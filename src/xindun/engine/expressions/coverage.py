"""What the ledger holds at all: the facts that decide which figures it can support."""

from __future__ import annotations

import ibis.expr.types as ir

from xindun.engine import schema
from xindun.engine.expressions.positions import known_items, visible


def item_facts(items: ir.Table, clock: ir.Table) -> ir.Table:
    """One row: counts and first and last days of the items issued by ``as_of``."""
    rows = known_items(items, clock)
    aged = rows.kind.isin(schema.AGED_KINDS)
    return rows.aggregate(
        items=rows.count(),
        aged_items=rows.count(where=aged),
        without_due=rows.count(where=aged & rows.due_on.isnull()),
        first_issued_on=rows.issued_on.min(),
        last_issued_on=rows.issued_on.max(),
    )


def settlement_facts(settlements: ir.Table, clock: ir.Table) -> ir.Table:
    """One row: every settlement the ledger holds, also those after ``as_of``.

    Whether a ledger holds settled items is a fact of the file, not of the day asked about.
    """
    rows = visible(settlements, clock)
    by_then = rows.cleared_on <= rows.as_of
    return rows.aggregate(
        settlements=rows.count(),
        settled_by_then=rows.count(where=by_then),
        first_settled_on=rows.cleared_on.min(where=by_then),
        last_settled_on=rows.cleared_on.max(where=by_then),
    )


def open_facts(parts: ir.Table, settlements: ir.Table, clock: ir.Table) -> ir.Table:
    """One row: open items, and how many of them the ledger settles after ``as_of``."""
    owed = parts.filter(parts.kind.isin(schema.AGED_KINDS))
    items = owed.group_by("item_id").aggregate(amount=owed.amount.sum())
    later = visible(settlements, clock)
    later = later.filter(later.cleared_on > later.as_of)
    later = later.group_by("item_id").aggregate(settled_later=later.amount.sum())
    both = items.left_join(later, items.item_id == later.item_id)
    return both.aggregate(
        open_items=both.count(), settled_later=both.count(where=both.settled_later >= both.amount)
    )
