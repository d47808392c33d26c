"""Write the engine's SQL: ``python -m xindun.engine.compile``.

Why this exists: importing Ibis and compiling one expression costs most of a second, which no
request and no ``xindun review`` should pay (ADR 0015). The expressions stay the only source; the
texts in ``compiled/`` are made from them, and a test fails when they drift apart.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import ibis
import ibis.expr.types as ir

from xindun.engine import schema
from xindun.engine.expressions import ageing, positions, totals

COMPILED = Path(__file__).parent / "compiled"

Tables = dict[str, ir.Table]


def sources() -> Tables:
    """The unbound tables that every stage may read."""
    named = {
        "buyers": schema.BUYERS,
        "items": schema.ITEMS,
        "settlements": schema.SETTLEMENTS,
        "clock": schema.CLOCK,
        "working_days": schema.WORKING_DAYS,
    }
    return {name: positions.table(name, columns) for name, columns in named.items()}


def _aged_report(t: Tables) -> ir.Table:
    parts = positions.open_parts(t["items"], t["settlements"], t["clock"])
    return ageing.aged_report(ageing.aged_accounts(parts, t["clock"]), t["buyers"])


def _open_parts(t: Tables) -> ir.Table:
    return positions.open_parts(t["items"], t["settlements"], t["clock"])


def _aged_accounts(t: Tables) -> ir.Table:
    return ageing.aged_accounts(t["open_parts"], t["clock"])


ALONE: dict[str, Callable[[Tables], ir.Table]] = {"aged_report": _aged_report}
"""Expressions over the ledger alone, run as one statement."""

STAGES: dict[str, Callable[[Tables], ir.Table]] = {
    "open_parts": _open_parts,
    "aged_accounts": _aged_accounts,
    "currency_totals": lambda t: totals.currency_totals(t["aged_accounts"]),
    "account_report": lambda t: ageing.aged_report(t["aged_accounts"], t["buyers"]),
}
"""The review's steps in order; each may read the tables of the steps before it."""


def expressions() -> Tables:
    """Every named expression, built over unbound tables."""
    tables = sources()
    built = {name: build(tables) for name, build in ALONE.items()}
    for name, build in STAGES.items():
        built[name] = build(tables)
        tables[name] = ibis.table(built[name].schema(), name=name)
    return built


def sql(dialect: str = "duckdb") -> dict[str, str]:
    """The SQL text of every expression in one dialect."""
    return {
        name: f"{ibis.to_sql(expression, dialect=dialect)}\n"
        for name, expression in expressions().items()
    }


def main() -> None:
    """Rewrite ``compiled/duckdb``."""
    folder = COMPILED / "duckdb"
    folder.mkdir(parents=True, exist_ok=True)
    texts = sql()
    for stale in set(folder.glob("*.sql")) - {folder / f"{name}.sql" for name in texts}:
        stale.unlink()
    for name, text in texts.items():
        (folder / f"{name}.sql").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
