"""The checks in the order in which one would mend: folder, files, settings, database, schema."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from xindun.cli.doctor.database_checks import database_findings
from xindun.config import database, embedded
from xindun.config.findings import Finding, note, ok, wrong
from xindun.config.home import create_secrets, home
from xindun.config.production import close_connections, file_findings, settings_findings
from xindun.config.startup import setup_django
from xindun.kernel.errors import DomainError

PACKAGE = Path(__file__).resolve().parents[2]
UNPACKING_SECONDS = 60
LITTLE_DISK_BYTES = 2 * 10**9


def examine() -> list[Finding]:
    """Every check's finding; those of the database only where it answers."""
    findings = [*_folder()]
    try:
        create_secrets()
    except DomainError as error:
        return [*findings, wrong("home", str(error), "Nothing can be kept.", "Set XINDUN_HOME.")]
    findings += [
        *file_findings(),
        _disk(),
        *_catalogues(),
        *_settings(),
        _time_zones(),
    ]
    return findings + _database()


def _folder() -> Iterator[Finding]:
    folder = home()
    if not folder.exists():
        yield note("home", f"{folder} does not exist yet", mend="xindun up makes it.")
    elif not os.access(folder, os.W_OK | os.X_OK):
        yield wrong(
            "home",
            f"{folder} cannot be written by this account",
            "The database, uploaded files and secrets live there.",
            "Run as the account that owns it, or set XINDUN_HOME to a folder of your own.",
        )
    else:
        yield ok("home", str(folder))


def _disk() -> Finding:
    free = shutil.disk_usage(home()).free
    text = f"{free / 1e9:.1f} GB free in {home()}"
    if free >= LITTLE_DISK_BYTES:
        return ok("disk", text)
    return wrong(
        "disk",
        text,
        "A full disk stops the database; a million invoices take about 1 GB.",
        "Free some space, or move the home and set XINDUN_HOME.",
    )


def _catalogues() -> Iterator[Finding]:
    sources = sorted(PACKAGE.rglob("*.po"))
    stale = [source for source in sources if not _is_compiled(source)]
    if stale:
        names = ", ".join(str(each.relative_to(PACKAGE)) for each in stale)
        yield wrong(
            "catalogues",
            f"not compiled: {names}",
            "The Chinese screens and reports would show English sentences.",
            "Run: make setup",
        )
    elif any(PACKAGE.rglob("*.mo")):
        yield ok("catalogues", "all translations are compiled")
    else:
        yield wrong(
            "catalogues",
            "no translations were installed",
            "The Chinese screens and reports would show English sentences.",
            "Install the package again.",
        )


def _is_compiled(source: Path) -> bool:
    """An installation may unpack both files in either order, a moment apart."""
    compiled = source.with_suffix(".mo")
    if not compiled.exists():
        return False
    return compiled.stat().st_mtime > source.stat().st_mtime - UNPACKING_SECONDS


def _settings() -> Iterator[Finding]:
    setup_django()
    yield from settings_findings()


def _time_zones() -> Finding:
    try:
        ZoneInfo("Asia/Shanghai")
    except ZoneInfoNotFoundError:
        return wrong(
            "time_zones",
            "the time zone data are missing",
            "A day ends at midnight in the company's own zone.",
            "Install the package tzdata.",
        )
    return ok("time_zones", "the time zone data are installed")


def _database() -> list[Finding]:
    """Start what is ours, look, and leave it as it was found."""
    started = False
    try:
        if database.is_embedded():
            started = embedded.ensure_running().started
            version = embedded.major_on_disk()
            where = ok("server", f"embedded PostgreSQL {version} in {home()}")
        else:
            where = ok("server", "your own, from DATABASE_URL")
        return [where, *database_findings()]
    except DomainError as error:
        return [
            wrong(
                "server",
                str(error),
                "Without the database only `xindun review` works.",
                "See above; the embedded server's log stands in the home.",
            )
        ]
    finally:
        close_connections()
        if started:
            embedded.stop(only_when_unused=True)
