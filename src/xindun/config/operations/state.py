"""What can be known about a running installation by looking at it now.

What a reader would get wrong: these figures are the installation's, over all companies, so they are
counts and ages only. A job that waits for its hour (a retry) is not late and is not counted.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from platform import python_version
from typing import Any

from django.conf import settings
from django.db import connection

WORKER_SILENT_AFTER = timedelta(seconds=60)
DISK_FREE_BYTES = 1024**3
DISK_FREE_RATIO = 0.03

_QUEUES = """
    SELECT j.queue_name,
           count(*) FILTER (WHERE j.status = 'todo'
                            AND (j.scheduled_at IS NULL OR j.scheduled_at <= %(now)s)),
           count(*) FILTER (WHERE j.status = 'doing'),
           count(*) FILTER (WHERE j.status = 'failed'),
           min(coalesce(j.scheduled_at, e.at)) FILTER (WHERE j.status = 'todo'
                            AND (j.scheduled_at IS NULL OR j.scheduled_at <= %(now)s))
      FROM procrastinate_jobs j
      LEFT JOIN LATERAL (SELECT min(at) AS at FROM procrastinate_events
                          WHERE job_id = j.id AND type = 'deferred') e ON j.status = 'todo'
     WHERE j.status IN ('todo', 'doing', 'failed')
     GROUP BY 1 ORDER BY 1
"""
_all_migrated = False


@dataclass(frozen=True, slots=True)
class Queue:
    """The jobs of one queue; ``oldest_at`` is when the longest waiting one could have begun."""

    name: str
    waiting: int
    running: int
    failed: int
    oldest_at: datetime | None


@dataclass(frozen=True, slots=True)
class Backlog:
    """Things that wait, and since when the oldest does."""

    waiting: int
    oldest_at: datetime | None
    dead: int = 0


@dataclass(frozen=True, slots=True)
class Database:
    """The server, the database's size in bytes, and how many connections it has and may have."""

    version: str
    size: int
    connections: int
    most_connections: int


@dataclass(frozen=True, slots=True)
class Disk:
    """Room where the data home lies, in bytes."""

    free: int
    total: int

    @property
    def is_short(self) -> bool:
        """Less than a gigabyte, or less than three per cent: the database may stop soon."""
        return self.free < DISK_FREE_BYTES or self.free < self.total * DISK_FREE_RATIO


def database() -> Database:
    """The database that this process uses."""
    row = _row(
        "SELECT current_setting('server_version'), pg_database_size(current_database()),"
        " (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()),"
        " current_setting('max_connections')::int"
    )
    return Database(*row)


def answers() -> bool:
    """Whether the database answers; raises what it raises when it does not."""
    return bool(_row("SELECT true")[0])


def missing_migrations() -> int:
    """How many migrations of this version the database lacks."""
    global _all_migrated
    if _all_migrated:
        return 0
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    _all_migrated = missing == 0
    return missing


def worker_seen_at() -> datetime | None:
    """When a worker last gave a sign of life."""
    found: datetime | None = _row("SELECT max(last_heartbeat) FROM procrastinate_workers")[0]
    return found


def worker_lives(now: datetime) -> bool:
    """Whether a worker gave a sign of life within the last minute."""
    seen = worker_seen_at()
    return seen is not None and now - seen < WORKER_SILENT_AFTER


def queues(now: datetime) -> list[Queue]:
    """The queues that hold anything, by name."""
    with connection.cursor() as cursor:
        cursor.execute(_QUEUES, {"now": now})
        return [Queue(*row) for row in cursor.fetchall()]


def outbox() -> Backlog:
    """Events that were not handed over."""
    return Backlog(*_row("SELECT waiting, oldest FROM kit_outbox_state()"))


def webhooks() -> Backlog:
    """Deliveries that wait, and dead letters."""
    waiting, dead, oldest = _row("SELECT waiting, dead, oldest FROM webhooks_state()")
    return Backlog(waiting, oldest, dead)


def evidence() -> Backlog:
    """Records that no tree head covers."""
    return Backlog(*_row("SELECT pending, oldest FROM evidence_pending_state()"))


def disk() -> Disk:
    """Room on the file system of the data home."""
    place = Path(settings.XINDUN_HOME)
    while not place.exists():
        place = place.parent
    usage = shutil.disk_usage(place)
    return Disk(usage.free, usage.total)


def versions() -> dict[str, str]:
    """The programs that answer here."""
    return {"xindun": version("xindun"), "python": python_version(), "django": version("django")}


def _row(query: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()
