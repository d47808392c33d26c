"""What should be so where others can reach the installation: one list for doctor and screen.

What a reader would get wrong: the sentences are the doctor's, in English; the screen says each
finding by its name in the reader's language (``web/system/words.py``). Nothing is changed.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection

from xindun.config.backups.last import last_backup
from xindun.config.findings import Finding, note, ok, wrong
from xindun.config.given import given_secret
from xindun.config.home import SECRETS_FILE, home, secrets_are_private

DEMO_EMAIL = "demo@example.com"
SECRET_CHARACTERS = 32
BACKUP_DAYS = 7
LOCAL_HOSTS = {"", "localhost", "127.0.0.1", "::1"}


def is_public() -> bool:
    """Whether others are meant to reach it: a public address that is not this machine's."""
    address = urlsplit(os.environ.get("XINDUN_PUBLIC_URL", ""))
    return (address.hostname or "") not in LOCAL_HOSTS


def production_findings(now: datetime) -> list[Finding]:
    """All of them, for a process with Django set up and a database that is migrated."""
    return [*file_findings(), *settings_findings(), *running_findings(now)]


def file_findings() -> Iterator[Finding]:
    """Who may read the home, how good its key is, and what a lost disk would cost."""
    yield _secrets()
    yield _privacy_of_home()
    yield _secret_key()
    yield _backup()


def settings_findings() -> Iterator[Finding]:
    """What the settings open; needs Django set up and no database."""
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
    yield _address(os.environ.get("XINDUN_PUBLIC_URL", ""))
    if settings.MAIL_IS_SET_UP:
        yield ok("mail", "a mail server is named")
    else:
        yield note(
            "mail",
            "no mail server is named",
            "Links of invitations are handed over by hand, and forgotten passwords set by you.",
            "Set XINDUN_MAIL_URL, such as smtps://user:password@host:465.",
        )


def running_findings(now: datetime) -> Iterator[Finding]:
    """What only the database knows."""
    from xindun.config.operations import state
    from xindun.record.signin.reads import owners_without_second_factor
    from xindun.record.tenants.reads import user_by_email

    if state.worker_lives(now):
        yield ok("worker", "a worker gave a sign of life within the last minute")
    else:
        yield _weighed(
            "worker",
            "no worker runs",
            "Imports, reviews, webhooks and the evidence log wait for it.",
            "Keep xindun up running.",
        )
    count = owners_without_second_factor()
    if count:
        yield _weighed(
            "second_factors",
            f"{count} owners sign in with a password alone",
            "Whoever learns one password owns the company's data.",
            "Let owners add a second factor under Security, or ask everybody for one there.",
        )
    else:
        yield ok("second_factors", "every owner has a second factor")
    demo = user_by_email(DEMO_EMAIL)
    if demo is None or not demo.is_active or not is_public():
        yield ok("demo_user", "no demo login is open to others")
    else:
        yield wrong(
            "demo_user",
            f"{DEMO_EMAIL} can sign in",
            "The demo's login stands beside real companies, and its password on a disk.",
            "Keep real companies in a home of their own: set XINDUN_HOME to a new folder.",
        )


def close_connections() -> None:
    """Let go of the database, so that an embedded server that nobody uses can stop."""
    connection.close()


def _weighed(name: str, what: str, why: str, mend: str) -> Finding:
    """A fault where others can reach the installation, and worth knowing where not."""
    return (wrong if is_public() else note)(name, what, why, mend)


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
    if not last.sealed:
        return _weighed(
            "backup",
            "the last backup is not encrypted",
            "Whoever finds the file has the ledger.",
            "Give xindun backup a key: --encrypt-to KEY.",
        )
    return ok("backup", f"{last.file}, {last.at:%Y-%m-%d %H:%M} UTC")


def _address(address: str) -> Finding:
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
