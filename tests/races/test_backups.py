"""Backups while others write, and backups that are killed: real commits, real processes."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection
from psycopg import sql

from tests.contexts.receivables.conftest import new_tenant
from tests.contexts.receivables.ledgers import Doc, Importer
from tests.races.test_imports import in_another_connection
from xindun.config import database
from xindun.config.backups.archive import BrokenBackup, Reader
from xindun.config.backups.make import Taken, take
from xindun.config.backups.restore import NewerBackup
from xindun.config.backups.tables import LEFT_OUT

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
XINDUN = [sys.executable, "-c", "from xindun.cli.main import main; main()"]

# A backup that has its snapshot and then waits to be killed.
STOPPED = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from xindun.config.backups.make import take
def stop():
    print("here", flush=True)
    time.sleep(120)
take(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), now=datetime.now(UTC), after_snapshot=stop)
"""


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, settings: Any) -> Path:
    settings.XINDUN_HOME = tmp_path / "home"
    return tmp_path / "home"


@pytest.fixture
def empty_database(django_db_setup: None) -> Iterator[str]:
    """The URL of a superuser in a fresh database that nobody prepared."""
    name = f"test_xindun_restore_{os.getpid()}"
    if not database.is_embedded():
        pytest.skip("needs a superuser; DATABASE_URL names a server of your own")
    server = database.admin_url()
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    yield database.with_database(server, name)
    with psycopg.connect(server, autocommit=True) as admin:
        statement = sql.SQL("DROP DATABASE {} WITH (FORCE)")
        admin.execute(statement.format(sql.Identifier(name)))


def two_companies() -> list[Importer]:
    importers = [Importer(new_tenant(name)) for name in ("Seller", "Rival")]
    for importer in importers:
        importer.take(Doc("A-1"), Doc("A-2", "90.00", buyer="B2", name="北京华信\t\\N"))
    return importers


def restored(file: Path, into: Path, url: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*XINDUN, "restore", str(file), "--into", str(into), "--json"],
        env={**os.environ, "DATABASE_URL": url},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def content_of(url: str) -> dict[str, list[str]]:
    """Every table's rows as text, seen by a superuser, in order."""
    with psycopg.connect(url) as admin:
        names = admin.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r'"
            " AND relnamespace = 'public'::regnamespace"
        ).fetchall()
        return {
            name: [
                row[0]
                for row in admin.execute(
                    sql.SQL("SELECT t::text FROM {} t ORDER BY 1").format(sql.Identifier(name))
                )
            ]
            for (name,) in names
            if name not in LEFT_OUT
        }


def test_a_backup_is_one_moment_and_comes_back_equal(
    owner_url: str, own_home: Path, tmp_path: Path, empty_database: str
) -> None:
    seller, rival = two_companies()
    admin = database.with_database(database.admin_url(), connection.settings_dict["NAME"])
    before = content_of(admin)
    files = {str(path.relative_to(own_home)) for path in (own_home / "files").rglob("*")}

    def go_on() -> None:
        in_another_connection(lambda: seller.take(Doc("A-1", "80.00"), Doc("LATE")))
        in_another_connection(lambda: rival.take(Doc("LATE")))

    made = take(owner_url, own_home, tmp_path / "b.zip", now=NOW, after_snapshot=go_on)
    assert content_of(admin) != before
    assert made.manifest.damaged == []
    done = restored(made.file, tmp_path / "new", empty_database)
    assert (done.returncode, done.stderr) == (0, "")
    after = content_of(empty_database)
    # The restore itself is on record, once for each company.
    added = {
        name: sorted(set(rows) - set(before[name]))
        for name, rows in after.items()
        if rows != before[name]
    }
    assert {name: len(rows) for name, rows in added.items() if name.startswith("evidence_")} == {
        "evidence_evidencerecord": 2,
        "evidence_pendingevidence": 2,
    }
    assert all("backup_restored" in row for row in added["evidence_evidencerecord"])
    assert set(added) <= {
        *("evidence_evidencerecord", "evidence_pendingevidence"),
        *("procrastinate_jobs", "procrastinate_events"),
    }
    for name in added:
        assert set(before[name]) <= set(after[name]), name
    new = tmp_path / "new"
    assert {str(path.relative_to(new)) for path in (new / "files").rglob("*")} == files
    again = restored(made.file, tmp_path / "third", empty_database)
    assert again.returncode == 2
    assert "holds data already" in again.stderr
    assert content_of(empty_database) == after


def test_what_does_not_fit_leaves_the_database_empty(
    owner_url: str, own_home: Path, tmp_path: Path, empty_database: str
) -> None:
    two_companies()
    stored = next(path for path in (own_home / "files").rglob("*") if path.is_file())
    stored.write_bytes(b"changed")
    made = take(owner_url, own_home, tmp_path / "b.zip", now=NOW)
    assert [name.rsplit("/", 1)[1] for name in made.manifest.damaged] == [stored.name]
    foreign = tmp_path / "foreign.zip"
    _with_rows_of_another_tenant(made, foreign)
    done = restored(foreign, tmp_path / "new", empty_database)
    assert done.returncode == 2, done.stderr
    assert "row-level security" in done.stderr
    with psycopg.connect(empty_database) as admin:
        assert admin.execute("SELECT count(*) FROM tenants_tenant").fetchone() == (0,)
    newer = tmp_path / "newer.zip"
    _with_manifest(made, newer, {"migrations": {"tenants": ["0001_initial", "9999_later"]}})
    done = restored(newer, tmp_path / "newest", empty_database)
    assert done.returncode == 2
    assert NewerBackup.sentence.split("{")[0] in done.stderr


def _with_rows_of_another_tenant(made: Taken, target: Path) -> None:
    """A well-formed archive in which one company's part holds another's row."""
    from xindun.config.backups.archive import Writer

    with Reader(made.file, made.file) as reader, target.open("wb") as stream:
        writer = Writer(stream)
        for name in reader.manifest.parts:
            rows = b"".join(reader.blocks(name))
            if name.startswith("rows/parties_buyer/"):
                tenants = reader.names("rows/parties_buyer")
                other = next(each for each in tenants if each != name)
                rows = b"".join(reader.blocks(other))
            writer.add(name, [rows], count_lines=True)
        writer.close(reader.manifest)


def _with_manifest(made: Taken, target: Path, change: dict[str, Any]) -> None:
    import zipfile

    with zipfile.ZipFile(made.file) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "manifest.json":
                content = json.dumps({**json.loads(content), **change}).encode()
            new.writestr(name, content)


def test_a_killed_backup_leaves_no_file_and_the_next_one_clears_up(
    owner_url: str, own_home: Path, tmp_path: Path
) -> None:
    two_companies()
    folder = tmp_path / "backups"
    folder.mkdir()
    target = folder / "b.zip"
    process = subprocess.Popen(
        [sys.executable, "-c", STOPPED, owner_url, str(own_home), str(target)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    with process.stdout:
        assert process.stdout.readline() == b"here\n"
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=30)
    assert not target.exists()
    assert len(list(folder.iterdir())) == 1
    made = take(owner_url, own_home, target, now=NOW)
    assert list(folder.iterdir()) == [target]
    with Reader(made.file, made.file) as reader:
        assert reader.manifest_sha256 == made.manifest_sha256
    shutil.copyfile(target, folder / "cut.zip")
    os.truncate(folder / "cut.zip", made.size - 10)
    with pytest.raises(BrokenBackup):
        Reader(folder / "cut.zip", folder / "cut.zip")
