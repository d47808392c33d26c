"""Which database Xindun talks to, as which role, and how it is made ready.

Two roles share one database: the app reads and writes under row-level security, the owner runs
migrations. What a reader would get wrong: the user in ``DATABASE_URL`` may be anybody, even a
superuser. Every connection switches to ``xindun_app`` as it opens, or does not open at all.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from xindun.config import embedded
from xindun.config.given import given_secret
from xindun.config.home import secret
from xindun.kernel.errors import DomainError
from xindun.kit.roles import APP_ROLE, OWNER_ROLE

PLAIN_ROLE = "NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS"
UNGUARDED = """
SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
 WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
   AND a.attname = 'tenant_id' AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
 ORDER BY 1
"""
"""Tables of tenants' that show every tenant's rows."""
PREPARE_LOCK = 0x78_69_6E_64_75_6E
"""Advisory lock of everyone who prepares a server: the letters of the name."""


class DatabaseUnreachable(DomainError):
    """No connection to the database."""

    code = "database_unreachable"
    sentence = "The database does not answer: {reason}"


class BadDatabaseUrl(DomainError):
    """``DATABASE_URL`` is not a PostgreSQL URL."""

    code = "bad_database_url"
    sentence = (
        "{variable} is not a PostgreSQL URL ({reason}); write "
        "postgresql://user:password@host:5432/database."
    )


class GrantsMissing(DomainError):
    """The login roles lack rights that only an administrator can give."""

    code = "grants_missing"
    sentence = (
        "{login} may not prepare the database ({reason}). Run these once as an administrator "
        "of the server, in the database {database}:\n{statements}"
    )


class UnsafeRole(DomainError):
    """A role of Xindun's could see every tenant."""

    code = "unsafe_role"
    sentence = (
        "The role {role} bypasses row-level security. Run as an administrator: "
        "ALTER ROLE {role} NOSUPERUSER NOBYPASSRLS;"
    )


class TablesUnguarded(DomainError):
    """Policies are missing."""

    code = "tables_unguarded"
    sentence = "These tables lack forced row-level security: {tables}."


def is_embedded() -> bool:
    """Whether Xindun runs its own server, because ``DATABASE_URL`` names none."""
    return not given_secret("DATABASE_URL")


def app_url() -> str:
    """The URL the application connects with; its sessions run as ``xindun_app``."""
    if is_embedded():
        return embedded.endpoints().app_url
    return _as_role(_given("DATABASE_URL"), APP_ROLE)


def owner_url() -> str:
    """The URL migrations connect with; its sessions run as ``xindun_owner``."""
    if is_embedded():
        return embedded.endpoints().owner_url
    return _as_role(_given("DATABASE_OWNER_URL"), OWNER_ROLE)


def admin_url() -> str:
    """The URL that may create roles and databases: the embedded superuser or the owner's login."""
    return embedded.endpoints().admin_url if is_embedded() else _given("DATABASE_OWNER_URL")


def django_settings(url: str) -> dict[str, Any]:
    """One entry of Django's DATABASES for a libpq URL."""
    parts: dict[str, Any] = {k: v for k, v in conninfo_to_dict(url).items() if v is not None}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", ""),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": str(parts.pop("port", "")),
        "CONN_MAX_AGE": 60,
        # A restarted server costs one probe, not one failed page a worker.
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"application_name": "xindun", **parts},
    }


def prepare() -> bool:
    """Start the embedded server when it is ours, and make roles, database and grants ready.

    Idempotent and quick when nothing is missing.

    Returns:
        Whether this call started the embedded server.

    Raises:
        DatabaseUnreachable: no connection.
        GrantsMissing: an administrator must run the statements it names.
    """
    if not is_embedded():
        _make_ready(admin_url())
        return False
    started = embedded.ensure_running().started
    _create_embedded_database()
    _make_ready(with_database(admin_url(), embedded.DATABASE))
    return started


def check_guarded() -> None:
    """Refuse to go on where a table of tenants' shows every tenant's rows.

    Raises:
        TablesUnguarded: with their names.
    """
    with connected(app_url()) as connection:
        found = [row[0] for row in connection.execute(UNGUARDED)]
    if found:
        raise TablesUnguarded(tables=", ".join(found))


def create_database(name: str, *, template: str = "template0") -> None:
    """Create database ``name`` for the owner role, with extension and grants (tests use it)."""
    with connected(admin_url()) as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {} ENCODING 'UTF8'").format(
                *map(sql.Identifier, (name, OWNER_ROLE, template))
            )
        )
    _make_ready(with_database(admin_url(), name))


def with_database(url: str, name: str) -> str:
    """``url`` pointing at another database of the same server."""
    return make_conninfo(url, dbname=name)


