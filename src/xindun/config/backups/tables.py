"""Which tables a backup holds, and how their rows are read and written: by the catalogue.

What a reader would get wrong: neither role may bypass row-level security, so rows are copied one
tenant after the other, in one snapshot, each with its tenant set. A table that no rule below
knows how to read refuses the backup, rather than being left out of it in silence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from graphlib import TopologicalSorter
from typing import Any

import psycopg
from psycopg import sql

from xindun.kernel.errors import DomainError

Connection = psycopg.Connection[Any]

LEFT_OUT = {
    "django_migrations": "made by the migrations of the restore",
    "django_content_type": "made by the migrations of the restore",
    "auth_permission": "made by the migrations of the restore",
    "django_cache": "made again when it is missed",
    "django_session": "a session that was ended since must not come back",
    "procrastinate_workers": "workers of another time",
}
"""Tables without their rows, and why."""

STORED_FILES = {
    "receivables_import_batch": ("file_sha256", "rejects_sha256"),
    "bureau_enquiry": ("file_sha256", "mapping_sha256"),
    "company_file_document": ("file_sha256",),
    "models_version": ("file_sha256",),
}
"""Columns that name content-addressed files; a test looks for columns that are missing here."""

TENANTS = "tenants_tenant"
# The same text in the backup and after the restore, whatever a server's defaults are.
TEXT_SETTINGS = {
    "datestyle": "ISO, YMD",
    "intervalstyle": "postgres",
    "timezone": "UTC",
    "extra_float_digits": "1",
    "bytea_output": "hex",
    "client_encoding": "UTF8",
    "statement_timeout": "0",
    "idle_in_transaction_session_timeout": "0",
    "lock_timeout": "0",
}


class UnknownTable(DomainError):
    """A table under row-level security without a column that says whose a row is."""

    code = "backup_unknown_table"
    sentence = "The table {table} cannot be backed up: no column says whose its rows are."


@dataclass(frozen=True, slots=True)
class Table:
    """How one table is copied.

    Attributes:
        columns: all but generated ones.
        cut: columns that point at rows which are left out; copied as null.
        key: the primary key with its collation settled, which orders the rows.
        tenant_column: what holds the tenant's id; None where rows are everybody's.
        references: other tables that must be filled before.
    """

    name: str
    columns: tuple[str, ...]
    key: tuple[tuple[str, bool], ...]
    tenant_column: str | None
    references: frozenset[str]
    triggers: bool
    cut: frozenset[str] = frozenset()

    def query(self) -> sql.Composed:
        """The rows of one tenant (or all), in the order of the key."""
        names = sql.SQL(", ").join(
            sql.SQL("NULL") if column in self.cut else sql.Identifier(column)
            for column in self.columns
        )
        order = sql.SQL(", ").join(
            sql.SQL('{} COLLATE "C"' if is_text else "{}").format(sql.Identifier(column))
            for column, is_text in self.key
        )
        where = (
            sql.SQL(" WHERE {} = {}").format(
                sql.Identifier(self.tenant_column),
                sql.SQL("current_setting('xindun.tenant_id')::bigint"),
            )
            if self.tenant_column
            else sql.SQL("")
        )
        return sql.SQL("SELECT {} FROM {}{} ORDER BY {}").format(
            names, sql.Identifier(self.name), where, order
        )

    def owners(self, tenants: list[int]) -> list[int | None]:
        """Whose rows are copied, one after the other: each tenant's, or everybody's at once."""
        return list(tenants) if self.tenant_column else [None]


def use_plain_text(connection: Connection) -> None:
    """Settings of this session under which equal rows give equal bytes."""
    for name, value in TEXT_SETTINGS.items():
        connection.execute("SELECT set_config(%s, %s, false)", [name, value])


def enter(connection: Connection, tenant: int | None) -> None:
    """Set the tenant for the running transaction; None for none."""
    connection.execute(
        "SELECT set_config('xindun.tenant_id', %s, true)", ["" if tenant is None else str(tenant)]
    )


def tenant_ids(connection: Connection) -> list[int]:
    """Every tenant's id, as the owner, who alone may read across tenants."""
    rows = connection.execute(f"SELECT id FROM {TENANTS} ORDER BY id")
    return [row[0] for row in rows]


