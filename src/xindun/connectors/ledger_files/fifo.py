"""Receipts that name no invoice, applied oldest due first: exact, reproducible, never ahead.

The rule (Civil Code of China art. 560 and custom alike): money pays the debt that is due first
among those that exist; money that finds none waits for the next invoice. What a reader would get
wrong: sorting all invoices by due date and laying receipts over them looks ahead, because a later
invoice with a shorter term would take money that an earlier one had already got. So:

* an account whose invoices fall due in the order in which they were issued is matched by window
  sums (:mod:`matching`), where looking ahead is impossible;
* any other account is replayed day by day with a queue of open debts.

Both give the same result where both apply (a property test holds them together). A match is
effective from the day on which both the receipt and the invoice exist, so the view of a past day
never depends on what came later.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from heapq import heappop, heappush

import pyarrow as pa

from xindun.connectors.ledger_files import matching
from xindun.connectors.ledger_files.staging import Staging
from xindun.connectors.ledger_files.values import Notice
from xindun.engine.schema import MONEY

Event = tuple[date, int, date, int, Decimal]
"""Day, 0 for a debt or 1 for a fund, due day, row number, amount."""

NEVER = date.max


def apply_receipts(staging: Staging) -> list[Notice]:
    """Add derived applications to ``applied``; a notice when there are any."""
    if not staging.one("SELECT count(*) FROM accepted WHERE kind = 'receipt'"):
        return []
    _open_sides(staging)
    receipts = staging.one("SELECT count(*) FROM fifo_funds")
    _split_by_order(staging)
    matching.overlap(staging, "fifo_debts_in_order", "fifo_funds_in_order", "fifo_matches")
    _replay_others(staging)
    staging.run(
        """INSERT INTO applied
        SELECT m.fund_rn, m.debt_rn, m.fund_rn, coalesce(t.settlement_kind, 'cash'), m.amount,
            m.effective_on, TRUE
        FROM fifo_matches m JOIN typed t ON t.rn = m.fund_rn ORDER BY m.fund_rn, m.debt_rn"""
    )
    matched = staging.one("SELECT count(*) FROM fifo_matches")
    if not matched:
        return []
    return [Notice("fifo_applied", {"receipts": receipts, "settlements": matched})]


def _open_sides(staging: Staging) -> None:
    """``fifo_debts`` and ``fifo_funds``: what is left of invoices and of nameless receipts.

    A receipt whose row says how much of it is open was matched by the system that wrote the file:
    its rest waits, and the invoices' own open amounts already know that.
    """
    staging.run(
        """CREATE TABLE fifo_funds AS
        WITH spent AS (
            SELECT rn, sum(amount) AS amount FROM (
                SELECT source_rn AS rn, amount FROM applied WHERE source_rn IS NOT NULL
                UNION ALL SELECT source_rn, amount FROM stated WHERE source_rn IS NOT NULL)
            GROUP BY 1),
        receipts AS (
            SELECT head_rn AS rn, any_value(buyer_key) AS buyer_key,
                any_value(currency) AS currency, sum(abs(amount)) AS amount, min(issued) AS issued
            FROM accepted WHERE kind = 'receipt' GROUP BY 1
            HAVING count(applies_to) = 0 AND count(open_amount) = 0)
        SELECT hash(buyer_key, currency) AS grp, r.rn, buyer_key, currency, issued,
            CAST(r.amount - coalesce(s.amount, 0) AS DECIMAL(18,4)) AS amount
        FROM receipts r LEFT JOIN spent s USING (rn) WHERE r.amount > coalesce(s.amount, 0)"""
    )
    staging.run(
        """CREATE TABLE fifo_debts AS
        WITH paid AS (
            SELECT rn, sum(amount) AS amount FROM (
                SELECT item_rn AS rn, amount FROM applied
                UNION ALL SELECT item_rn, amount FROM stated) GROUP BY 1)
        SELECT concat_ws(chr(31), buyer_key, currency) AS grp, d.rn, issued, due,
            CAST(abs(d.amount) - coalesce(p.amount, 0) AS DECIMAL(18,4)) AS amount
        FROM documents d LEFT JOIN paid p USING (rn)
        SEMI JOIN fifo_funds f ON f.buyer_key = d.buyer_key AND f.currency = d.currency
        WHERE kind = 'invoice' AND abs(d.amount) > coalesce(p.amount, 0)"""
    )
    staging.run(
        "CREATE OR REPLACE TABLE fifo_funds AS SELECT rn, issued, amount, "
        "concat_ws(chr(31), buyer_key, currency) AS grp FROM fifo_funds"
    )


def _split_by_order(staging: Staging) -> None:
    """Accounts whose invoices are due in the order of their issue, and the others."""
    staging.run(
        """CREATE TABLE fifo_others AS
        SELECT DISTINCT grp FROM (
            SELECT grp, coalesce(due, DATE '9999-12-31') < lag(coalesce(due, DATE '9999-12-31'))
                OVER (PARTITION BY grp ORDER BY issued, due NULLS LAST, rn) AS earlier
            FROM fifo_debts) WHERE earlier"""
    )
    for side in ("debts", "funds"):
        staging.run(
            f"CREATE TABLE fifo_{side}_in_order AS "
            f"SELECT s.* FROM fifo_{side} s ANTI JOIN fifo_others o ON o.grp = s.grp"
        )


def _replay_others(staging: Staging) -> None:
    """Replay the accounts that window sums cannot do, a batch of matches at a time."""
    if not staging.one("SELECT count(*) FROM fifo_others"):
        return
    cursor = staging.con.cursor()
    rows = cursor.sql(
        """SELECT grp, issued, 0 AS side, coalesce(due, DATE '9999-12-31') AS due, rn, amount
        FROM fifo_debts SEMI JOIN fifo_others USING (grp)
        UNION ALL SELECT grp, issued, 1, issued, rn, amount
        FROM fifo_funds SEMI JOIN fifo_others USING (grp)
        ORDER BY grp, issued, side, due, rn"""
    ).to_arrow_reader(100_000)
    kinds = [pa.string(), pa.int64(), pa.int64(), MONEY, pa.date32()]
    names = ["grp", "debt_rn", "fund_rn", "amount", "effective_on"]
    batch: list[tuple[str, int, int, Decimal, date]] = []

    def flush() -> None:
        arrays = [pa.array(v, k) for v, k in zip(zip(*batch, strict=True), kinds, strict=True)]
        staging.con.register("replayed", pa.table(arrays, names=names))
        staging.run("INSERT INTO fifo_matches SELECT * FROM replayed")
        staging.con.unregister("replayed")
        batch.clear()

    for group, events in _groups(rows):
        batch.extend((group, *match) for match in replay(events))
        if len(batch) >= 100_000:
            flush()
    if batch:
        flush()
    cursor.close()


def _groups(rows: pa.RecordBatchReader) -> Iterator[tuple[str, list[Event]]]:
    """Events of one account at a time."""
    current: str | None = None
    events: list[Event] = []
    for batch in rows:
        for group, *event in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            if group != current:
                if current is not None:
                    yield current, events
                current, events = group, []
            events.append(tuple(event))
    if current is not None:
        yield current, events


def replay(events: Iterable[Event]) -> Iterator[tuple[int, int, Decimal, date]]:
    """Matches (debt, fund, amount, day) of one account's events in the order of their days.

    On one day debts come before funds, those due first ahead. Money pays the open debt due first
    (ties: issued first, then the file's order); while there is no debt it waits, first come first
    used.

    >>> d = date(2025, 1, 1)
    >>> list(replay([(d, 0, date(2025, 2, 1), 7, Decimal(5)), (d, 1, d, 8, Decimal(3))]))
    [(7, 8, Decimal('3'), datetime.date(2025, 1, 1))]
    """
    debts: list[tuple[date, date, int, Decimal]] = []
    funds: deque[tuple[int, Decimal]] = deque()
    for day, side, due, rn, amount in events:
        if side == 0:
            heappush(debts, (due, day, rn, amount))
        else:
            funds.append((rn, amount))
        while debts and funds:
            due_day, issued, debt, owed = debts[0]
            fund, money = funds[0]
            paid = min(owed, money)
            yield debt, fund, paid, day
            if paid == owed:
                heappop(debts)
            else:
                debts[0] = (due_day, issued, debt, owed - paid)
            if paid == money:
                funds.popleft()
            else:
                funds[0] = (fund, money - paid)
