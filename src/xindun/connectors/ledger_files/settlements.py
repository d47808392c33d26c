"""What reduces documents: clearings, documents that name an invoice, payments stated on a row.

They are taken in that order, each up to what is still open: a clearing or a receipt in the file
is the better witness of a payment than the invoice's own "paid" columns, which then only add what
those did not explain; receipts that name nothing come last (:mod:`fifo`).

What a reader would get wrong: a row that says "partly paid" without a date does not say when.
Nothing is invented: the payment is dated on the last day the file speaks of (the earliest day on
which the file can have been written), marked ``date_known = false`` and ``derived``, because such
a day says nothing about being on time, and told in a notice.
"""

from __future__ import annotations

from xindun.connectors.ledger_files import matching
from xindun.connectors.ledger_files.documents import FAULT, FUNDS, OWED, REDUCERS, fault
from xindun.connectors.ledger_files.fifo import apply_receipts
from xindun.connectors.ledger_files.options import Options
from xindun.connectors.ledger_files.staging import Staging
from xindun.connectors.ledger_files.values import Notice

NAMES = r"regexp_split_to_array(applies_to, '[,;、；，|/+\s]+')"
"""SQL for the names in a text that lists several."""

APPLIED = """(
    rn BIGINT, item_rn BIGINT, source_rn BIGINT, kind VARCHAR, amount DECIMAL(18,4),
    effective_on DATE, derived BOOLEAN)"""


def build_settlements(staging: Staging, options: Options) -> list[Notice]:
    """Create ``applied`` (a document reduces another) and the view ``stated`` (a row says so)."""
    staging.run(
        """CREATE TABLE movement AS
        SELECT min(least(issued, coalesce(paid_on, issued))) AS first_on,
               max(greatest(issued, coalesce(paid_on, issued))) AS last_on
        FROM accepted"""
    )
    staging.run(f"CREATE TABLE applied {APPLIED}")
    notices: list[Notice] = []
    if staging.one(f"SELECT count(*) FROM accepted WHERE kind IN {FUNDS} OR kind IN {REDUCERS}"):
        _clear(staging)
        notices += _name(staging)
    _state(staging)
    if options.apply_fifo:
        notices += apply_receipts(staging)
    return notices + _notices(staging)


def _clear(staging: Staging) -> None:
    """Match what one clearing (SAP: same customer, currency and clearing date) closed."""
    if not staging.one(
        f"SELECT count(*) FROM documents "
        f"WHERE kind IN {FUNDS} AND clearing > 0 AND paid_on IS NOT NULL"
    ):
        return
    group = "concat_ws(chr(31), tno, buyer_key, currency, paid_on)"
    staging.run(
        f"""CREATE TABLE clearing_debts AS
        SELECT {group} AS grp, rn, abs(amount) AS amount, issued, due FROM documents
        WHERE kind IN {OWED} AND clearing > 0 AND paid_on IS NOT NULL"""
    )
    staging.run(
        f"""CREATE TABLE clearing_funds AS
        SELECT {group} AS grp, rn, abs(amount) AS amount, issued FROM documents
        WHERE kind IN {FUNDS} AND clearing > 0 AND paid_on IS NOT NULL
            AND applies_to IS NULL"""
    )
    matching.overlap(staging, "clearing_debts", "clearing_funds", "clearing_matches")
    staging.run(
        """INSERT INTO applied
        SELECT f.rn, m.debt_rn, f.rn, CASE WHEN f.kind = 'receipt'
                THEN coalesce(f.settlement_kind, 'cash') ELSE 'credit_note' END,
            m.amount, m.effective_on, FALSE
        FROM clearing_matches m JOIN typed f ON f.rn = m.fund_rn ORDER BY m.debt_rn, f.rn"""
    )


