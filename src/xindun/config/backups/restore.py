"""Restore a backup into an empty home, or an empty database of one's own.

What a reader would get wrong: the home is filled as a draft beside its place and renamed at the
end. A restore that was killed leaves a dead draft, which the next one removes with its server;
it never leaves half a home. In a database of one's own all rows come in one transaction, so a
killed restore leaves it empty, and can be repeated.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

from xindun.config import database, embedded, startup
from xindun.config.backups.archive import Manifest, Reader
from xindun.config.backups.fill import NotEmpty, check_empty, fill
from xindun.config.backups.places import NoFolder, check_space, sync_folder
from xindun.config.backups.sealing import KeyNeeded, identities, is_sealed, unseal
from xindun.config.backups.secret_files import is_secret_name, write_secret
from xindun.config.home import SECRETS_FILE
from xindun.kernel.errors import DomainError

if TYPE_CHECKING:
    from xindun.config.backups.missing import Compared

SPACE_FACTOR = 3
"""Rows with their indexes and the write-ahead log, beside the unpacked files."""


class BackupMissing(DomainError):
    """No such file."""

    code = "backup_missing"
    sentence = "There is no backup {file}."


class NewerBackup(DomainError):
    """The backup was made by a later release."""

    code = "newer_backup"
    sentence = (
        "The backup was made by Xindun {version} and knows {migration}, which this release does "
        "not; restore it with that release."
    )


class RestoreRunning(DomainError):
    """Somebody restores into the same place."""

    code = "restore_running"
    sentence = "Another restore into {home} is running."


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore brought back.

    Attributes:
        migrated: migrations applied after the rows were in, because the backup was older.
        checkpoints: what checkpoints kept outside say is missing.
        files: stored files written.
    """

    home: Path
    manifest: Manifest
    manifest_sha256: str
    rows: int
    files: int
    migrated: list[str] = field(default_factory=list)
    checkpoints: list[Compared] = field(default_factory=list)


def restore(
    file: Path,
    home: Path,
    *,
    identity: Path | None = None,
    secrets: Path | None = None,
    checkpoints: Sequence[Path] = (),
    now: datetime,
) -> Restored:
    """Bring a backup back; this process's Django works on the restored database afterwards.

    Args:
        file: the backup.
        home: the data home to make; with ``DATABASE_URL`` it takes the files only.
        identity: file of private keys, for an encrypted backup.
        secrets: a ``secrets.json`` that was kept apart, where the backup has none.
        checkpoints: of the evidence logs, kept outside; they prove what is missing.
        now: the edge's clock.

    Raises:
        NotEmpty, BrokenBackup, NewerBackup, LittleSpace, CannotDecrypt, …: as named; nothing was
            changed then.
    """
    if not file.is_file():
        raise BackupMissing(file=file)
    if is_sealed(file) and identity is None:
        raise KeyNeeded(file=file)
    home = home.absolute()
    with _draft_home(home) as draft:
        plain = file
        if identity is not None and is_sealed(file):
            check_space(draft, file.stat().st_size)
            plain = draft / "archive.draft"
            unseal(file, plain, identities(identity))
        with Reader(plain, file) as reader:
            check_space(draft, reader.manifest.size * SPACE_FACTOR)
            _write_secrets(reader, draft, secrets)
            done = _brought_back(reader, draft, home, checkpoints, now)
        if plain != file:
            plain.unlink()
    return done


def _brought_back(
    reader: Reader, draft: Path, home: Path, checkpoints: Sequence[Path], now: datetime
) -> Restored:
    startup.setup_django()
    _check_known(reader.manifest)
    database.prepare()
    _migrate_to(reader.manifest)
    files = _write_files(reader, draft)
    fill(database.owner_url(), reader)
    migrated = startup.migrate()
    database.check_guarded()

    from xindun.config.backups.missing import compare

    compared = compare(list(checkpoints))
    _record(reader, compared, now)
    rows = sum(part.rows for part in reader.manifest.parts.values())
    return Restored(home, reader.manifest, reader.manifest_sha256, rows, files, migrated, compared)


@contextmanager
def _draft_home(home: Path) -> Iterator[Path]:
    """The folder that is filled: beside the home, renamed at the end; the home itself where the
    database is elsewhere."""
    if not database.is_embedded():
        _check_external(home)
        home.mkdir(parents=True, exist_ok=True)
        os.environ["XINDUN_HOME"] = str(home)
        yield home
        return
    if home.exists() and (not home.is_dir() or any(home.iterdir()) or home.is_mount()):
        raise NotEmpty(place=home)
    with contextlib.suppress(OSError):
        home.parent.mkdir(parents=True, exist_ok=True)
    if not os.access(home.parent, os.W_OK | os.X_OK):
        raise NoFolder(folder=home.parent)
    draft = home.parent / f".{home.name}.restore"
    with _locked(draft, home):
        os.environ["XINDUN_HOME"] = str(draft)
        _remove(draft)
        draft.mkdir(mode=0o700)
        try:
            yield draft
            _disconnect()
            embedded.stop()
            draft.rename(home)
            sync_folder(home.parent)
        except BaseException:
            _disconnect()
            _remove(draft)
            raise
        finally:
            os.environ["XINDUN_HOME"] = str(home)


