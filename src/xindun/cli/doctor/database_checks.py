"""Checks inside the database: who we are there, what stands there, whether tenants are apart."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import psycopg

from xindun.cli.doctor.evidence_checks import evidence_findings
from xindun.config import database
from xindun.config.findings import Finding, note, ok, wrong
from xindun.config.production import running_findings
from xindun.kit.roles import APP_ROLE, OWNER_ROLE

OLDEST, NEWEST = 15, 18
CLOCK_SECONDS = 60


def database_findings() -> list[Finding]:
    """Connect as the application does and look; what needs a connection is left out without."""
    try:
        with psycopg.connect(database.app_url(), connect_timeout=10, autocommit=True) as connection:
            migrations = list(_migrations())
            return [
                *_inside(connection),
                *migrations,
                *evidence_findings(connection),
                # What runs is asked of this release's tables only.
                *(running_findings(datetime.now(UTC)) if migrations[0].state == "ok" else ()),
            ]
    except psycopg.OperationalError as error:
        return [
            wrong(
                "database",
                str(error).strip(),
                "The application cannot connect as its own role.",
                "Run xindun up once: it prepares the roles, or names what an administrator "
                "must grant.",
            )
        ]


def _inside(connection: psycopg.Connection[Any]) -> Iterator[Finding]:
    yield ok("database", f"{connection.info.dbname} answers")
    yield _version(connection.info.server_version // 10_000)
    yield from _roles(connection)
    yield _clock(connection)
    unguarded = [row[0] for row in connection.execute(database.UNGUARDED)]
    if unguarded:
        yield wrong(
            "tenants",
            f"tables without forced row-level security: {', '.join(unguarded)}",
            "One company could see another's rows.",
            "Restore the policies: the migrations of this release create them.",
        )
    else:
        yield ok("tenants", "every table of a tenant's is under forced row-level security")


def _version(major: int) -> Finding:
    if OLDEST <= major <= NEWEST:
        return ok("version", f"PostgreSQL {major}")
    return wrong(
        "version",
        f"PostgreSQL {major}",
        f"Xindun is tested with {OLDEST} to {NEWEST}.",
        "Use a server of one of these versions.",
    )


def _roles(connection: psycopg.Connection[Any]) -> Iterator[Finding]:
    row = connection.execute(
        "SELECT current_user, session_user, bool_or(rolsuper OR rolbypassrls)"
        " FROM pg_roles WHERE rolname = current_user"
    ).fetchone()
    current, login, bypasses = row if row else ("", "", True)
    if current != APP_ROLE or bypasses:
        yield wrong(
            "role",
            f"sessions run as {current}",
            "Only a role that cannot bypass row-level security keeps companies apart.",
            f"Run xindun up: it makes {APP_ROLE} and {OWNER_ROLE}.",
        )
    elif login != APP_ROLE:
        yield note(
            "role",
            f"sessions log in as {login} and run as {current}",
            f"{login} itself may see more than the application should.",
            f"Better: let {APP_ROLE} log in for DATABASE_URL and set DATABASE_OWNER_URL too.",
        )
    else:
        yield ok("role", f"sessions log in and run as {current}")


def _clock(connection: psycopg.Connection[Any]) -> Finding:
    row = connection.execute("SELECT clock_timestamp()").fetchone()
    apart = abs((datetime.now(UTC) - row[0]).total_seconds()) if row else 0.0
    if apart <= CLOCK_SECONDS:
        return ok("clock", "this machine and the database agree on the time")
    return wrong(
        "clock",
        f"this machine and the database are {apart:.0f} seconds apart",
        "What was known when would come out wrong.",
        "Set both clocks, for instance by NTP.",
    )


def _migrations() -> Iterator[Finding]:
    from django.db import ProgrammingError

    from xindun.config.startup import pending_migrations

    try:
        pending = pending_migrations()
    except ProgrammingError as error:
        yield wrong(
            "migrations",
            f"a migration did not finish ({str(error).strip()})",
            "Tables or rights are missing.",
            "Run xindun up, which finishes it.",
        )
        return
    if not pending:
        yield ok("migrations", "all are applied")
    elif database.is_embedded():
        yield note(
            "migrations",
            f"{len(pending)} are not applied yet",
            mend="xindun up, and every other command, applies them.",
        )
    else:
        yield wrong(
            "migrations",
            f"{len(pending)} are not applied, the first is {pending[0]}",
            "The release and its tables do not fit together.",
            "Run xindun up, which applies them.",
        )
