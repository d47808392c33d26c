"""Open a ledger folder and run the engine's compiled SQL over it in DuckDB.

Why this exists: the one place below the edges that executes anything. It never imports Ibis; it
reads the SQL texts that the expressions were compiled to.

What a reader would get wrong: a ``Ledger`` holds one clock at a time, so two threads must not
share one; opening another costs a few milliseconds.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import TracebackType
from typing import Self

import duckdb
import pyarrow as pa

from xindun.engine import schema
from xindun.kernel.errors import DomainError

LEDGER_TABLES = {
    "buyers": schema.BUYERS,
    "items": schema.ITEMS,
    "settlements": schema.SETTLEMENTS,
}


class LedgerIncomplete(DomainError):
    """A ledger folder lacks one of its three files."""

    code = "ledger_incomplete"
    sentence = "The ledger folder {folder} has no {file}."


@cache
def compiled(name: str) -> str:
    """The DuckDB text of the expression ``name``."""
    return (files("xindun.engine") / "compiled" / "duckdb" / f"{name}.sql").read_text("utf-8")


def naive_utc(moment: datetime) -> datetime:
    """``moment`` as the ledger stores times: UTC without a zone; a naive one is taken as UTC."""
    return moment if moment.tzinfo is None else moment.astimezone(UTC).replace(tzinfo=None)


def _whole_numbers(rows: pa.Table) -> pa.Table:
    """DuckDB adds integers up to 128 bits, which Arrow gives as decimals; counts are int64."""
    fields = [
        field.with_type(pa.int64())
        if pa.types.is_decimal(field.type) and field.type.scale == 0
        else field
        for field in rows.schema
    ]
    return rows.cast(pa.schema(fields))


class Ledger:
    """An opened ledger: a private DuckDB with the three tables as views, and a clock."""

    def __init__(self, *, memory_limit: str, threads: int | None) -> None:
        self._spill = tempfile.TemporaryDirectory(prefix="xindun-engine-")
        self.connection = duckdb.connect(
            ":memory:",
            config={
                "memory_limit": memory_limit,
                "temp_directory": self._spill.name,
                "preserve_insertion_order": "false",
                # The expressions put the smaller side of every join on the right. DuckDB's own
                # guess, behind a clock it cannot see through, builds on the larger one.
                "disabled_optimizers": "join_order,build_side_probe_side",
                **({} if threads is None else {"threads": str(threads)}),
            },
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give memory and the spill folder back; the ledger's files stay as they are."""
        self.connection.close()
        self._spill.cleanup()

    def set_clock(self, as_of: date, known_at: datetime) -> None:
        """Ask about the day ``as_of`` as known at ``known_at``."""
        self.connection.execute(
            "create or replace temp table clock as"
            " select cast(? as date) as as_of, cast(? as timestamp) as known_at",
            [as_of, naive_utc(known_at)],
        )

    def put(self, name: str, rows: pa.Table) -> None:
        """Store a small table (parameters, working days) under ``name``."""
        self.connection.register("incoming", rows)
        self.connection.execute(f'create or replace temp table "{name}" as from incoming')
        self.connection.unregister("incoming")

    def materialise(self, name: str) -> None:
        """Run the stage ``name`` into a temporary table of the same name."""
        self.connection.execute(f'create or replace temp table "{name}" as {compiled(name)}')

    def drop(self, name: str) -> None:
        """Forget a temporary table that no later stage reads."""
        self.connection.execute(f'drop table if exists "{name}"')

    def query(self, name: str) -> pa.Table:
        """Run the expression ``name`` and return its rows."""
        return self.rows(compiled(name))

    def rows(self, sql: str) -> pa.Table:
        """Run a statement of the engine's own over stored tables."""
        return _whole_numbers(self.connection.sql(sql).to_arrow_table())


def open_ledger(folder: Path, *, memory_limit: str = "3GB", threads: int | None = None) -> Ledger:
    """Open the ledger in ``folder`` (buyers, items and settlements as Parquet).

    A table may also be a folder of Parquet segments with the table's name (``items/*.parquet``).

    Raises:
        LedgerIncomplete: one of the three tables is missing.
    """
    paths: dict[str, str] = {}
    for name in LEDGER_TABLES:
        if (folder / f"{name}.parquet").is_file():
            paths[name] = str(folder / f"{name}.parquet")
        elif (folder / name).is_dir():
            paths[name] = str(folder / name / "*.parquet")
        else:
            raise LedgerIncomplete(folder=folder, file=f"{name}.parquet")
    ledger = Ledger(memory_limit=memory_limit, threads=threads)
    for name, path in paths.items():
        quoted = path.replace("'", "''")
        ledger.connection.execute(f"create view {name} as from read_parquet('{quoted}')")
    return ledger


def open_tables(
    tables: Mapping[str, pa.Table], *, memory_limit: str = "1GB", threads: int | None = None
) -> Ledger:
    """Open a ledger given as Arrow tables (buyers, items, settlements)."""
    ledger = Ledger(memory_limit=memory_limit, threads=threads)
    for name, columns in LEDGER_TABLES.items():
        ledger.put(name, tables[name].select(columns.names).cast(columns))
    return ledger
