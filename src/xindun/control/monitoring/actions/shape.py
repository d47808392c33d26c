"""The engine's tables in the form a run stores, and the hash that proves each row.

What a reader would get wrong: the hash covers every figure, reason and formula of an account, but
not its name, which may be corrected without making the decision another one. Floating numbers
are rounded to stored decimals before they are hashed, so a replay compares what was stored.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import duckdb
import pyarrow as pa

from xindun.control.monitoring.values import BUCKET_COLUMNS
from xindun.prevention.limits.actions import FORMULAS_JSON
from xindun.prevention.scoring.actions import COUNTERFACTUALS_JSON, REASONS_JSON

_MONEY = "decimal(22, 4)"
_AMOUNTS = (
    "open_total",
    *(column for column, _ in BUCKET_COLUMNS),
    "overdue",
    "disputed",
    "under_bills",
    "credits",
    "unapplied",
    "unbilled",
    "net",
)
RECOGNITION = ("r_lt_1y", "r_1_2y", "r_2_3y", "r_gt_3y")
_LISTS = ("reasons", "counterfactuals", "limit_formulas")

FIGURES: dict[str, tuple[str, str]] = {
    "buyer_id": ("buyer_id::bigint", "bigint"),
    "currency": ("currency", "text"),
    "country": ("country", "text"),
    **{name: (f"coalesce({name}, 0)::{_MONEY}", "numeric") for name in _AMOUNTS},
    "oldest_due_on": ("oldest_due_on::date", "date"),
    "max_days_overdue": ("max_days_overdue::integer", "integer"),
    "open_items": ("coalesce(open_items, 0)::integer", "integer"),
    "share_of_open": ("share_of_open::decimal(9, 6)", "numeric"),
    "grade": ("grade::smallint", "smallint"),
    "not_rated_reason": ("not_rated_reason", "text"),
    "health_score": ("health_score::decimal(4, 1)", "numeric"),
    "payment_index": ("payment_index::decimal(4, 1)", "numeric"),
    "days_beyond_terms": ("days_beyond_terms::decimal(14, 4)", "numeric"),
    "on_time_ratio": ("on_time_ratio::decimal(14, 4)", "numeric"),
    "trend_days": ("trend_days::decimal(14, 4)", "numeric"),
    "confidence": ("confidence", "text"),
    "limit_recommended": (f"limit_recommended::{_MONEY}", "numeric"),
    "limit_binding": ("limit_binding", "text"),
    # Exposure is what is owed and what is delivered but not invoiced yet, as in the engine's
    # action review_limit; unapplied receipts do not lower it before somebody applies them.
    "over_limit": (
        "if(limit_recommended is null, null, greatest("
        f"coalesce(open_total, 0) + coalesce(unbilled, 0) - limit_recommended, 0))::{_MONEY}",
        "numeric",
    ),
}
"""Column of the snapshot → how it is shaped from the engine's accounts, PostgreSQL type."""

HASHED = ("reasons", "counterfactuals", "formulas", "behaviour", "recognition")


def shape_accounts(
    shaper: duckdb.DuckDBPyConnection, accounts: pa.Table, seasonality: pa.Table
) -> None:
    """Make the table ``shaped`` in ``shaper``: figures, JSON details and ``row_hash`` (hex)."""
    shaper.register("accounts", accounts)
    shaper.register("seasons", seasonality)
    figures = ", ".join(f"{shape} as {name}" for name, (shape, _) in FIGURES.items())
    hashed = ", ".join(f"{name}::varchar" for name in FIGURES)
    body = ", ".join(f"'{part}', {part}" for part in (*HASHED, "seasonality"))
    recognition = ", ".join(
        f"json_array('{name}', coalesce({name}, 0)::{_MONEY}::varchar)" for name in RECOGNITION
    )
    shaper.execute(f"""
        create or replace temp table shaped as
        select *,
            sha256(json_array({hashed}, {", ".join(HASHED)})::varchar) as row_hash,
            json_object({body})::varchar as body
        from (
            select {figures},
                {REASONS_JSON} as reasons,
                {COUNTERFACTUALS_JSON} as counterfactuals,
                {FORMULAS_JSON} as formulas,
                {_behaviour(accounts.schema)} as behaviour,
                json_array({recognition}) as recognition
            from accounts)
        left join (
            select buyer_id, currency,
                to_json(list(json_array(month, amount::varchar,
                    days_beyond_terms::decimal(14, 4)::varchar,
                    excess_days::decimal(14, 4)::varchar) order by month)) as seasonality
            from seasons group by buyer_id, currency)
        using (buyer_id, currency)""")


def row_hashes(shaper: duckdb.DuckDBPyConnection) -> list[tuple[int, str, str]]:
    """(buyer_id, currency, hash) of every shaped account in the order of the Merkle tree."""
    rows: list[tuple[int, str, str]] = shaper.execute(
        "select buyer_id, currency, row_hash from shaped order by buyer_id, currency"
    ).fetchall()
    return rows


def _behaviour(schema: pa.Schema) -> str:
    """Every further column of the engine's, by kind: numbers, days, and what is JSON anyway."""
    numbers, days, others = [], [], []
    known = {*FIGURES, *RECOGNITION, *_LISTS, "name"}
    for column in schema:
        if column.name in known:
            continue
        if pa.types.is_date(column.type):
            days.append(f"'{column.name}', {column.name}::varchar")
        elif pa.types.is_floating(column.type):
            numbers.append(f"'{column.name}', round({column.name}, 6)::decimal(24, 6)::varchar")
        elif pa.types.is_decimal(column.type) or pa.types.is_integer(column.type):
            numbers.append(f"'{column.name}', {column.name}::varchar")
        else:
            others.append(f"'{column.name}', to_json({column.name})")
    objects = (
        f"json_object({', '.join(parts)})" if parts else "json_object()"
        for parts in (numbers, days, others)
    )
    return "json_array({}, {}, {})".format(*objects)


def grade_shares(shaper: duckdb.DuckDBPyConnection) -> dict[str, list[list[Any]]]:
    """Per currency: [grade, accounts, open total, overdue], best grade first, not rated last."""
    shares: dict[str, list[list[Any]]] = {}
    rows = shaper.execute("""
        select currency, grade, count(*), sum(open_total)::varchar, sum(overdue)::varchar
        from shaped group by currency, grade order by currency, grade nulls last""").fetchall()
    for currency, *share in rows:
        shares.setdefault(currency, []).append(share)
    return shares


def countries(shaper: duckdb.DuckDBPyConnection) -> list[str]:
    """The countries that occur, in order."""
    rows = shaper.execute(
        "select distinct country from shaped where country is not null order by country"
    ).fetchall()
    return [country for (country,) in rows]


def json_rows(table: pa.Table) -> list[dict[str, Any]]:
    """A small table of the engine's as JSON: amounts and ratios as strings, days in ISO form."""
    return [{name: json_value(value) for name, value in row.items()} for row in table.to_pylist()]


def json_value(value: Any) -> Any:
    """One value of the engine's as JSON; numbers become strings so that none turns into a float."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, float):
        return f"{Decimal(repr(value)):f}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: json_value(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [json_value(part) for part in value]
    return value
