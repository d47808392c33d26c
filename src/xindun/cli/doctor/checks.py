"""The checks in the order in which one would mend: folder, files, settings, database, schema."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from xindun.cli.doctor.database_checks import database_findings
from xindun.cli.doctor.findings import Finding, note, ok, wrong
from xindun.config import database, embedded
from xindun.config.backups.last import last_backup
from xindun.config.given import given_secret
from xindun.config.home import SECRETS_FILE, create_secrets, home, secrets_are_private
from xindun.kernel.errors import DomainError

PACKAGE = Path(__file__).resolve().parents[2]
UNPACKING_SECONDS = 60
SECRET_CHARACTERS = 32
BACKUP_DAYS = 7
LITTLE_DISK_BYTES = 2 * 10**9
LOCAL_HOSTS = {"", "localhost", "127.0.0.1", "::1"}


def examine() -> list[Finding]:
    """Every check's finding; those of the database only where it answers."""
    findings = [*_folder()]
    try:
        create_secrets()
    except DomainError as error:
        return [*findings, wrong("home", str(error), "Nothing can be kept.", "Set XINDUN_HOME.")]
    findings += [
        _secrets(),
        _privacy_of_home(),
        _secret_key(),
        _disk(),
        _backup(),
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


def _secrets() -> Finding:
    file = home() / SECRETS_FILE
    if secrets_are_private():
        return ok("secrets", f"{file} is readable by its owner only")
    return wrong(
        "secrets",
        f"others may read {file}",
        "Whoever reads it can sign sessions and enter the database.",
        f"chmod 600 {file}",
    )


def _privacy_of_home() -> Finding:
    folder = home()
    if not folder.exists() or not folder.stat().st_mode & 0o007:
        return ok("home_closed", "other accounts cannot enter the home")
    return wrong(
        "home_closed",
        f"other accounts can enter {folder}",
        "Ledgers, logs and backups' notes lie there.",
        f"chmod o-rwx {folder}",
    )


def _secret_key() -> Finding:
    given = given_secret("XINDUN_SECRET_KEY")
    if not given or len(given) >= SECRET_CHARACTERS:
        return ok("secret_key", "generated in the home" if not given else "long enough")
    return wrong(
        "secret_key",
        f"XINDUN_SECRET_KEY has only {len(given)} characters",
        "Whoever guesses it can sign sessions.",
        "Unset it, or give at least 50 random characters.",
    )


def _backup() -> Finding:
    last = last_backup()
    if last is None:
        return note(
            "backup",
            "no backup was made from this home",
            "A lost disk would be a lost ledger.",
            "Run: xindun backup --out FOLDER --encrypt-to KEY, every night.",
        )
    age = (datetime.now(UTC) - last.at).days
    if age > BACKUP_DAYS:
        return wrong(
            "backup",
            f"the last backup is {age} days old",
            "What was done since then would be lost with the disk.",
            "Run: xindun backup --out FOLDER --encrypt-to KEY, every night.",
        )
    return ok("backup", f"{last.file}, {last.at:%Y-%m-%d %H:%M} UTC")


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
    from django.conf import settings

    from xindun.config.startup import setup_django

    setup_django()
    if settings.DEBUG:
        yield wrong(
            "debug",
            "XINDUN_DEBUG is on",
            "Error pages would show data and settings to whoever causes an error.",
            "Unset XINDUN_DEBUG.",
        )
    else:
        yield ok("debug", "off")
    if "*" in settings.ALLOWED_HOSTS:
        yield wrong(
            "hosts",
            "every host name is allowed",
            "Forged host names could end up in links.",
            "Name the hosts in XINDUN_ALLOWED_HOSTS.",
        )
    else:
        yield ok("hosts", ", ".join(settings.ALLOWED_HOSTS))
    yield _public_address(os.environ.get("XINDUN_PUBLIC_URL", ""))


def _public_address(address: str) -> Finding:
    parts = urlsplit(address)
    if not address:
        return note(
            "address",
            "no public address is set",
            "Only this machine can use the console.",
            "Set XINDUN_PUBLIC_URL, such as https://credit.example.com, to let others in.",
        )
    if parts.scheme == "https" or (parts.hostname or "") in LOCAL_HOSTS:
        return ok("address", address)
    return wrong(
        "address",
        f"{address} is not encrypted",
        "Passwords and sessions could be read on the way.",
        "Put a server with a certificate in front and write https in XINDUN_PUBLIC_URL.",
    )


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
        if started:
            embedded.stop(only_when_unused=True)
