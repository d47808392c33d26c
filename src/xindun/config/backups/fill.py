"""Fill a migrated, empty database with the rows of an archive, and prove that they are equal.

What a reader would get wrong: COPY into a guarded table is refused, so rows go through a
temporary table, and the policies check each of them: a row of another tenant's in a tenant's
part is refused by the database itself.
"""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import Any

import psycopg
from psycopg import sql
from psycopg.errors import InsufficientPrivilege

from xindun.config.backups.archive import EVERYBODY, Reader
from xindun.config.backups.tables import (
    Connection,
    Table,
    enter,
    exported,
    tables_of,
    use_plain_text,
)
from xindun.kernel.errors import DomainError

STAGE = sql.Identifier("restored_rows")


class NotEmpty(DomainError):
    """The place of a restore holds data."""

    code = "restore_not_empty"
    sentence = "{place} holds data already; a restore needs an empty one. Nothing was changed."


class OtherTables(DomainError):
    """The migrated tables are not those of the backup."""

    code = "restore_other_tables"
    sentence = (
        "The tables of this release do not fit the backup ({table}); restore it with "
        "Xindun {version}, then upgrade."
    )


def check_empty(connection: Connection) -> None:
    """Refuse a database that anybody has worked in.

    Raises:
        NotEmpty: as the name says.
    """
    for table in ("tenants_tenant", "tenants_user"):
        row = connection.execute("SELECT to_regclass(%s)", [f"public.{table}"]).fetchone()
        if row and row[0] is not None:
            rows = connection.execute(f"SELECT FROM {table} LIMIT 1").fetchall()
            if rows:
                raise NotEmpty(place=f"The database {connection.info.dbname}")


def fill(owner_url: str, reader: Reader) -> None:
    """Write all rows in one transaction, read them again, compare, commit.

    Raises:
        BrokenBackup: a part is damaged, or what was written is not what the manifest names.
        OtherTables, NotEmpty: as named.
    """
    with psycopg.connect(owner_url, connect_timeout=10) as connection:
        use_plain_text(connection)
        connection.commit()
        check_empty(connection)
        tables = _fitting(connection, reader)
        tenants = _tenants(reader)
        try:
            for table in tables:
                _fill_table(connection, reader, table, tenants)
            for name, (value, used) in reader.manifest.sequences.items():
                _set_sequence(connection, name, value, used)
            for table in tables:
                _compare(connection, reader, table, tenants)
            connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
        except (psycopg.DataError, psycopg.IntegrityError, InsufficientPrivilege) as error:
            raise reader.broken(str(error).splitlines()[0]) from error
        _requeue(connection)
        connection.commit()


def _fitting(connection: Connection, reader: Reader) -> list[Table]:
    """The database's tables, which must be the manifest's, with every column."""
    tables = tables_of(connection)
    named = reader.manifest.tables
    version = reader.manifest.xindun
    for table in tables:
        if set(named.get(table.name, ())) != set(table.columns):
            raise OtherTables(table=table.name, version=version)
    strange = named.keys() - {table.name for table in tables}
    if strange:
        raise OtherTables(table=min(strange), version=version)
    return tables


def _tenants(reader: Reader) -> list[int]:
    return sorted(int(name.rsplit("/", 1)[1]) for name in reader.names("rows/tenants_tenant"))


def _part(table: Table, tenant: int | None) -> str:
    return f"rows/{table.name}/{EVERYBODY if tenant is None else tenant}"


def _columns(reader: Reader, table: Table) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, reader.manifest.tables[table.name]))


def _fill_table(connection: Connection, reader: Reader, table: Table, tenants: list[int]) -> None:
    name, columns = sql.Identifier(table.name), _columns(reader, table)
    if table.triggers:
        # A library's triggers write rows of their own, which the backup holds already.
        connection.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(name))
    connection.execute(sql.SQL("CREATE TEMPORARY TABLE {} (LIKE {})").format(STAGE, name))
    copy_in = sql.SQL("COPY {} ({}) FROM STDIN").format(STAGE, columns)
    insert = sql.SQL("INSERT INTO {} ({}) OVERRIDING SYSTEM VALUE SELECT {} FROM {}").format(
        name, columns, columns, STAGE
    )
    for tenant in table.owners(tenants):
        part = _part(table, tenant)
        if part not in reader.manifest.parts:
            raise reader.broken(f"{part} is missing")
        enter(connection, tenant)
        with connection.cursor().copy(copy_in) as copy:
            for block in reader.blocks(part):
                copy.write(block)
        written = connection.execute(insert).rowcount
        if written != reader.manifest.parts[part].rows:
            raise reader.broken(f"{part} holds {written} rows")
        connection.execute(sql.SQL("TRUNCATE {}").format(STAGE))
    connection.execute(sql.SQL("DROP TABLE {}").format(STAGE))
    if table.triggers:
        # The keys that wait for the commit are checked now: an ALTER TABLE waits for none.
        connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
        connection.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(name))
        connection.execute("SET CONSTRAINTS ALL DEFERRED")


def _set_sequence(connection: Connection, name: str, value: int, used: bool) -> None:
    connection.execute(
        "SELECT setval(oid::regclass, %s, %s) FROM pg_class WHERE relkind = 'S'"
        " AND relnamespace = 'public'::regnamespace AND relname = %s",
        [value, used, name],
    )


def _compare(connection: Connection, reader: Reader, table: Table, tenants: list[int]) -> None:
    """Read a table back: the same query as the backup's must give the same bytes."""
    ordered = replace(table, columns=tuple(reader.manifest.tables[table.name]))
    for tenant in table.owners(tenants):
        enter(connection, tenant)
        digest = sha256()
        for block in exported(connection, ordered):
            digest.update(block)
        part = _part(table, tenant)
        if digest.hexdigest() != reader.manifest.parts[part].sha256:
            raise reader.broken(f"{part} reads back otherwise than it was written")


def _requeue(connection: psycopg.Connection[Any]) -> None:
    """Jobs that ran at the backup's moment have lost their worker: they begin again.

    One whose place in the queue is taken by a waiting job of the same kind is not needed.
    """
    connection.execute(
        "UPDATE procrastinate_jobs j SET status = 'todo', worker_id = NULL"
        " WHERE status = 'doing' AND NOT EXISTS (SELECT FROM procrastinate_jobs o"
        " WHERE o.queueing_lock = j.queueing_lock"
        " AND (o.status = 'todo' OR o.status = 'doing' AND o.id < j.id))"
    )
    connection.execute(
        "UPDATE procrastinate_jobs SET status = 'failed', worker_id = NULL WHERE status = 'doing'"
    )