def create_roles_and_grants(url: str, *, app_login: str, owner_login: str) -> None:
    """Bring roles, memberships, grants and the extension of one database into place.

    Only what is missing is run, so a role without the right to grant passes once all stands.
    """
    with connected(url) as connection:
        _one_at_a_time(connection)
        database = connection.info.dbname
        todo = list(_missing(connection, database, app_login, owner_login))
        for position, statement in enumerate(todo):
            try:
                connection.execute(statement)
            except psycopg.errors.InsufficientPrivilege as error:
                rest = "\n".join(f"  {each.as_string()};" for each in todo[position:])
                raise GrantsMissing(
                    login=connection.info.user,
                    reason=str(error).strip().splitlines()[0],
                    database=database,
                    statements=rest,
                ) from error
        for role, superuser, bypasses in connection.execute(
            "SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = ANY(%s)",
            [[APP_ROLE, OWNER_ROLE]],
        ):
            if superuser or bypasses:
                raise UnsafeRole(role=role)


def _missing(
    connection: psycopg.Connection[Any], database: str, app_login: str, owner_login: str
) -> Iterator[sql.Composed]:
    """The statements this database still needs, in the order they must run."""

    def lacks(question: str, *values: str) -> bool:
        row = connection.execute(question, values).fetchone()
        return not (row and row[0])

    names = {
        "app": sql.Identifier(APP_ROLE),
        "owner": sql.Identifier(OWNER_ROLE),
        "database": sql.Identifier(database),
    }
    # Memberships work with SET ROLE; before version 16 every membership did.
    may_set = "SET" if connection.info.server_version >= 160000 else "MEMBER"
    new = {
        role: lacks("SELECT true FROM pg_roles WHERE rolname = %s", role)
        for role in (OWNER_ROLE, APP_ROLE)
    }
    for role in (role for role, is_new in new.items() if is_new):
        create = "CREATE ROLE {} NOLOGIN " + PLAIN_ROLE
        yield sql.SQL(create).format(sql.Identifier(role))
    for login, role in ((owner_login, OWNER_ROLE), (app_login, APP_ROLE)):
        member = "SELECT pg_has_role(%s, %s, %s)"
        if login != role and (new[role] or lacks(member, login, role, may_set)):
            grant = sql.SQL("GRANT {} TO {}")
            yield grant.format(sql.Identifier(role), sql.Identifier(login))
    for role, right, statement in (
        (
            OWNER_ROLE,
            "CREATE",
            "GRANT CONNECT, TEMPORARY, CREATE ON DATABASE {database} TO {owner}",
        ),
        (APP_ROLE, "TEMPORARY", "GRANT CONNECT, TEMPORARY ON DATABASE {database} TO {app}"),
    ):
        if new[role] or lacks("SELECT has_database_privilege(%s, %s, %s)", role, database, right):
            yield sql.SQL(statement).format(**names)
    for role, right, statement in (
        (OWNER_ROLE, "CREATE", "GRANT CREATE, USAGE ON SCHEMA public TO {owner}"),
        (APP_ROLE, "USAGE", "GRANT USAGE ON SCHEMA public TO {app}"),
    ):
        if new[role] or lacks("SELECT has_schema_privilege(%s, 'public', %s)", role, right):
            yield sql.SQL(statement).format(**names)
    if lacks("SELECT true FROM pg_extension WHERE extname = 'pg_trgm'"):
        yield sql.SQL("CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA public").format()


def _make_ready(url: str) -> None:
    create_roles_and_grants(url, app_login=_login(app_url()), owner_login=_login(owner_url()))


def _one_at_a_time(connection: psycopg.Connection[Any]) -> None:
    """Two commands that start at once must not both create a role; the lock ends with us."""
    connection.execute("SELECT pg_advisory_lock(%s)", [PREPARE_LOCK])


def _create_embedded_database() -> None:
    """The embedded server's roles log in themselves, with the passwords of the home."""
    with connected(admin_url()) as connection:
        _one_at_a_time(connection)
        for role, password in ((OWNER_ROLE, "database_owner"), (APP_ROLE, "database_app")):
            found = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
            if found.fetchone() is None:
                connection.execute(
                    sql.SQL("CREATE ROLE {} LOGIN " + PLAIN_ROLE + " PASSWORD {}").format(
                        sql.Identifier(role), sql.Literal(secret(password))
                    )
                )
        found = connection.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", [embedded.DATABASE]
        )
        if found.fetchone() is None:
            create_database(embedded.DATABASE)


def connected(url: str) -> psycopg.Connection[Any]:
    """A connection of its own that commits each statement.

    Raises:
        DatabaseUnreachable: there is none.
    """
    try:
        return psycopg.connect(url, autocommit=True, connect_timeout=10)
    except psycopg.OperationalError as error:
        raise DatabaseUnreachable(reason=str(error).strip()) from error


def _given(variable: str) -> str:
    """A URL from the environment; migrations use the application's unless they have their own."""
    value = given_secret(variable) or given_secret("DATABASE_URL")
    try:
        parts = conninfo_to_dict(value)
    except psycopg.ProgrammingError as error:
        raise BadDatabaseUrl(variable=variable, reason=str(error).strip()) from error
    if not parts.get("dbname"):
        raise BadDatabaseUrl(variable=variable, reason="it names no database")
    return value


def _login(url: str) -> str:
    return str(conninfo_to_dict(url).get("user") or os.environ.get("PGUSER") or "")


def _as_role(url: str, role: str) -> str:
    parts = conninfo_to_dict(url)
    if parts.get("user") == role:
        return url
    options = f"{parts.get('options') or ''} -c role={role}".strip()
    return make_conninfo(url, options=options)
