"""The scratch database in which a ledger file is turned into a ledger.

Rows are staged as text on disk, so that ten million of them need no more memory than a
thousand. What a reader would get wrong: ``rn`` orders all rows of all tables as they stand in
the files; every "first" and every tie is decided by it, which makes the result reproducible.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from xindun.connectors.ledger_files.sources.batches import Source, names

MEMORY = "400MB"
COMMIT_EVERY = 5
"""Batches in one transaction: its rows stay in memory, a commit for each is slow."""

THREADS = 2
TABLE_STEP = 1 << 40
"""Row numbers of the next table start this much higher."""

Progress = Callable[[int, int, int], None]


class Staging:
    """A temporary DuckDB database; use as a context manager."""

    def __init__(self, *, memory: str = MEMORY, scratch: Path | None = None) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="xindun-ledger-", dir=scratch))
        self.con = duckdb.connect(
            str(self.folder / "staging.duckdb"),
            config={
                "memory_limit": memory,
                "threads": THREADS,
                "temp_directory": str(self.folder / "spill"),
                "preserve_insertion_order": False,
                "autoinstall_known_extensions": False,
            },
        )
        self.con.execute("SET TimeZone = 'UTC'")

    def __enter__(self) -> Staging:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.con.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def load(self, sources: Sequence[Source], progress: Progress | None) -> list[int]:
        """Stage every source as ``raw_0``, ``raw_1`` …; the number of rows of each.

        ``progress`` is called with rows done, bytes done and bytes in all.
        """
        total = sum(source.size for source in sources)
        counts: list[int] = []
        before = 0
        for number, source in enumerate(sources):
            columns = "".join(f", {name} VARCHAR" for name in names(len(source.layout.headers)))
            self.con.execute(
                f"CREATE TABLE raw_{number} (rn BIGINT, line BIGINT, fault VARCHAR{columns})"
            )
            rows = 0
            self.con.execute("BEGIN")
            for batches, (batch, done) in enumerate(source.batches(), start=1):
                rows += self._insert(f"raw_{number}", batch, number * TABLE_STEP + rows)
                if batches % COMMIT_EVERY == 0:
                    self.con.execute("COMMIT")
                    self.con.execute("BEGIN")
                if progress:
                    progress(sum(counts) + rows, before + done, total)
            self.con.execute("COMMIT")
            counts.append(rows)
            before += source.size
        return counts

    def _insert(self, table: str, batch: pa.Table, start: int) -> int:
        numbers = pa.array(np.arange(start, start + len(batch), dtype=np.int64))
        staged = batch.add_column(0, "rn", numbers)
        self.con.register("staged", staged)
        self.con.execute(f"INSERT INTO {table} SELECT * FROM staged")
        self.con.unregister("staged")
        return len(batch)

    def one(self, sql: str, *values: object) -> Any:
        """The first column of the first row."""
        rows = self.all(sql, *values)  # a result that is not read to its end blocks the next call
        return rows[0][0] if rows else None

    def all(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """All rows."""
        return list(self.con.execute(sql, list(values)).fetchall())

    def run(self, sql: str, *values: object) -> None:
        """Execute a statement."""
        self.con.execute(sql, list(values))

    def texts(self, sql: str, size: int = 100_000) -> Iterable[list[str]]:
        """The first column of a query in batches, on a cursor of its own."""
        cursor = self.con.cursor()
        try:
            for batch in cursor.sql(sql).to_arrow_reader(size):
                yield batch.column(0).to_pylist()
        finally:
            cursor.close()

    def map_words(
        self,
        name: str,
        sql: str,
        columns: dict[str, pa.DataType],
        read: Callable[[str], tuple[object, ...]],
    ) -> None:
        """A table ``name`` (v, columns…) of what ``read`` says of each text of a query."""
        schema = pa.schema([("v", pa.string()), *columns.items()])
        kinds = ", ".join(f"{column} {_sql_type(kind)}" for column, kind in columns.items())
        self.run(f"CREATE TABLE {name} (v VARCHAR, {kinds})")
        for texts in self.texts(sql):
            rows = [(text, *read(text)) for text in texts]
            arrays = [
                pa.array(cells, field.type)
                for cells, field in zip(zip(*rows, strict=True), schema, strict=True)
            ]
            self.con.register("mapped", pa.table(arrays, schema=schema))
            self.run(f"INSERT INTO {name} SELECT * FROM mapped")
            self.con.unregister("mapped")


def literal(value: str | None) -> str:
    """A text as an SQL literal."""
    return "CAST(NULL AS VARCHAR)" if value is None else "'" + value.replace("'", "''") + "'"


def quoted(path: Path) -> str:
    """A path inside an SQL literal."""
    return str(path).replace("'", "''")


def _sql_type(kind: pa.DataType) -> str:
    if pa.types.is_decimal(kind):
        return f"DECIMAL({kind.precision},{kind.scale})"
    return {
        pa.string(): "VARCHAR",
        pa.date32(): "DATE",
        pa.bool_(): "BOOLEAN",
        pa.int32(): "INTEGER",
        pa.int64(): "BIGINT",
    }[kind]
