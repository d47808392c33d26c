"""What reduces a document: payments stated on its own row, and documents that name it.

What a reader would get wrong: a row that says "partly paid" without a date does not say when.
Nothing is invented: the payment is dated on the last day the file speaks of (the earliest day on
which the file can have been written), marked ``date_known = false`` and told in a notice.
"""

from __future__ import annotations

from xindun.connectors.ledger_files.staging import Staging
from xindun.connectors.ledger_files.values import Notice

_OWED = "('invoice', 'retention', 'unbilled_delivery')"


def build_settlements(staging: Staging) -> list[Notice]:
    """Create ``settled``: settlements with the keys of what they reduce and of their source."""
    staging.run(
        """CREATE TABLE movement AS
        SELECT min(least(issued, coalesce(paid_on, issued))) AS first_on,
               max(greatest(issued, coalesce(paid_on, issued))) AS last_on
        FROM typed WHERE fault IS NULL"""
    )
    _stated(staging)
    notices: list[Notice] = []
    unknown = staging.all(
        "SELECT count(*), any_value(effective_on) FROM settled WHERE NOT date_known"
    )[0]
    if unknown[0]:
        notices.append(
            Notice("payment_date_unknown", {"rows": unknown[0], "day": unknown[1].isoformat()})
        )
    contradicting = staging.one(
        "SELECT count(*) FROM typed WHERE fault IS NULL AND kind = 'invoice' AND is_open = 'open' "
        "AND paid_on IS NOT NULL AND paid_amount IS NULL AND open_amount IS NULL"
    )
    if contradicting:
        notices.append(Notice("open_flag_contradicts", {"rows": contradicting}))
    return notices


def _stated(staging: Staging) -> None:
    """Payments that stand on the row of the invoice itself."""
    staging.run(
        f"""CREATE TABLE settled AS
        SELECT t.rn, t.line, k.document_key, CAST(NULL AS VARCHAR) AS source_document_key,
            coalesce(settlement_kind, 'cash') AS kind,
            CAST(paid AS DECIMAL(18,4)) AS amount,
            coalesce(paid_on, greatest(last_on, issued)) AS effective_on,
            honoured_on, bill_matures_on AS matures_on, dishonoured_on, bill_status,
            bill_number, acceptor, parties, FALSE AS derived, paid_on IS NOT NULL AS date_known,
            recorded_on, 1 AS nth
        FROM (SELECT *, coalesce(
                    abs(paid_amount), abs(amount) - abs(open_amount),
                    CASE WHEN paid_on IS NOT NULL OR is_open = 'closed' THEN abs(amount) END
                ) AS paid
              FROM typed WHERE fault IS NULL AND kind IN {_OWED}) t
        JOIN keyed k USING (rn), movement
        WHERE paid > 0 AND NOT EXISTS (
            SELECT 1 FROM repeats r WHERE r.rn = t.rn AND r.fault IS NOT NULL)"""
    )
