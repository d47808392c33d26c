"""Arrow tables into PostgreSQL in bulk: COPY into a temporary table.

Why a temporary table: COPY FROM is refused under row-level security, so mass rows go COPY →
temporary table → INSERT … SELECT, which the policies check. What a reader would get wrong: the
staged table is dropped at the end of the transaction, so staging and inserting belong together.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa
from django.db import connection
from psycopg import sql

BLOCK = 1 << 20


@contextmanager
def shaping(**tables: pa.Table) -> Iterator[duckdb.DuckDBPyConnection]:
    """A private DuckDB in which ``tables`` stand under their names, to shape rows for staging."""
    with duckdb.connect(":memory:", config={"threads": "2"}) as shaper:
        for name, table in tables.items():
            shaper.register(name, table)
        yield shaper


def stage(
    shaper: duckdb.DuckDBPyConnection, table: str, columns: Mapping[str, str], query: str
) -> int:
    """COPY the rows of ``query`` (DuckDB's dialect) into a new temporary table.

    Args:
        shaper: the DuckDB connection of :func:`shaping`.
        table: name of the temporary table; an earlier one of this session is replaced.
        columns: PostgreSQL type a column, in the order of the query's columns.
        query: what to copy; a JSON column is text that PostgreSQL parses.

    Returns:
        The number of rows staged.
    """
    with tempfile.TemporaryDirectory(prefix="xindun-stage-") as folder:
        path = Path(folder) / "rows.csv"
        shaper.execute(f"copy ({query}) to '{path}' (format csv, header false)")
        definition = sql.SQL(", ").join(
            sql.SQL("{} {}").format(sql.Identifier(name), sql.SQL(kind))
            for name, kind in columns.items()
        )
        name = sql.Identifier(table)
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL("drop table if exists pg_temp.{}").format(name))
            cursor.execute(
                sql.SQL("create temp table {} ({}) on commit drop").format(name, definition)
            )
            statement = sql.SQL("copy {} from stdin (format csv)").format(name)
            with path.open("rb") as source, cursor.copy(statement) as copy:
                while block := source.read(BLOCK):
                    copy.write(block)
            cursor.execute(sql.SQL("analyze {}").format(name))
            cursor.execute(sql.SQL("select count(*) from {}").format(name))
            return int(cursor.fetchone()[0])
