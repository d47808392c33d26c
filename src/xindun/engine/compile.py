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
from ibis.config import Config

from xindun.engine import parameters, schema
from xindun.engine.expressions import (
    actions,
    ageing,
    behaviour,
    concentration,
    coverage,
    flows,
    limits,
    payments,
    positions,
    profiles,
    scorecard,
    totals,
)

COMPILED = Path(__file__).parent / "compiled"

Tables = dict[str, ir.Table]
Stage = Callable[[Tables], ir.Table]


def sources() -> Tables:
    """The unbound tables that every stage may read."""
    named = {
        "buyers": schema.BUYERS,
        "items": schema.ITEMS,
        "settlements": schema.SETTLEMENTS,
        "clock": schema.CLOCK,
        "working_days": schema.WORKING_DAYS,
        "settings": parameters.SETTINGS,
        "segments": parameters.SEGMENTS,
        "grades": parameters.GRADES,
        "ladder": parameters.LADDER,
        "configured_caps": parameters.STARTER_CAPS,
        "weights": parameters.ACTION_WEIGHTS,
        "company_grades": schema.COMPANY_GRADES,
    }
    return {name: positions.table(name, columns) for name, columns in named.items()}


STAGES: dict[str, Stage] = {
    "open_debts": lambda t: positions.open_debts(t["items"], t["settlements"], t["clock"]),
    "open_parts": lambda t: positions.open_parts(
        t["open_debts"], t["items"], t["settlements"], t["clock"]
    ),
    "item_facts": lambda t: coverage.item_facts(t["items"], t["clock"]),
    "settlement_facts": lambda t: coverage.settlement_facts(t["settlements"], t["clock"]),
    "open_facts": lambda t: coverage.open_facts(t["open_parts"], t["settlements"], t["clock"]),
    "aged_accounts": lambda t: ageing.aged_accounts(t["open_parts"], t["clock"]),
    "aged_report": lambda t: ageing.aged_report(t["aged_accounts"], t["buyers"]),
    "settled_parts": lambda t: payments.settled_parts(
        t["items"], t["settlements"], t["buyers"], t["working_days"], t["settings"], t["clock"]
    ),
    "overdue_parts": lambda t: payments.overdue_parts(
        t["open_parts"], t["buyers"], t["working_days"], t["settings"], t["clock"]
    ),
    "account_activity": lambda t: behaviour.account_activity(t["items"], t["clock"]),
    "settled_sums": lambda t: behaviour.settled_sums(t["settled_parts"], t["clock"]),
    "overdue_sums": lambda t: behaviour.overdue_sums(t["overdue_parts"]),
    "highest_paid": lambda t: behaviour.highest_paid(t["settled_parts"], t["clock"]),
    "profiles": lambda t: profiles.profiles(t),
    "seasonality": lambda t: behaviour.seasonality(t["settled_parts"], t["profiles"]),
    "factor_values": lambda t: scorecard.factor_values(t["profiles"]),
    "factor_points": lambda t: scorecard.factor_points(t["factor_values"], t["segments"]),
    "scores": lambda t: scorecard.scores(t["factor_points"], t["grades"]),
    "counterfactuals": lambda t: scorecard.counterfactuals(
        t["factor_points"], t["scores"], t["segments"], t["grades"]
    ),
    "starter_caps": lambda t: limits.starter_caps(
        t["profiles"], t["configured_caps"], t["settings"]
    ),
    "graded": lambda t: profiles.graded(t["profiles"], t["scores"]),
    "limits": lambda t: limits.limits(
        t["graded"], t["starter_caps"], t["settings"], t["grades"], t["company_grades"]
    ),
    "currency_totals": lambda t: totals.currency_totals(t["graded"]),
    "due_soon": lambda t: actions.due_soon(t["open_parts"], t["settings"], t["clock"]),
    "bill_clocks": lambda t: actions.bill_clocks(
        t["settlements"], t["items"], t["settings"], t["clock"]
    ),
    "account_report": lambda t: profiles.account_report(
        t["graded"], t["limits"], t["counterfactuals"], t["buyers"], t["currency_totals"]
    ),
    "actions": lambda t: actions.actions(
        t["graded"],
        t["limits"],
        t["due_soon"],
        t["bill_clocks"],
        t["buyers"],
        t["weights"],
        t["currency_totals"],
        t["settings"],
    ),
    "flows": lambda t: flows.flows(t["items"], t["settled_parts"], t["open_parts"], t["clock"]),
    "currency_activity": lambda t: flows.currency_activity(
        t["items"], t["settled_parts"], t["profiles"], t["clock"]
    ),
    "concentration": lambda t: concentration.concentration(t["graded"], t["buyers"]),
}
"""The review's steps in order; each may read the tables of the steps before it."""


def expressions() -> Tables:
    """Every named expression, built over unbound tables."""
    tables = sources()
    built: Tables = {}
    for name, build in STAGES.items():
        built[name] = build(tables)
        tables[name] = ibis.table(built[name].schema(), name=name)
    return built


class _SparkOptions(Config):  # type: ignore[misc]  # Ibis carries no types
    """What Ibis's Spark backend registers when it is installed; only its SQL is wanted here."""

    treat_nan_as_null: bool = False


def spark_ready() -> None:
    """Let Ibis write Spark's SQL where Spark is not installed."""
    if ibis.options.pyspark is None:
        ibis.options.pyspark = _SparkOptions()


def sql(dialect: str = "duckdb") -> dict[str, str]:
    """The SQL text of every expression in one dialect; "pyspark" needs no Spark installed."""
    if dialect == "pyspark":
        spark_ready()
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
