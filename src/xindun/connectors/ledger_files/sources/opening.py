"""Which reader a file needs, told by its bytes rather than its name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from xindun.connectors.ledger_files.options import Options
from xindun.connectors.ledger_files.sources.batches import Source
from xindun.connectors.ledger_files.sources.content import OLE, PARQUET, ZIP, check_content
from xindun.connectors.ledger_files.sources.delimited import Delimited
from xindun.connectors.ledger_files.sources.parquets import ParquetTable
from xindun.connectors.ledger_files.sources.workbooks import open_sheets
from xindun.kernel.errors import DomainError


class FileMissing(DomainError):
    """There is no such file."""

    code = "file_missing"
    sentence = "{file} does not exist or cannot be read."


def open_sources(paths: Sequence[Path], options: Options) -> list[Source]:
    """The recognised tables of all files, in the order given.

    Raises:
        FileMissing: a path is no readable file.
        OtherContent: a file is something else than its reader could take.
        DomainError: what the reader of the format refuses.
    """
    sources: list[Source] = []
    for path in paths:
        try:
            with path.open("rb") as file:
                magic = check_content(file, path.name)
        except OSError as error:
            raise FileMissing(file=str(path)) from error
        if magic == PARQUET:
            sources.append(ParquetTable(path, options))
        elif magic in (ZIP, OLE):
            sources.extend(open_sheets(path, options))
        else:
            sources.append(Delimited(path, options))
    return sources
