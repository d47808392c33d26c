"""Checks of the evidence: is the key here, is it the right one, and does nothing wait for long."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg

from xindun.config.evidence_keys import KeyFile
from xindun.config.findings import Finding, ok, wrong
from xindun.kernel.errors import DomainError

LONG = timedelta(minutes=10)


def evidence_findings(connection: psycopg.Connection[Any]) -> Iterator[Finding]:
    """What keeps decisions from being proved; nothing to say before the first migration."""
    row = connection.execute("SELECT to_regproc('evidence_newest_keys') IS NOT NULL").fetchone()
    if row is None or not row[0]:
        return
    rows = connection.execute("SELECT DISTINCT key_id FROM evidence_newest_keys()").fetchall()
    yield _key({each[0] for each in rows})
    yield _window(connection)


def _key(in_use: set[str]) -> Finding:
    keys = KeyFile()
    try:
        held = {key.key_id for key in keys.held()}
    except DomainError as error:
        return wrong("evidence_key", str(error), "Records wait unsigned.", "Restore the file.")
    if not keys.is_private():
        return wrong(
            "evidence_key",
            f"others may read {keys.place}",
            "Whoever reads it can sign a log of their own making.",
            f"chmod 600 {keys.place}, then: xindun evidence rotate-key",
        )
    if in_use - held:
        return wrong(
            "evidence_key",
            f"{keys.place} is {'missing' if not held else 'not the key the logs are signed with'}",
            "Records wait unsigned; what was signed before stays valid.",
            "Restore it from the backup, or copy it from the machine that has it.",
        )
    what = "signs the evidence" if in_use else "is made with the first record"
    return ok("evidence_key", f"{keys.place} {what}")


def _window(connection: psycopg.Connection[Any]) -> Finding:
    row = connection.execute("SELECT pending, oldest FROM evidence_pending_state()").fetchone()
    pending, oldest = row if row else (0, None)
    if oldest is None or datetime.now(UTC) - oldest < LONG:
        return ok("evidence", f"{pending} records wait for the log")
    return wrong(
        "evidence",
        f"{pending} records wait for the log, the oldest since {oldest:%Y-%m-%d %H:%M}",
        "Until they are in the log nothing proves them.",
        "Keep xindun up running; its worker's log says what is in the way.",
    )