def _disconnect() -> None:
    from django.conf import settings
    from django.db import connections

    if settings.configured:
        connections.close_all()


@contextmanager
def _locked(draft: Path, home: Path) -> Iterator[None]:
    """One restore at a time into a place; the lock ends with the process that holds it."""
    lock = draft.with_name(f"{draft.name}.lock")
    with lock.open("w", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise RestoreRunning(home=home) from error
        try:
            yield
        finally:
            lock.unlink(missing_ok=True)


def _remove(draft: Path) -> None:
    """A dead draft goes with the server that it may have left running."""
    if not draft.exists():
        return
    if (draft / SECRETS_FILE).exists():
        with contextlib.suppress(DomainError):
            embedded.stop()
    pointer = draft / "postgres.location"
    if pointer.exists():
        shutil.rmtree(pointer.read_text(encoding="utf-8").strip(), ignore_errors=True)
    shutil.rmtree(draft)


def _check_external(home: Path) -> None:
    files = home / "files"
    if files.exists() and any(files.iterdir()):
        raise NotEmpty(place=files)
    with database.connected(database.admin_url()) as connection:
        check_empty(connection)


def _write_secrets(reader: Reader, draft: Path, secrets: Path | None) -> None:
    """Before anything else is made: the passwords of the new server are among them."""
    if secrets is not None:
        write_secret(draft, SECRETS_FILE, secrets.read_bytes())
    for name in reader.names("secrets"):
        file = name.removeprefix("secrets/")
        if not is_secret_name(file):
            raise reader.broken(f"it holds {name!r}")
        if not (draft / file).exists():
            write_secret(draft, file, b"".join(reader.blocks(name)))


def _check_known(manifest: Manifest) -> None:
    from django.db.migrations.loader import MigrationLoader

    known = MigrationLoader(None)
    for label, names in manifest.migrations.items():
        for name in names:
            if (label, name) not in known.disk_migrations and label in known.migrated_apps:
                raise NewerBackup(version=manifest.xindun, migration=f"{label}.{name}")


def _migrate_to(manifest: Manifest) -> None:
    """Make the tables as they were at the backup."""
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connections["owner"])
    graph = executor.loader.graph
    wanted = {
        (label, name)
        for label, names in manifest.migrations.items()
        for name in names
        if (label, name) in graph.nodes
    }
    if wanted >= set(graph.nodes):
        startup.migrate()
        return
    last = [
        node
        for node in wanted
        if not any(
            child.key in wanted and child.key[0] == node[0]
            for child in graph.node_map[node].children
        )
    ]
    executor.migrate(sorted(last))
    connections["owner"].close()


def _write_files(reader: Reader, draft: Path) -> int:
    """Bytes before rows; each file must have the hash that is its name."""
    from xindun.kit.files import FolderFiles

    names = reader.names("files")
    for name in names:
        _, tenant, digest = name.split("/")
        files = FolderFiles(draft / "files" / str(int(tenant)))
        stored, _ = files.put(cast("IO[bytes]", _Stream(reader.blocks(name))))
        if stored != digest:
            raise reader.broken(f"{name} does not hold what its name says")
    return len(names)


class _Stream:
    """The blocks of a part as a file to read from."""

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self.blocks = blocks

    def read(self, _size: int) -> bytes:
        """The next block, whatever size was asked for; empty at the end."""
        return next(self.blocks, b"")


def _record(reader: Reader, compared: list[Compared], now: datetime) -> None:
    """Each company's evidence says that it was restored, from what."""
    from getpass import getuser

    from xindun.kit.tenancy import tenant_scope
    from xindun.record.evidence.actions import append
    from xindun.record.evidence.values import Subject
    from xindun.record.tenants.reads import all_tenant_ids, current_tenant

    for tenant_id in all_tenant_ids():
        with tenant_scope(tenant_id):
            append(
                kind="backup_restored",
                subject=Subject("tenant", str(current_tenant().public_id)),
                actor=f"cli:{getuser()}",
                occurred_at=now,
                inputs={"manifest": reader.manifest_sha256},
                result={
                    "taken_at": reader.manifest.taken_at,
                    "evidence": reader.manifest.evidence.get(str(tenant_id), {}),
                    "checkpoints": [each.verdict.value for each in compared],
                },
                versions={"xindun": reader.manifest.xindun},
            )
