"""Parquet files, streamed a row group at a time.

What a reader would get wrong: the "line" of a Parquet row is its position, counted from one.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from xindun.connectors.ledger_files import headers as heads
from xindun.connectors.ledger_files.options import Options
from xindun.connectors.ledger_files.sources.batches import Layout, names
from xindun.connectors.ledger_files.sources.cells import text_of
from xindun.connectors.ledger_files.sources.delimited import SAMPLE, EmptyFile, HeaderNotFound
from xindun.kernel.errors import DomainError

ROWS = 50_000


class BrokenParquet(DomainError):
    """The file is not readable Parquet."""

    code = "broken_parquet"
    sentence = "{file} is not a readable Parquet file: {why}."


class ParquetTable:
    """A Parquet file as one table of text cells."""

    def __init__(self, path: Path, options: Options) -> None:
        self.path = path
        self.size = path.stat().st_size
        try:
            file = pq.ParquetFile(path)
        except (pa.ArrowException, OSError) as error:
            raise BrokenParquet(file=path.name, why=str(error).splitlines()[0]) from error
        with file:
            self._rows = file.metadata.num_rows
            header = tuple(file.schema_arrow.names)
            if not header:
                raise EmptyFile(file=path.name)
            if heads.header_row([header], options.mapping) is None:
                raise HeaderNotFound(file=path.name, found=" | ".join(header[:8])[:120])
            first = next(file.iter_batches(SAMPLE), None)
        sample = _texts(first) if first is not None else []
        self.layout = Layout(
            file=path.name,
            sheet=None,
            format="parquet",
            encoding=None,
            delimiter=None,
            header_line=0,
            headers=header,
            sample=tuple(zip(*(column.to_pylist() for column in sample), strict=True)),
        )

    def batches(self) -> Iterator[tuple[pa.Table, int]]:
        """See :class:`batches.Source`."""
        done = 0
        columns = names(len(self.layout.headers))
        try:
            with pq.ParquetFile(self.path) as file:
                for batch in file.iter_batches(ROWS):
                    lines = pa.array(np.arange(done + 1, done + len(batch) + 1, dtype=np.int64))
                    faults = pa.nulls(len(batch), pa.string())
                    done += len(batch)
                    yield (
                        pa.table(
                            [lines, faults, *_texts(batch)], names=["line", "fault", *columns]
                        ),
                        self.size * done // max(self._rows, 1),
                    )
        except (pa.ArrowException, OSError) as error:
            raise BrokenParquet(file=self.path.name, why=str(error).splitlines()[0]) from error


def _texts(batch: pa.RecordBatch) -> list[pa.Array]:
    return [_text(column) for column in batch.columns]


def _text(column: pa.Array) -> pa.Array:
    """A column as text: directly where Arrow writes what we mean, else value by value."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return _text(column.dictionary_decode())
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return pc.fill_null(column.cast(pa.string()), "")
    if pa.types.is_integer(kind) or pa.types.is_date32(kind):
        return pc.fill_null(column.cast(pa.string()), "")
    if pa.types.is_timestamp(kind):
        return _text(column.cast(pa.timestamp("us", kind.tz)).cast(pa.date32()))
    return pa.array([text_of(value) for value in column.to_pylist()], pa.string())