def _name(staging: Staging) -> list[Notice]:
    """Receipts, credit notes and others that name the invoice they reduce."""
    staging.run(
        f"""CREATE TABLE naming AS
        SELECT rn, head_rn, kind, buyer_key, currency, issued, applies_to, document_key,
            abs(CASE WHEN kind = 'receipt' THEN coalesce(paid_amount, amount) ELSE amount END)
                AS amount
        FROM accepted WHERE applies_to IS NOT NULL AND (kind IN {FUNDS} OR kind IN {REDUCERS})"""
    )
    staging.run(
        f"""CREATE TABLE targets AS
        SELECT number, buyer_key, currency, arg_min(rn, (kind <> 'invoice', rn)) AS rn
        FROM documents WHERE kind IN {OWED} AND number IS NOT NULL GROUP BY ALL"""
    )
    staging.run(
        f"""CREATE TABLE named AS
        WITH exact AS (
            SELECT n.rn, 1 AS nth, t.rn AS item_rn
            FROM naming n JOIN targets t ON t.number = n.applies_to
                AND t.buyer_key = n.buyer_key AND t.currency = n.currency),
        parts AS (
            SELECT rn, buyer_key, currency, unnest(names) AS name,
                generate_subscripts(names, 1) AS nth
            FROM (SELECT *, {NAMES} AS names
                  FROM naming n ANTI JOIN exact e ON e.rn = n.rn)
            WHERE len(names) > 1)
        SELECT * FROM exact
        UNION ALL SELECT p.rn, p.nth, t.rn FROM parts p JOIN targets t ON t.number = p.name
            AND t.buyer_key = p.buyer_key AND t.currency = p.currency"""
    )
    _refuse_idle(staging)
    staging.run(
        """CREATE TABLE named_parts AS
        WITH open AS (
            SELECT d.rn, abs(d.amount) - coalesce(a.used, 0) AS amount, d.issued
            FROM documents d SEMI JOIN named ON named.item_rn = d.rn
            LEFT JOIN (SELECT item_rn, sum(amount) AS used FROM applied GROUP BY 1) a
                ON a.item_rn = d.rn),
        split AS (
            SELECT n.rn, n.head_rn, n.kind, n.issued, n.document_key, n.applies_to,
                n.amount AS whole, m.item_rn, m.nth, o.amount AS room,
                greatest(n.issued, o.issued) AS effective_on,
                CASE WHEN count(*) OVER (PARTITION BY n.rn) = 1 THEN n.amount
                     ELSE greatest(0, least(o.amount, n.amount - coalesce(sum(o.amount) OVER (
                        PARTITION BY n.rn ORDER BY m.nth
                        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0))) END AS wanted
            FROM naming n JOIN named m USING (rn) JOIN open o ON o.rn = m.item_rn
            ANTI JOIN late l ON l.rn = n.rn)
        SELECT *, greatest(0, least(wanted, room - coalesce(sum(wanted) OVER (
            PARTITION BY item_rn
            ORDER BY effective_on, issued, document_key, applies_to, whole, rn, nth
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0))) AS amount
        FROM split"""
    )
    staging.run(
        """INSERT INTO applied
        SELECT p.rn, item_rn, CASE WHEN p.kind IN ('receipt', 'credit_note') THEN p.head_rn END,
            CASE WHEN p.kind = 'receipt' THEN coalesce(t.settlement_kind, 'cash') ELSE p.kind END,
            CAST(p.amount AS DECIMAL(18,4)), effective_on, FALSE
        FROM named_parts p JOIN typed t ON t.rn = p.rn WHERE p.amount > 0 ORDER BY p.rn, item_rn"""
    )
    over = staging.one("SELECT count(*) FROM named_parts WHERE amount < wanted")
    missing = staging.one(
        "SELECT count(*) FROM naming n ANTI JOIN named m ON m.rn = n.rn "
        "ANTI JOIN late l ON l.rn = n.rn"
    )
    notices = [Notice("over_applied", {"rows": over})] if over else []
    return [*notices, Notice("applies_to_missing", {"rows": missing})] if missing else notices


def _refuse_idle(staging: Staging) -> None:
    """A write-off, set-off or goods that names no invoice of the file reduces nothing."""
    staging.run(
        f"""INSERT INTO late
        SELECT rn, CAST({fault("names_no_invoice", "applies_to", "applies_to")} AS {FAULT})
        FROM accepted a ANTI JOIN named n ON n.rn = a.rn WHERE kind IN {REDUCERS}"""
    )


