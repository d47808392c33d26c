"""The two doors: recognise a ledger file, and read it into a ledger folder.

What a reader would get wrong: both stage the whole file first. A preview that looked at the
first thousand rows could promise a date order that the last row contradicts.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from hashlib import sha256
from pathlib import Path

from xindun.connectors.ledger_files.control import check_accounted, control_totals
from xindun.connectors.ledger_files.documents import build_documents
from xindun.connectors.ledger_files.facts import build_facts
from xindun.connectors.ledger_files.options import Options
from xindun.connectors.ledger_files.output import move, write_ledger
from xindun.connectors.ledger_files.recognise import recognise_tables
from xindun.connectors.ledger_files.rejects import write_rejects
from xindun.connectors.ledger_files.settlements import build_settlements
from xindun.connectors.ledger_files.sources.encodings import digest
from xindun.connectors.ledger_files.sources.opening import open_sources
from xindun.connectors.ledger_files.staging import Progress, Staging
from xindun.connectors.ledger_files.values import LedgerFile, NeedsAnswer, Notice, Recognition

NO_DAY = date(1970, 1, 1)
"""Stands for the last movement of a ledger without rows."""


def recognise(
    paths: Sequence[Path], options: Options | None = None, progress: Progress | None = None
) -> Recognition:
    """What the files hold: columns, date order, decimal style, and what must be asked.

    Nothing is written. ``progress`` gets rows done, bytes done and bytes in all.

    Raises:
        DomainError: a file cannot be opened, decoded or has no recognisable header.
    """
    options = options or Options()
    sources = open_sources(paths, options)
    with Staging() as staging:
        counts = staging.load(sources, progress)
        return recognise_tables(staging, sources, counts, options)


def read_ledger(
    paths: Sequence[Path],
    options: Options | None = None,
    out: Path = Path("ledger"),
    progress: Progress | None = None,
) -> LedgerFile:
    """Read files into the ledger folder ``out`` (replaced when complete).

    Raises:
        NeedsAnswer: something is ambiguous; nothing was written.
        DomainError: a file cannot be opened, decoded or has no recognisable header.
    """
    options = options or Options()
    sources = open_sources(paths, options)
    with Staging() as staging:
        counts = staging.load(sources, progress)
        recognition = recognise_tables(staging, sources, counts, options)
        if recognition.questions:
            raise NeedsAnswer(recognition.questions)
        notices: list[Notice] = list(recognition.notices)
        notices += build_facts(staging, recognition, options)
        notices += build_documents(staging, recognition, options)
        notices += build_settlements(staging, options)
        staging.run(
            """CREATE TABLE rejected AS
            SELECT rn, fault FROM typed WHERE fault IS NOT NULL
            UNION ALL SELECT rn, fault FROM late"""
        )
        first, last = staging.all("SELECT first_on, last_on FROM movement")[0]
        recorded_at = options.recorded_at or datetime.combine(last or NO_DAY, time())
        scratch = staging.folder / "ledger"
        written = write_ledger(staging, recognition, recorded_at, scratch)
        check_accounted(staging, counts, written["items"])
        rejects, ignored = write_rejects(staging, recognition, scratch)
        if ignored:
            notices.append(Notice("ignored_rows", {"rows": ignored}))
        result = LedgerFile(
            folder=out,
            recognition=recognition,
            rows_read=sum(counts),
            items=written["items"],
            settlements=written["settlements"],
            buyers=written["buyers"],
            rejects=rejects,
            ignored=ignored,
            control=control_totals(staging),
            content_hash=content_hash(paths),
            notices=tuple(notices),
            recorded_at=recorded_at,
            first_movement_on=first,
            last_movement_on=last,
        )
        move(scratch, out)
        return result


def content_hash(paths: Sequence[Path]) -> str:
    """SHA-256 of the file's bytes; of the files' hashes in their order when there are several."""
    hashes = [digest(path) for path in paths]
    return hashes[0] if len(hashes) == 1 else sha256("".join(hashes).encode()).hexdigest()
