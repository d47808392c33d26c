"""A ledger for a model's command: files read into a folder that is gone afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from xindun.kernel.errors import DomainError

if TYPE_CHECKING:
    import pyarrow as pa

    from xindun.connectors.ledger_files import Options
    from xindun.engine.run import Ledger


class FileMissing(DomainError):
    """A path on the command line names no file."""

    code = "file_missing"
    sentence = "There is no file {file}."


@dataclass(frozen=True, slots=True)
class OpenedFiles:
    """A ledger read from files.

    Attributes:
        payers: who stands behind each spelling of a name.
        last_movement_on: the last day the files speak of.
        known_at: late enough for everything in the files to be known.
    """

    ledger: Ledger
    payers: pa.Table
    last_movement_on: date
    known_at: datetime


@contextmanager
def opened(paths: list[Path], options: Options) -> Iterator[OpenedFiles]:
    """Read the files and open them as one ledger.

    Raises:
        FileMissing: a path names no file.
        NeedsAnswer: the files can be read in more than one way.
    """
    from xindun.connectors.ledger_files import read_ledger
    from xindun.engine.late_payment.payers import payers
    from xindun.engine.run import open_ledger

    for path in paths:
        if not path.is_file():
            raise FileMissing(file=path)
    with TemporaryDirectory(prefix="xindun-model-") as scratch:
        read = read_ledger(paths, options, Path(scratch) / "ledger")
        # One thread: sums of features must come in one order, so that training can be repeated.
        with open_ledger(read.folder, threads=1) as ledger:
            names = ledger.rows("select buyer_id, name from buyers")
            yield OpenedFiles(
                ledger=ledger,
                payers=payers(zip(*(column.to_pylist() for column in names.columns), strict=True)),
                last_movement_on=read.last_movement_on or read.recorded_at.date(),
                known_at=max(datetime.now(UTC).replace(tzinfo=None), read.recorded_at),
            )
