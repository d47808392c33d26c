"""``DATABASE_URL`` may log in as anybody; the application still runs as its own role.

The "server of the user's own" here is the embedded one, in a database that nobody prepared.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

from xindun.config import database, embedded
from xindun.kernel.errors import DomainError

NAME = f"test_xindun_own_{os.getpid()}"


@pytest.fixture
def admin() -> Iterator[str]:
    """The URL of a superuser in a fresh database."""
    if not database.is_embedded():
        pytest.skip("needs a superuser; DATABASE_URL names a server of your own")
    embedded.ensure_running()
    database.prepare()
    server = embedded.endpoints().admin_url
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(NAME)))
    yield make_conninfo(server, dbname=NAME)
    with psycopg.connect(server, autocommit=True) as connection:
        statement = sql.SQL("DROP DATABASE {} WITH (FORCE)")
        connection.execute(statement.format(sql.Identifier(NAME)))


@pytest.fixture
def plain_login(admin: str) -> Iterator[str]:
    """The URL of a login without any right."""
    role = sql.Identifier(f"{NAME}_login")
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE ROLE {} LOGIN PASSWORD 'x'").format(role))
    yield make_conninfo(admin, user=f"{NAME}_login", password="x")
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP OWNED BY {}").format(role))
        connection.execute(sql.SQL("DROP ROLE {}").format(role))


def who(url: str) -> tuple[object, ...] | None:
    with psycopg.connect(url) as connection:
        return connection.execute(
            "SELECT current_user::text, current_setting('is_superuser')"
        ).fetchone()


def test_a_superusers_url_runs_as_the_app_all_the_same(
    admin: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", admin)
    assert database.prepare() is False
    assert who(database.app_url()) == ("xindun_app", "off")
    assert who(database.owner_url()) == ("xindun_owner", "off")
    with psycopg.connect(admin) as connection:
        row = connection.execute("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")
        assert row.fetchone() == (1,)


def test_django_connects_as_the_app_too(admin: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", admin)
    settings = database.django_settings(database.app_url())
    assert settings["NAME"] == NAME
    assert settings["OPTIONS"]["options"] == "-c role=xindun_app"


def test_a_login_without_rights_is_told_what_to_grant(
    plain_login: str, admin: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", plain_login)
    with pytest.raises(database.GrantsMissing) as refusal:
        database.prepare()
    text = str(refusal.value)
    assert f'GRANT "xindun_app" TO "{NAME}_login";' in text
    assert "pg_trgm" in text
    with psycopg.connect(admin, autocommit=True) as connection:
        for statement in str(refusal.value.params["statements"]).splitlines():
            connection.execute(statement.strip().encode())
    assert database.prepare() is False
    assert who(database.app_url()) == ("xindun_app", "off")


def test_a_role_that_bypasses_row_security_is_refused(
    admin: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", admin)
    database.prepare()
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute("ALTER ROLE xindun_app BYPASSRLS")
        try:
            with pytest.raises(database.UnsafeRole, match="xindun_app"):
                database.prepare()
        finally:
            connection.execute("ALTER ROLE xindun_app NOBYPASSRLS")


def test_the_owner_may_have_a_url_of_its_own(
    admin: str, plain_login: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", plain_login)
    monkeypatch.setenv("DATABASE_OWNER_URL", admin)
    database.prepare()
    assert who(database.app_url()) == ("xindun_app", "off")
    with psycopg.connect(plain_login) as connection, pytest.raises(psycopg.Error):
        connection.execute("SET ROLE xindun_owner")


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("mysql://localhost/x", "bad_database_url"),
        ("postgresql://localhost", "bad_database_url"),
        ("postgresql://u:p@127.0.0.1:1/x?connect_timeout=2", "database_unreachable"),
    ],
)
def test_a_url_that_leads_nowhere_is_said_plainly(
    url: str, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.delenv("DATABASE_OWNER_URL", raising=False)
    with pytest.raises(DomainError) as refusal:
        database.prepare()
    assert refusal.value.code == code
