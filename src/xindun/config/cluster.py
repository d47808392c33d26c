"""The folder of the embedded PostgreSQL's data: made once, complete or not at all.

What a reader would get wrong: settings are written at every start, not here once, so that a moved
home and a new release both take effect.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from xindun.config.home import secret
from xindun.config.server_account import (
    Account,
    binaries,
    choose_account,
    server_folder,
    socket_folder,
)
from xindun.kernel.errors import DomainError

ADMIN_ROLE = "postgres"
SMALL_SHARED_MEMORY_BYTES = 512 * 2**20


class ServerNotStarted(DomainError):
    """The embedded PostgreSQL did not come up."""

    code = "server_not_started"
    sentence = "The embedded PostgreSQL did not start ({reason}). Its log: {log}"


@dataclass(frozen=True, slots=True)
class Place:
    """The server's folders and its account."""

    server: Path
    account: Account
    socket: Path

    @property
    def data(self) -> Path:
        """The data folder, which exists only when it is complete."""
        return self.server / "data"

    @property
    def log(self) -> Path:
        """Where the server writes what it has to say."""
        return self.server / "log"


def place_of_home() -> Place:
    """Where the home's server keeps its data, and as whom it runs."""
    server = server_folder()
    account = choose_account(server / "data")
    return Place(server, account, socket_folder(server, account))


def make_cluster(place: Place) -> None:
    """initdb into a draft folder that is renamed at the end: a crash leaves no half cluster.

    Raises:
        ServerNotStarted: initdb failed, with its last words.
    """
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
        place.account.owns(place.log)
        reason = (done.stdout.strip().splitlines() or ["initdb failed"])[-1]
        raise ServerNotStarted(reason=reason, log=place.log)
    with (draft / "postgresql.conf").open("a", encoding="utf-8") as file:
        file.write("include = 'xindun.conf'\n")
    (draft / "pg_hba.conf").write_text("local all all scram-sha-256\n", encoding="utf-8")
    draft.rename(place.data)


def write_settings(place: Place) -> None:
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
        # Each temporary table of an import holds locks until its transaction ends.
        "max_locks_per_transaction": "256",
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


def drop_reused_pid(place: Place) -> None:
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
