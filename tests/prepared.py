"""A migrated database and a migrated home, made once for a state of the schema and then copied.

What a reader would get wrong: the migrations are run here, from nothing, as an installation runs
them; a copy is taken only where a test is about something else. The copies' age never matters:
whatever can change what the migrations make is part of the name that they are kept under.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from psycopg import sql

from xindun.config import database

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "xindun"
TEMPLATE = "test_xindun_template_"
MAKE = "from xindun.config import embedded, startup; startup.start(); embedded.stop()"
AWAY = ("DATABASE_", "XINDUN_")


@cache
def fingerprint() -> str:
    """Of everything that the migrated schema depends on."""
    shaping = {
        *PACKAGE.rglob("migrations/*.py"),
        *PACKAGE.rglob("models.py"),
        *PACKAGE.rglob("models/*.py"),
        *PACKAGE.glob("kit/*.py"),
        *PACKAGE.glob("kernel/*.py"),
        *PACKAGE.glob("config/*.py"),
        ROOT / "requirements" / "lock.txt",
    }
    found = hashlib.sha256()
    for path in sorted(shaping):
        found.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return found.hexdigest()[:12]


def create_migrated_database(name: str, migrate: Callable[[str], None]) -> None:
    """Create database ``name`` as a copy of the migrated one.

    Args:
        name: of the new database.
        migrate: brings the schema of the database of this name up to date.
    """
    template = f"{TEMPLATE}{fingerprint()}"
    with _one_at_a_time("database"), database.connected(database.admin_url()) as admin:
        found = admin.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [TEMPLATE]
        )
        kept = {row[0] for row in found}
        if template not in kept:
            for old in kept:
                drop = sql.SQL("DROP DATABASE {} WITH (FORCE)")
                admin.execute(drop.format(sql.Identifier(old)))
            draft = f"{TEMPLATE}draft"
            database.create_database(draft)
            migrate(draft)
            rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
            admin.execute(rename.format(sql.Identifier(draft), sql.Identifier(template)))
        database.create_database(name, template=template)


def fill_with_migrated(home: Path) -> None:
    """Make the empty folder ``home`` what a home is after the first start, its server stopped."""
    kept = _folder(fingerprint())
    with _one_at_a_time("home"):
        if not kept.exists():
            for old in filter(Path.is_dir, kept.parent.glob(_folder("*").name)):
                shutil.rmtree(old)
            draft = _folder("draft")
            _run_in(draft, MAKE)
            draft.rename(kept)
    # Where the server's account may not enter, the data lie elsewhere and this home makes its own.
    if not (kept / "postgres.location").exists():
        subprocess.run(["cp", "-a", f"{kept}/.", str(home)], check=True)


def _folder(name: str) -> Path:
    token = hashlib.sha256(f"{ROOT}{os.getuid()}".encode()).hexdigest()[:10]
    return Path(tempfile.gettempdir()) / f"xindun-migrated-{token}-{name}"


def _run_in(home: Path, code: str) -> None:
    others = {k: v for k, v in os.environ.items() if not k.startswith(AWAY)}
    environment = {**others, "XINDUN_HOME": str(home)}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@contextmanager
def _one_at_a_time(what: str) -> Iterator[None]:
    """Processes of one run wait for the first of them."""
    with _folder(f"{what}.lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
