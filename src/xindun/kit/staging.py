"""Arrow tables into PostgreSQL in bulk: COPY into a temporary table.

Why a temporary table: COPY FROM is refused under row-level security, so mass rows go COPY →
temporary table → INSERT … SELECT, which the policies check. What a reader would get wrong: the
staged table is dropped at the end of the transaction, so staging and inserting belong together.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import BinaryIO

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
    definition = sql.SQL(", ").join(
        sql.SQL("{} {}").format(sql.Identifier(name), sql.SQL(kind))
        for name, kind in columns.items()
    )
    name = sql.Identifier(table)
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("drop table if exists pg_temp.{}").format(name))
        cursor.execute(sql.SQL("create temp table {} ({}) on commit drop").format(name, definition))
        statement = sql.SQL("copy {} from stdin (format csv)").format(name)
        with _written(shaper, query) as source, cursor.copy(statement) as copy:
            while block := source.read(BLOCK):
                copy.write(block)
        cursor.execute(sql.SQL("analyze {}").format(name))
        cursor.execute(sql.SQL("select count(*) from {}").format(name))
        return int(cursor.fetchone()[0])


@contextmanager
def _written(shaper: duckdb.DuckDBPyConnection, query: str) -> Iterator[BinaryIO]:
    """The rows of ``query`` as CSV through a pipe: DuckDB writes while PostgreSQL reads.

    The block ends with DuckDB's error when it had one; PostgreSQL then rolls back what came.
    """
    read_end, write_end = os.pipe()
    failures: list[BaseException] = []

    def write() -> None:
        target = f"/dev/fd/{write_end}"
        try:
            shaper.execute(
                f"copy ({query}) to '{target}' (format csv, header false, use_tmp_file false)"
            )
        # Raised again in the thread that reads.
        except BaseException as error:  # noqa: BLE001
            failures.append(error)
        finally:
            os.close(write_end)

    writer = threading.Thread(target=write, name="stage")
    with os.fdopen(read_end, "rb") as source:
        writer.start()
        try:
            yield source
        finally:
            while source.read(BLOCK):  # let the writer finish when the reader failed
                pass
            writer.join()
    if failures:
        raise failures[0]
