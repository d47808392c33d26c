"""Make a backup: the rows of one snapshot, then the files that these rows name.

What a reader would get wrong: the order. Files are stored before the row that names them and
never change, so every file a snapshot names can be copied after it, while imports go on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from typing import IO, Any

import psycopg
from psycopg import sql

from xindun.config.backups.archive import EVERYBODY, FORMAT, Manifest, Writer
from xindun.config.backups.places import check_space, new_file
from xindun.config.backups.sealing import sealed
from xindun.config.backups.secret_files import secret_files
from xindun.config.backups.tables import (
    LEFT_OUT,
    STORED_FILES,
    Connection,
    enter,
    exported,
    migrations_of,
    sequences_of,
    tables_of,
    tenant_ids,
    use_plain_text,
)
from xindun.kernel.errors import DomainError

BLOCK = 1 << 20


class NothingToBackUp(DomainError):
    """No migration ever ran in this database."""

    code = "nothing_to_back_up"
    sentence = "There is nothing to back up yet: xindun up makes the database first."


@dataclass(frozen=True, slots=True)
class Taken:
    """A backup that was made."""

    file: Path
    manifest: Manifest
    manifest_sha256: str
    size: int


def take(
    owner_url: str,
    home: Path,
    target: Path,
    *,
    keys: list[Any] | None = None,
    with_secrets: bool = False,
    now: datetime,
    after_snapshot: Callable[[], None] = lambda: None,
) -> Taken:
    """Write a backup of a running installation to the new file ``target``.

    Args:
        owner_url: connects as the owner role.
        home: the data home, for the stored files and the secrets.
        keys: public keys of ``sealing.recipients``; the file is encrypted to them.
        with_secrets: whether the secrets of the home go in.
        now: the edge's clock.
        after_snapshot: called once the snapshot stands; what commits later is not in it.

    Raises:
        WouldOverwrite, NoFolder, LittleSpace, NothingToBackUp, UnknownTable: as named.
    """
    target = target.absolute()
    with (
        psycopg.connect(owner_url, connect_timeout=10, autocommit=True) as connection,
        new_file(target) as stream,
    ):
        use_plain_text(connection)
        check_space(target.parent, _space_needed(connection, home))
        connection.autocommit = False
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        manifest = _described(connection, now, with_secrets)
        after_snapshot()
        with sealed(stream, keys) if keys else nullcontext(stream) as plain:
            checksum = _written(Writer(plain), connection, home, manifest)
        stream.flush()
        size = stream.tell()
    return Taken(target, manifest, checksum, size)


def _described(connection: Connection, now: datetime, with_secrets: bool) -> Manifest:
    """The manifest without its parts; the first query opens the snapshot."""
    found = connection.execute("SELECT to_regclass('public.tenants_tenant')").fetchone()
    if found is None or found[0] is None:
        raise NothingToBackUp
    return Manifest(
        format=FORMAT,
        xindun=metadata.version("xindun"),
        postgresql=connection.info.server_version // 10_000,
        taken_at=now.isoformat(),
        migrations=migrations_of(connection),
        tables={table.name: list(table.columns) for table in tables_of(connection)},
        sequences=sequences_of(connection),
        evidence={},
        left_out=sorted(LEFT_OUT),
        secrets=with_secrets,
    )


def _written(writer: Writer, connection: Connection, home: Path, manifest: Manifest) -> str:
    tenants = tenant_ids(connection)
    for table in tables_of(connection):
        for tenant in table.owners(tenants):
            enter(connection, tenant)
            name = f"rows/{table.name}/{EVERYBODY if tenant is None else tenant}"
            writer.add(name, exported(connection, table), count_lines=True)
    for tenant in tenants:
        enter(connection, tenant)
        manifest.evidence[str(tenant)] = _evidence_of(connection)
        for digest in _named_files(connection):
            if not _add_file(writer, home, tenant, digest):
                manifest.damaged.append(f"files/{tenant}/{digest}")
    connection.rollback()
    if manifest.secrets:
        for name, file in secret_files(home).items():
            writer.add(f"secrets/{name}", [file.read_bytes()])
    return writer.close(manifest)


def _evidence_of(connection: Connection) -> dict[str, Any]:
    """What the evidence of the tenant that is set was at the snapshot: records, log, window."""
    row = connection.execute(
        "SELECT (SELECT count(*) FROM evidence_evidencerecord WHERE tenant_id = t.id),"
        " (SELECT count(*) FROM evidence_pendingevidence WHERE tenant_id = t.id)"
        " FROM (SELECT current_setting('xindun.tenant_id')::bigint AS id) t"
    ).fetchone()
    records, pending = row if row else (0, 0)
    found: dict[str, Any] = {"records": records, "pending": pending}
    if not _lacks(connection, "evidence_treehead"):
        head = connection.execute(
            "SELECT l.log_id::text, h.size, encode(h.root, 'hex') FROM evidence_treehead h"
            " JOIN evidence_evidencelog l ON l.tenant_id = h.tenant_id"
            " WHERE h.tenant_id = current_setting('xindun.tenant_id')::bigint"
            " ORDER BY h.number DESC LIMIT 1"
        ).fetchone()
        if head:
            found |= dict(zip(("log", "size", "root"), head, strict=True))
    return found


def _named_files(connection: Connection) -> list[str]:
    """Hashes of the files that the tenant's rows name."""
    found: set[str] = set()
    for table, columns in STORED_FILES.items():
        if _lacks(connection, table):
            continue
        for column in columns:
            query = sql.SQL("SELECT DISTINCT {0} FROM {1} WHERE {0} IS NOT NULL").format(
                sql.Identifier(column), sql.Identifier(table)
            )
            found |= {row[0] for row in connection.execute(query)}
    return sorted(found)


def _lacks(connection: Connection, table: str) -> bool:
    row = connection.execute("SELECT to_regclass(%s) IS NULL", [f"public.{table}"]).fetchone()
    return bool(row and row[0])


def _add_file(writer: Writer, home: Path, tenant: int, digest: str) -> bool:
    """Copy one stored file; False when it is missing or no longer what its name says."""
    place = home / "files" / str(tenant) / digest[:2] / digest
    if not place.is_file() or _hash_of(place) != digest:
        return False
    with place.open("rb") as content:
        writer.add(f"files/{tenant}/{digest}", _blocks(content))
    return True


def _hash_of(place: Path) -> str:
    digest = sha256()
    with place.open("rb") as content:
        for block in _blocks(content):
            digest.update(block)
    return digest.hexdigest()


def _blocks(content: IO[bytes]) -> Iterator[bytes]:
    return iter(lambda: content.read(BLOCK), b"")


def _space_needed(connection: Connection, home: Path) -> int:
    """The tables without their indexes and the stored files: more than the file will take."""
    row = connection.execute(
        "SELECT coalesce(sum(pg_table_size(c.oid)), 0)::bigint FROM pg_class c"
        " WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'"
    ).fetchone()
    files = (home / "files").rglob("*")
    return (int(row[0]) if row else 0) + sum(
        each.stat().st_size for each in files if each.is_file()
    )
