"""Debts and funds matched in order: exact, and in time that grows with their number only.

Both sides are laid end to end on one line of money, a group at a time; where a debt and a fund
cover the same stretch, the fund pays the debt. What a reader would get wrong: the join is not
debts × funds of a group. The ends of all stretches are sorted, and between two neighbouring ends
there is exactly one debt and one fund.
"""

from __future__ import annotations

from xindun.connectors.ledger_files.staging import Staging


def overlap(staging: Staging, debts: str, funds: str, out: str) -> None:
    """Create ``out`` (grp, debt_rn, fund_rn, amount, effective_on).

    Args:
        staging: the scratch database.
        debts: table with grp, rn, amount, issued, due; paid in the order of due, issued, rn.
        funds: table with grp, rn, amount, issued; used in the order of issued, rn.
        out: the table to create. A match is effective when both sides exist.
    """
    staging.run(
        f"""CREATE TABLE {out} AS
        WITH d AS (
            SELECT *, sum(amount) OVER (PARTITION BY grp ORDER BY due NULLS LAST, issued, rn
                ROWS UNBOUNDED PRECEDING) AS upto
            FROM {debts} WHERE amount > 0),
        f AS (
            SELECT *, sum(amount) OVER (PARTITION BY grp ORDER BY issued, rn
                ROWS UNBOUNDED PRECEDING) AS upto
            FROM {funds} WHERE amount > 0),
        ends AS (SELECT grp, upto FROM d UNION SELECT grp, upto FROM f),
        stretches AS (
            SELECT grp, upto, upto - lag(upto, 1, 0) OVER (PARTITION BY grp ORDER BY upto) AS amount
            FROM ends)
        SELECT s.grp, d.rn AS debt_rn, f.rn AS fund_rn, CAST(s.amount AS DECIMAL(18,4)) AS amount,
            greatest(d.issued, f.issued) AS effective_on
        FROM stretches s
        ASOF JOIN d ON s.grp = d.grp AND s.upto <= d.upto
        ASOF JOIN f ON s.grp = f.grp AND s.upto <= f.upto"""
    )
