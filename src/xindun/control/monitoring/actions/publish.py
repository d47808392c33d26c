"""Write one review: COPY into temporary tables, INSERT … SELECT under row-level security.

What a reader would get wrong: names come from the record, not from the engine, because only the
record knows how a Chinese name sorts; they are copied, so that an old run's list stays as it was.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import duckdb
from django.db import connection

from xindun.control.monitoring import models
from xindun.control.monitoring.actions.shape import (
    FIGURES,
    countries,
    grade_shares,
    json_rows,
    json_value,
    row_hashes,
    shape_accounts,
)
from xindun.engine.portfolio import Review
from xindun.kernel.merkle import merkle_root
from xindun.kit.staging import shaping, stage
from xindun.prevention.limits import actions as limits
from xindun.prevention.scoring import actions as scoring
from xindun.prevention.scoring.values import Scale, Stamp

_ACTIONS = {
    "rank": "integer",
    "buyer_id": "bigint",
    "currency": "text",
    "code": "text",
    "reason_code": "text",
    "params": "jsonb",
    "stake": "numeric",
    "share_of_open": "numeric",
    "due_on": "date",
}
_SHAPE_ACTIONS = """
    select rank::integer, buyer_id::bigint, currency, action, reason, params::json,
        coalesce(stake, 0)::decimal(22, 4),
        share_of_open::decimal(9, 6), due_on::date
    from actions order by rank"""


@dataclass(frozen=True, slots=True)
class Published:
    """How many rows were written beside the snapshots."""

    actions: int
    scores: int
    limits: int


def publish(
    row: models.PortfolioRun, review: Review, stamp: Stamp, scale: Scale, *, everything: bool
) -> Published:
    """Write snapshots, details, actions, scores and limits; fill the run's columns (unsaved)."""
    with shaping(actions=review.actions) as shaper:
        shape_accounts(shaper, review.accounts, review.seasonality)
        _write_snapshots(shaper, row)
        _write_details(shaper, row)
        row.actions = _write_actions(shaper, row)
        _describe(shaper, row, review, scale)
    return Published(
        actions=row.actions,
        scores=scoring.record(stamp, scale, review.accounts, everything=everything),
        limits=limits.record(stamp, review.accounts, everything=everything),
    )


def _write_snapshots(shaper: duckdb.DuckDBPyConnection, row: models.PortfolioRun) -> None:
    columns = {name: kind for name, (_, kind) in FIGURES.items()}
    names = ", ".join(columns)
    query = f"select {names}, row_hash from shaped order by buyer_id, currency"
    row.accounts = stage(shaper, "staged_snapshots", {**columns, "row_hash": "text"}, query)
    _insert(
        f"""
        insert into monitoring_buyer_snapshot
            (tenant_id, run_id, name, sort_key, {names}, row_hash)
        select %s, %s, buyer.name, buyer.sort_key,
            {", ".join(f"staged.{name}" for name in columns)}, decode(staged.row_hash, 'hex')
        from staged_snapshots staged
        join parties_buyer buyer
            on buyer.tenant_id = %s and buyer.id = staged.buyer_id
        order by staged.buyer_id, staged.currency""",
        [row.tenant_id, row.id, row.tenant_id],
    )


def _write_details(shaper: duckdb.DuckDBPyConnection, row: models.PortfolioRun) -> None:
    columns = {"buyer_id": "bigint", "currency": "text", "body": "text"}
    names = ", ".join(columns)
    query = f"select {names} from shaped order by buyer_id, currency"
    stage(shaper, "staged_details", columns, query)
    _insert(
        f"""
        insert into monitoring_snapshot_detail (tenant_id, run_id, {names})
        select %s, %s, {names} from staged_details""",
        [row.tenant_id, row.id],
    )


def _write_actions(shaper: duckdb.DuckDBPyConnection, row: models.PortfolioRun) -> int:
    written = stage(shaper, "staged_actions", _ACTIONS, _SHAPE_ACTIONS)
    names = ", ".join(f"staged.{name}" for name in _ACTIONS)
    _insert(
        f"""
        insert into monitoring_today_action (tenant_id, run_id, name, {", ".join(_ACTIONS)})
        select %s, %s, buyer.name, {names}
        from staged_actions staged
        join parties_buyer buyer
            on buyer.tenant_id = %s and buyer.id = staged.buyer_id""",
        [row.tenant_id, row.id, row.tenant_id],
    )
    return written


def _describe(
    shaper: duckdb.DuckDBPyConnection, row: models.PortfolioRun, review: Review, scale: Scale
) -> None:
    hashes = row_hashes(shaper)
    row.buyers = len({buyer_id for buyer_id, _, _ in hashes})
    row.snapshot_root = merkle_root(bytes.fromhex(digest) for _, _, digest in hashes).hex()
    row.totals = json_rows(review.totals)
    row.series = json_rows(review.series)
    row.concentration = json_rows(review.concentration)
    row.coverage = json_value(asdict(review.coverage))
    row.methods = dict(review.methods)
    row.grades = grade_shares(shaper)
    row.countries = countries(shaper)
    row.scale = asdict(scale)


def _insert(statement: str, values: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
