"""From files to a review: read into a temporary ledger folder, run the engine, make the document.

What a reader would get wrong: nothing stays behind. The ledger folder lives in a temporary
directory that is gone when the review is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow.parquet as pq

from xindun.cli.review.document import Document, document_of
from xindun.cli.review.ledger_facts import facts_of
from xindun.cli.review.sentences import Speaker
from xindun.connectors.ledger_files import LedgerFile, Options, read_ledger
from xindun.engine.parameters import Parameters
from xindun.engine.portfolio import review
from xindun.engine.run import open_ledger
from xindun.kernel.errors import DomainError

Progress = Callable[[int, int, int], None]
"""Called with rows done, bytes done and bytes in all."""


class UnknowableThen(DomainError):
    """Asked what was known at a past moment of a file that does not say when rows were entered."""

    code = "unknowable_then"
    sentence = (
        "The ledger does not say when its rows were entered, so what was known at {known_at} "
        "cannot be told: leave out --known-at."
    )


@dataclass(frozen=True)
class Reviewed:
    """A review ready to be shown, while its temporary ledger folder still exists."""

    document: Document
    ledger: LedgerFile


@contextmanager
def reviewed(
    paths: Sequence[Path],
    options: Options,
    *,
    as_of: date,
    known_at: datetime | None,
    now: datetime,
    say: Speaker,
    parameters: Parameters,
    progress: Progress | None = None,
) -> Iterator[Reviewed]:
    """Review the ledger in ``paths`` on the day ``as_of``.

    Args:
        paths: one ledger, in one file or several.
        options: what the user declared about the files.
        as_of: the day asked about.
        known_at: only what was entered until then counts; None means everything known ``now``.
        now: the clock's time (naive UTC), read at the edge.
        say: the language.
        parameters: the engine's numbers.
        progress: called while the files are read.

    Raises:
        NeedsAnswer: the files can be read in more than one way.
        UnknowableThen: ``known_at`` lies before the file was made, which holds no entry dates.
        DomainError: a file cannot be read.
    """
    with TemporaryDirectory(prefix="xindun-review-") as scratch:
        ledger = read_ledger(paths, options, Path(scratch) / "ledger", progress)
        dated = any("recorded_on" in table.fields for table in ledger.recognition.tables)
        if known_at is not None and known_at < ledger.recorded_at and not dated:
            raise UnknowableThen(known_at=known_at)
        # A file may speak of days to come (a bill's maturity); what it says is known all the same.
        moment = known_at or max(now, ledger.recorded_at)
        with open_ledger(ledger.folder) as opened:
            found = review(opened, as_of=as_of, known_at=moment, parameters=parameters)
        document = document_of(found, facts_of(ledger, say), _keys(ledger.folder), say)
        yield Reviewed(document, ledger)


def _keys(folder: Path) -> dict[int, str]:
    """The source's number of each buyer."""
    table = pq.read_table(folder / "buyers.parquet", columns=["buyer_id", "buyer_key"])
    return dict(zip(*(column.to_pylist() for column in table.columns), strict=True))
