"""The columnar mirror: the ledger as Parquet segments that the engine reads.

A mirror is a copy of one ledger version, kept in ``XINDUN_HOME/mirror``. Whoever opens it asks
PostgreSQL for the version first (one row), so a mirror is never stale without somebody noticing;
a missing one is made from the newest earlier one. What a reader would get wrong: making it anew
after a small import does not copy the ledger. Rows go into segments by id; unchanged segments are
hard links, new rows become a new segment, and only a segment with superseded rows is rewritten.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings

from xindun.kit.tenancy import current_tenant_id
from xindun.record.receivables.models import ImportBatch
from xindun.record.receivables.reads.ledger import ledger_state
from xindun.record.receivables.reads.segments import TABLES, Bounds, write_buyers, write_table
from xindun.record.receivables.values import LedgerState, Mirror

NOTE = "mirror.json"  # written last: a folder without it is not a mirror


@contextmanager
def open_mirror() -> Iterator[Mirror]:
    """The mirror of the tenant's ledger as it is now, made first when it is missing.

    The folder stays until the block ends, whatever is imported meanwhile. Two processes never
    make the same mirror: the second one waits and takes the first one's.
    """
    state = ledger_state()
    root = Path(settings.XINDUN_HOME) / "mirror" / str(current_tenant_id())
    folder = root / _name(state)
    held = _hold(folder)
    rebuilt = held is None
    while held is None:
        root.mkdir(parents=True, exist_ok=True, mode=0o700)
        with _exclusive(root / "lock"):
            if not (folder / NOTE).exists():
                _make(root, folder, state)
            held = _hold(folder)
            _remove_unused(root, keep=folder)
    try:
        yield Mirror(folder, state.version, state.recorded_at, rebuilt)
    finally:
        os.close(held)


@dataclass(frozen=True, slots=True)
class _Base:
    """An earlier mirror that a newer one can start from."""

    folder: Path
    version: int
    recorded_at: datetime
    last_ids: dict[str, int]


def _name(state: LedgerState) -> str:
    tail = state.state_id.hex[-12:] if state.state_id else "empty"
    return f"v{state.version}-{tail}"


def _make(root: Path, folder: Path, state: LedgerState) -> None:
    """Write the mirror beside its place and rename it: it appears whole or not at all."""
    base = _newest_base(root, state)
    draft = root / f".draft-{uuid4().hex}"
    draft.mkdir(mode=0o700)
    last_ids = {"items": state.last_document_id, "settlements": state.last_settlement_id}
    try:
        write_buyers(draft)
        for table in TABLES:
            bounds = Bounds(
                after_id=base.last_ids[table.name] if base else 0,
                last_id=last_ids[table.name],
                after_moment=base.recorded_at if base else None,
                moment=state.recorded_at,
            )
            write_table(table, bounds, draft, base.folder if base else None)
        note = {
            "version": state.version,
            "state_id": str(state.state_id) if state.state_id else None,
            "recorded_at": state.recorded_at.isoformat() if state.recorded_at else None,
            "last_ids": last_ids,
        }
        (draft / NOTE).write_text(json.dumps(note), encoding="utf-8")
        shutil.rmtree(folder, ignore_errors=True)  # left half removed by a killed process
        draft.rename(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _newest_base(root: Path, state: LedgerState) -> _Base | None:
    """The newest mirror of this very ledger; one of a restored or reset database is left alone."""
    found = []
    for path in root.glob(f"v*/{NOTE}"):
        note = json.loads(path.read_text(encoding="utf-8"))
        if note["state_id"] and note["version"] < state.version:
            found.append((note["version"], path.parent, note))
    for version, folder, note in sorted(found, key=lambda each: each[0], reverse=True):
        same_ledger = ImportBatch.objects.filter(
            public_id=UUID(note["state_id"]), ledger_version=version
        ).exists()
        if same_ledger:
            moment = datetime.fromisoformat(note["recorded_at"])
            return _Base(folder, version, moment, note["last_ids"])
    return None


def _hold(folder: Path) -> int | None:
    """A shared lock on a finished mirror, or None when there is none."""
    try:
        held = os.open(folder / NOTE, os.O_RDONLY)
    except FileNotFoundError:
        return None
    fcntl.flock(held, fcntl.LOCK_SH)
    if (folder / NOTE).exists():  # not removed while we waited
        return held
    os.close(held)
    return None


@contextmanager
def _exclusive(path: Path) -> Iterator[None]:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _remove_unused(root: Path, keep: Path) -> None:
    """Remove other mirrors that nobody reads, and drafts of killed processes."""
    for folder in root.iterdir():
        if not folder.is_dir() or folder == keep:
            continue
        if folder.name.startswith(".draft-") or not (folder / NOTE).exists():
            shutil.rmtree(folder, ignore_errors=True)
            continue
        held = os.open(folder / NOTE, os.O_RDONLY)
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            (folder / NOTE).unlink()
            shutil.rmtree(folder, ignore_errors=True)
        except BlockingIOError:
            continue
        finally:
            os.close(held)
