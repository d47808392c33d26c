"""Segments of the mirror: Parquet files that hold rows by ranges of ids.

Why ids: under the lock of the ledger version ids rise from import to import, so what is new lies
above the last id mirrored. What a reader would get wrong: a row in a segment changes in one way
only, by being superseded; such segments are rewritten, all others are linked.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
from django.db import connection

SEGMENT_ROWS = 2_000_000
MAX_SEGMENTS = 24
MEMORY_LIMIT = "1GB"
BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a ledger folder and where its columns come from."""

    name: str
    source: str
    columns: tuple[tuple[str, str, str], ...]  # name, PostgreSQL expression, DuckDB type


_AXES = (
    ("recorded_at", "recorded_at at time zone 'UTC'", "timestamp"),
    (
        "superseded_at",
        "case when superseded_at <= %(moment)s then superseded_at at time zone 'UTC' end",
        "timestamp",
    ),
)
TABLES = (
    Table(
        "items",
        "receivables_document",
        (
            ("id", "id", "bigint"),
            ("item_id", "item_id", "bigint"),
            ("buyer_id", "buyer_id", "bigint"),
            ("kind", "kind", "varchar"),
            ("number", "number", "varchar"),
            ("currency", "currency", "varchar"),
            ("amount", "amount", "decimal(18,4)"),
            ("issued_on", "issued_on", "date"),
            ("due_on", "due_on", "date"),
            ("original_due_on", "original_due_on", "date"),
            ("recognised_on", "recognised_on", "date"),
            ("disputed", "disputed", "boolean"),
            *_AXES,
        ),
    ),
    Table(
        "settlements",
        "receivables_settlement",
        (
            ("id", "id", "bigint"),
            ("settlement_id", "settlement_id", "bigint"),
            ("item_id", "item_id", "bigint"),
            ("source_item_id", "source_item_id", "bigint"),
            ("kind", "kind", "varchar"),
            ("amount", "amount", "decimal(18,4)"),
            ("effective_on", "effective_on", "date"),
            ("cleared_on", "cleared_on", "date"),
            ("matures_on", "matures_on", "date"),
            ("dishonoured_on", "dishonoured_on", "date"),
            ("derived", "derived", "boolean"),
            *_AXES,
        ),
    ),
)
_BUYERS = (
    ("buyer_id", "id", "bigint"),
    ("buyer_key", "buyer_key", "varchar"),
    ("name", "name", "varchar"),
    ("country", "country", "varchar"),
)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a new mirror adds to the one it starts from; half-open below, closed above."""

    after_id: int
    last_id: int
    after_moment: datetime | None
    moment: datetime | None


def write_buyers(folder: Path) -> None:
    """All buyers of the tenant: few enough to be written each time."""
    _copy_out("select {columns} from parties_buyer order by id", {}, _BUYERS,
              folder / "buyers.parquet")  # fmt: skip


def write_table(table: Table, bounds: Bounds, folder: Path, base: Path | None) -> None:
    """One table of the mirror: linked, rewritten and new segments."""
    target = folder / table.name
    target.mkdir()
    if base is not None:
        _carry_over(table, bounds, base / table.name, target)
    start = bounds.after_id
    while start < bounds.last_id or not any(target.iterdir()):
        stop = _segment_end(table, start, bounds.last_id)
        _copy_out(
            f"select {{columns}} from {table.source} where id > %(start)s and id <= %(stop)s"
            " order by id",
            {"start": start, "stop": stop, "moment": bounds.moment},
            table.columns,
            target / _segment_name(start, stop),
        )
        if stop >= bounds.last_id:
            break
        start = stop
    _merge_small(target)


def _segment_end(table: Table, start: int, last: int) -> int:
    """Where the next segment ends: ids have gaps when other tenants import too."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"select id from {table.source} where id > %s and id <= %s order by id"
            f" offset {SEGMENT_ROWS - 1} limit 1",
            [start, last],
        )
        row = cursor.fetchone()
    return int(row[0]) if row else last


