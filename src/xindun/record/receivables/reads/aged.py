"""The aged report of the tenant's ledger on any day, from rows committed in PostgreSQL.

Why an opened ledger is kept: opening 200,000 lines of Parquet costs as much as reporting on them.
What a reader would get wrong: nothing is served from a cache that may be old. Every call asks
PostgreSQL for the ledger's version first, and a kept ledger answers for its version only.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa

from xindun.engine.aged import aged_report
from xindun.engine.run import LEDGER_TABLES, Ledger, open_ledger
from xindun.record.receivables.reads.mirror import open_mirror

KEPT = 4
"""Ledgers kept open in one process; of those nobody uses, the least recently used goes first."""

IN_MEMORY_BYTES = 64 << 20
"""A mirror up to this size (about three million lines) is read into memory once."""

MEMORY_LIMIT = "1GB"


@dataclass
class _Open:
    """One opened mirror; a ledger holds one clock, so its users take turns."""

    ledger: Ledger
    users: int = 0
    turn: threading.Lock = field(default_factory=threading.Lock)


_kept: dict[Path, _Open] = {}
_keeping = threading.Lock()


def aged_on(as_of: date, *, known_at: datetime | None = None) -> pa.Table:
    """One row an account with an open position; see ``engine.aged.aged_report``.

    Args:
        as_of: the day asked about.
        known_at: only what was learned by then; None means everything recorded by now.
    """
    with open_mirror() as mirror, _using(mirror.folder) as ledger:
        moment = known_at or mirror.recorded_at or datetime.max.replace(tzinfo=UTC)
        return aged_report(ledger, as_of=as_of, known_at=moment)


def forget() -> None:
    """Close every kept ledger that nobody is using."""
    with _keeping:
        _close_down_to(0)


@contextmanager
def _using(folder: Path) -> Iterator[Ledger]:
    with _keeping:
        opened = _kept.pop(folder, None) or _Open(_open(folder))
        _kept[folder] = opened  # newest last
        opened.users += 1
        _close_down_to(KEPT)
    try:
        with opened.turn:
            yield opened.ledger
    finally:
        with _keeping:
            opened.users -= 1


def _close_down_to(count: int) -> None:
    for folder in [each for each, opened in _kept.items() if not opened.users]:
        if len(_kept) <= count:
            return
        _kept.pop(folder).ledger.close()


def _open(folder: Path) -> Ledger:
    ledger = open_ledger(folder, memory_limit=MEMORY_LIMIT)
    size = sum(path.stat().st_size for path in folder.rglob("*.parquet"))
    if size <= IN_MEMORY_BYTES:
        for name in LEDGER_TABLES:
            ledger.connection.execute(
                f'create table "{name}_rows" as from "{name}";'
                f'drop view "{name}"; alter table "{name}_rows" rename to "{name}"'
            )
    return ledger