def _state(staging: Staging) -> None:
    """``stated``: what rows say of themselves beyond what other documents explain.

    Several rows of one invoice are its payments in their order; where they only say what is open
    after each, a payment is the difference to the row before. Credit notes and the like stand
    beside the paid amount where both fit into the invoice; where they do not, they are in it.
    """
    staging.run(
        f"""CREATE TABLE explained AS
        SELECT rn, sum(amount) AS amount, coalesce(sum(amount) FILTER (beside), 0) AS beside FROM (
            SELECT item_rn AS rn, amount, kind = 'credit_note' OR kind IN {REDUCERS} AS beside
            FROM applied
            UNION ALL
            SELECT source_rn, amount, FALSE FROM applied WHERE source_rn IS NOT NULL)
        GROUP BY 1"""
    )
    staging.run(
        """CREATE TABLE instalments AS
        WITH several AS (
            SELECT a.rn, a.head_rn, abs(a.amount) AS amount, a.paid_on, a.paid_amount,
                coalesce(CASE WHEN a.paid_amount IS NULL AND a.open_amount IS NOT NULL THEN
                    lag(abs(a.open_amount), 1, abs(a.amount)) OVER (
                        PARTITION BY a.head_rn ORDER BY a.paid_on NULLS LAST, a.rn)
                    - abs(a.open_amount) END, a.stated, 0) AS stated
            FROM accepted a WHERE kind <> 'receipt' AND head_rn IN (SELECT head_rn FROM continued))
        SELECT rn, greatest(0, stated) AS stated,
            row_number() OVER (PARTITION BY head_rn, paid_on ORDER BY rn) AS nth,
            greatest(0, coalesce(sum(greatest(0, stated)) OVER (PARTITION BY head_rn
                ORDER BY paid_on NULLS LAST, rn
                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)) AS before,
            sum(greatest(0, stated)) OVER (PARTITION BY head_rn) AS told
        FROM several"""
    )
    staging.run(
        f"""CREATE VIEW stated_rows AS
        WITH told AS (
            SELECT a.* EXCLUDE (stated), abs(a.amount) AS whole, a.kind IN {FUNDS} AS is_fund,
                coalesce(i.nth, 1) AS nth, coalesce(i.stated, {_TOLD_ALONE}, 0) AS told_here,
                coalesce(i.before, 0) AS before, coalesce(e.amount, 0) AS explained,
                coalesce(e.amount, 0) - CASE
                    WHEN coalesce(i.told, {_TOLD_ALONE}, 0) + coalesce(e.beside, 0) <= abs(a.amount)
                    THEN coalesce(e.beside, 0) ELSE 0 END AS within
            FROM accepted a LEFT JOIN explained e ON e.rn = a.head_rn
            LEFT JOIN instalments i ON i.rn = a.rn
            WHERE a.stated IS NOT NULL OR i.rn IS NOT NULL)
        SELECT * EXCLUDE (told_here, before, explained, within),
            greatest(0, told_here - greatest(0, within - before)) AS said,
            greatest(0, whole - explained - greatest(0, before - within)) AS room
        FROM told"""
    )
    staging.run(
        """CREATE VIEW stated AS
        SELECT rn, head_rn AS item_rn, CASE WHEN is_fund THEN head_rn END AS source_rn,
            CASE WHEN kind = 'credit_note' THEN kind
                 ELSE coalesce(settlement_kind, 'cash') END AS kind,
            CAST(least(said, room) AS DECIMAL(18,4)) AS amount,
            coalesce(paid_on, greatest(last_on, issued)) AS effective_on,
            paid_on IS NULL AND NOT is_fund AS derived,
            paid_on IS NOT NULL AS date_known, nth, document_key, line, recorded_on, last_on,
            honoured_on, discounted_on, bill_matures_on, dishonoured_on, bill_status, bill_number,
            acceptor, parties
        FROM stated_rows, movement WHERE least(said, room) > 0"""
    )
    staging.run(
        """CREATE TABLE overpaid AS
        SELECT rn, CAST(said - room AS DECIMAL(18,4)) AS amount, nth,
            coalesce(paid_on, greatest(last_on, issued)) AS paid_on
        FROM stated_rows, movement WHERE said > room AND NOT is_fund AND NOT EXISTS (
            SELECT 1 FROM explained e WHERE e.rn = head_rn)"""
    )


_TOLD_ALONE = f"""CASE WHEN a.kind IN {OWED} AND abs(a.open_amount) <= abs(a.amount)
    THEN greatest(a.stated, abs(a.amount) - abs(a.open_amount)) ELSE a.stated END"""
"""A row of its own that says what is open is believed: what else reduced the invoice (ERPNext's
column of credit notes) stands in no column that is read."""


def _notices(staging: Staging) -> list[Notice]:
    unknown, day, elsewhere = staging.all(
        "SELECT count(*) FILTER (NOT date_known AND source_rn IS NULL), "
        "max(effective_on) FILTER (NOT date_known AND source_rn IS NULL), "
        "count(*) FILTER (source_rn IS NOT NULL) FROM stated"
    )[0]
    overpaid = staging.one("SELECT count(*) FROM overpaid")
    notices = []
    if unknown:
        notices.append(Notice("payment_date_unknown", {"rows": unknown, "day": day.isoformat()}))
    if elsewhere:
        notices.append(Notice("used_elsewhere", {"rows": elsewhere}))
    if overpaid:
        notices.append(Notice("overpaid", {"rows": overpaid}))
    return notices