def _segment_name(start: int, stop: int) -> str:
    return f"{start:016d}-{stop:016d}.parquet"


def _range(segment: Path) -> tuple[int, int]:
    start, stop = segment.stem.split("-")
    return int(start), int(stop)


def _carry_over(table: Table, bounds: Bounds, old: Path, new: Path) -> None:
    """Link the old segments; rewrite those with rows superseded since."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"select id, superseded_at at time zone 'UTC' from {table.source}"
            " where superseded_at > %s and superseded_at <= %s and id <= %s order by id",
            [bounds.after_moment, bounds.moment, bounds.after_id],
        )
        closed = cursor.fetchall()
    for segment in sorted(old.iterdir()):
        start, stop = _range(segment)
        within = [row for row in closed if start < row[0] <= stop]
        if within:
            _close_rows(segment, new / segment.name, within)
        else:
            _link(segment, new / segment.name)


def _close_rows(source: Path, target: Path, closed: list[tuple[int, datetime]]) -> None:
    with _duck() as duck:
        duck.execute("create temp table closed (id bigint, closed_at timestamp)")
        _insert_closed(duck, closed)
        duck.execute(
            f"copy (select s.* replace (coalesce(s.superseded_at, c.closed_at) as superseded_at)"
            f" from read_parquet('{_quoted(source)}') s left join closed c using (id)"
            f" order by s.id) to '{_quoted(target)}' (format parquet)"
        )


def _insert_closed(duck: duckdb.DuckDBPyConnection, closed: list[tuple[int, datetime]]) -> None:
    import pyarrow as pa

    ids, moments = zip(*closed, strict=True)
    closures = pa.table(
        {"id": pa.array(ids, pa.int64()), "closed_at": pa.array(moments, pa.timestamp("us"))}
    )
    duck.register("closures", closures)
    duck.execute("insert into closed select id, closed_at from closures")


def _merge_small(folder: Path) -> None:
    """Keep the number of files small when imports are: join the small ones at the end."""
    segments = sorted(folder.iterdir())
    if len(segments) <= MAX_SEGMENTS:
        return
    small: list[Path] = []
    rows = 0
    with _duck() as duck:
        for segment in reversed(segments):
            rows += duck.execute(
                f"select num_rows from parquet_file_metadata('{_quoted(segment)}')"
            ).fetchall()[0][0]
            if rows > SEGMENT_ROWS:
                break
            small.insert(0, segment)
        if len(small) < 2:
            return
        merged = folder / _segment_name(_range(small[0])[0], _range(small[-1])[1])
        listed = ", ".join(f"'{_quoted(each)}'" for each in small)
        duck.execute(
            f"copy (select * from read_parquet([{listed}]) order by id)"
            f" to '{_quoted(merged)}' (format parquet)"
        )
    for segment in small:
        segment.unlink()


def _copy_out(
    query: str,
    values: dict[str, Any],
    columns: tuple[tuple[str, str, str], ...],
    target: Path,
) -> None:
    """A query's rows into one Parquet file, by COPY and in bounded memory."""
    listed = ", ".join(f"{expression} as {name}" for name, expression, _ in columns)
    types = ", ".join(f"'{name}': '{kind}'" for name, _, kind in columns)
    draft = target.with_suffix(".csv")
    with connection.cursor() as cursor, draft.open("wb") as out:
        statement = f"copy ({query.format(columns=listed)}) to stdout (format csv)"
        with cursor.copy(statement, values or None) as copy:
            for block in copy:
                out.write(block)
    with _duck() as duck:
        duck.execute(
            f"copy (select * from read_csv('{_quoted(draft)}', header = false, auto_detect ="
            f" false, nullstr = '', allow_quoted_nulls = false, quote = '\"', escape = '\"',"
            f" delim = ',', columns = {{{types}}})) to '{_quoted(target)}' (format parquet)"
        )
    draft.unlink()


def _duck() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(":memory:", config={"memory_limit": MEMORY_LIMIT, "threads": "2"})


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:  # a file system without hard links
        shutil.copyfile(source, target)


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
