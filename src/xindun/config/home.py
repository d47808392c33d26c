"""Where an installation keeps its data, and the one file of secrets it makes for itself.

What a reader would get wrong: reading never writes. Settings are imported by type checkers and
by ``--help``; only the commands that start something call ``create_secrets``.
"""

from __future__ import annotations

import json
import os
import secrets
import stat
from functools import cache
from pathlib import Path

import platformdirs

from xindun.kernel.errors import DomainError

ROOT_HOME = Path("/var/lib/xindun")
"""Home of the root user: an unprivileged database server cannot enter /root."""

SECRETS_FILE = "secrets.json"
SECRET_BYTES = 48
NAMES = ("django_secret_key", "database_admin", "database_owner", "database_app")


class HomeUnusable(DomainError):
    """The data home cannot be made or written by this account."""

    code = "home_unusable"
    sentence = (
        "The data folder {home} cannot be used by this account ({reason}). "
        "Set XINDUN_HOME to a folder of your own."
    )


class SecretsBroken(DomainError):
    """The file of secrets exists but is not what Xindun wrote."""

    code = "secrets_broken"
    sentence = "The file {file} cannot be read ({reason}). Restore it from a backup."


def home() -> Path:
    """The data home: ``XINDUN_HOME``, else the user's data folder (root: /var/lib/xindun)."""
    named = os.environ.get("XINDUN_HOME")
    if named:
        return Path(named).expanduser().absolute()
    if os.geteuid() == 0:
        return ROOT_HOME
    return platformdirs.user_data_path("xindun", appauthor=False)


def make_home() -> Path:
    """The data home, created when missing; from here on this process writes for itself alone.

    Ledgers, uploads and logs come to lie below it, so whatever this process creates later, other
    accounts of the machine may not read.

    Raises:
        HomeUnusable: it cannot be created or written.
    """
    folder = home()
    os.umask(0o077)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise HomeUnusable(home=folder, reason=error.strerror or error) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise HomeUnusable(home=folder, reason="no permission to write")
    return folder


def create_secrets() -> Path:
    """Make the 0600 file of secrets once; later calls change nothing.

    The file appears complete or not at all: two processes that start at once agree on one.
    """
    target = make_home() / SECRETS_FILE
    if target.exists():
        return target
    values = {name: secrets.token_urlsafe(SECRET_BYTES) for name in NAMES}
    draft = target.with_name(f".{SECRETS_FILE}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(values, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, target)  # unlike a rename this never replaces another process's file
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return target


def secret(name: str) -> str:
    """One secret of the home; before the file exists, a value for this process only.

    Raises:
        SecretsBroken: the file is damaged or belongs to another account.
    """
    file = home() / SECRETS_FILE
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return _ephemeral(name)
    except OSError as error:
        raise SecretsBroken(file=file, reason=error.strerror or error) from error
    try:
        return str(json.loads(text)[name])
    except (ValueError, KeyError) as error:
        raise SecretsBroken(file=file, reason="damaged") from error


def secrets_are_private() -> bool:
    """Whether nobody but the owner may read the file of secrets (true while there is none)."""
    file = home() / SECRETS_FILE
    return not file.exists() or not file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)


@cache
def _ephemeral(_name: str) -> str:
    return secrets.token_urlsafe(SECRET_BYTES)