def exported(connection: Connection, table: Table) -> Iterator[bytes]:
    """The rows of the tenant that is set, as COPY's text in blocks of whole rows."""
    statement = sql.SQL("COPY ({}) TO STDOUT").format(table.query())
    gathered = bytearray()
    with connection.cursor().copy(statement) as copy:
        for row in copy:
            gathered += row
            if len(gathered) >= 1 << 18:
                yield bytes(gathered)
                gathered.clear()
    if gathered:
        yield bytes(gathered)


def tables_of(connection: Connection) -> list[Table]:
    """The tables of the database that a backup holds, referenced ones first.

    Raises:
        UnknownTable: one that this module does not know how to read.
    """
    found = {table.name: table for table in _read_catalogue(connection)}
    graph = {name: table.references & found.keys() for name, table in sorted(found.items())}
    return [found[name] for name in TopologicalSorter(graph).static_order()]


def sequences_of(connection: Connection) -> dict[str, tuple[int, bool]]:
    """Every sequence's last value, so that no id is given twice after a restore."""
    names = connection.execute(
        "SELECT c.relname FROM pg_class c WHERE c.relkind = 'S'"
        " AND c.relnamespace = 'public'::regnamespace ORDER BY 1"
    ).fetchall()
    found = {}
    for (name,) in names:
        query = sql.SQL("SELECT last_value, is_called FROM {}").format(sql.Identifier(name))
        row = connection.execute(query).fetchone()
        if row:
            found[name] = (int(row[0]), bool(row[1]))
    return found


def migrations_of(connection: Connection) -> dict[str, list[str]]:
    """The migrations applied, by app."""
    found: dict[str, list[str]] = {}
    rows = connection.execute("SELECT app, name FROM django_migrations ORDER BY id")
    for app, name in rows:
        found.setdefault(app, []).append(name)
    return found


def _read_catalogue(connection: Connection) -> Iterator[Table]:
    rows = connection.execute(
        """
        SELECT c.relname, c.relrowsecurity,
               (SELECT array_agg(a.attname::text ORDER BY a.attnum) FROM pg_attribute a
                 WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                   AND a.attgenerated = ''),
               (SELECT array_agg(a.attname::text ORDER BY o) FROM pg_index i,
                       unnest(i.indkey) WITH ORDINALITY u(n, o), pg_attribute a
                 WHERE i.indrelid = c.oid AND i.indisprimary
                   AND a.attrelid = c.oid AND a.attnum = u.n),
               (SELECT array_agg(a.attname::text) FROM pg_attribute a
                 WHERE a.attrelid = c.oid AND a.attcollation <> 0),
               (SELECT array_agg(DISTINCT k.confrelid::regclass::text) FROM pg_constraint k
                 WHERE k.contype = 'f' AND k.conrelid = c.oid AND k.confrelid <> c.oid),
               EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal),
               (SELECT array_agg(a.attname::text) FROM pg_constraint k, pg_attribute a
                 WHERE k.contype = 'f' AND k.conrelid = c.oid AND a.attrelid = c.oid
                   AND a.attnum = ANY (k.conkey) AND k.confrelid::regclass::text = ANY (%s))
          FROM pg_class c
         WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
         ORDER BY 1
        """,
        [list(LEFT_OUT)],
    ).fetchall()
    for name, guarded, columns, key, texts, references, triggers, cut in rows:
        if name in LEFT_OUT:
            continue
        yield Table(
            name=name,
            columns=tuple(columns),
            key=tuple((column, column in (texts or [])) for column in key or columns),
            tenant_column=_tenant_column(name, guarded, columns),
            references=frozenset(references or []),
            triggers=triggers,
            cut=frozenset(cut or []),
        )


def _tenant_column(name: str, guarded: bool, columns: list[str]) -> str | None:
    if name == TENANTS:
        return "id"
    if not guarded:
        return None
    if "tenant_id" not in columns:
        raise UnknownTable(table=name)
    return "tenant_id"
