"""A database for tests: migrated by the owner role (see ``prepared``), used by the app role.

What a reader would get wrong: tests never touch the data home of the person who runs them, even
when ``XINDUN_HOME`` is set. The embedded server lives in a home of this checkout's own
(``XINDUN_TEST_HOME`` names another); files go to a folder of this run's. ``DATABASE_URL`` is
respected.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from psycopg import sql

if TYPE_CHECKING:
    from tests.guard import Guard

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "test_xindun_"


def _test_home() -> Path:
    """A folder of this checkout and this user, short enough for a socket."""
    token = hashlib.sha256(f"{ROOT}{os.getuid()}".encode()).hexdigest()[:10]
    return Path(tempfile.gettempdir()) / f"xindun-test-{token}"


os.environ["XINDUN_HOME"] = os.environ.get("XINDUN_TEST_HOME") or str(_test_home())


SEEDED = ("tests/edges/web/", "tests/edges/api/")
"""Folders whose tests share companies that were committed once."""


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """With several processes a file's tests, or a seeded folder's, stay in one of them."""
    from xdist.scheduler import LoadScopeScheduling

    class InOneProcess(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = nodeid.partition("::")[0]
            return next((folder for folder in SEEDED if file.startswith(folder)), file)

    return InOneProcess(config, log)


@pytest.fixture(scope="session", autouse=True)
def _settings_of_this_run(
    django_test_environment: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The settings were read before this file; what depends on the home is set again."""
    from django.conf import settings

    settings.XINDUN_HOME = tmp_path_factory.mktemp("xindun-home")
    settings.STATIC_ROOT = settings.XINDUN_HOME / "static"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: pytest.FixtureRequest
) -> Iterator[None]:
    """One database a run, named after this process, so that two runs never share one."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections

    from tests.guard import install
    from tests.prepared import create_migrated_database
    from xindun.config import database, embedded
    from xindun.config.home import create_secrets

    create_secrets()
    started = database.is_embedded() and embedded.ensure_running().started
    if database.is_embedded():
        _commit_without_waiting(database.admin_url())
    database.prepare()
    _drop_databases_of_dead_runs(database.admin_url())
    name = f"{PREFIX}{os.getpid()}"
    _drop(database.admin_url(), name)

    def use(name: str) -> None:
        for alias, url in (("default", database.app_url()), ("owner", database.owner_url())):
            settings.DATABASES[alias].update(
                database.django_settings(database.with_database(url, name))
            )

    def migrate(name: str) -> None:
        use(name)
        with django_db_blocker.unblock():
            call_command("migrate", database="owner", interactive=False, verbosity=0)
            connections.close_all()

    create_migrated_database(name, migrate)
    use(name)
    install(database.with_database(database.owner_url(), name))
    yield
    connections.close_all()
    _drop(database.admin_url(), name)
    if started:
        embedded.stop(only_when_unused=True)


@pytest.fixture(scope="session")
def owner_url(django_db_setup: None) -> str:
    """For the few tests that must look at the test database as its owner."""
    from django.conf import settings

    from xindun.config import database

    name = settings.DATABASES["default"]["NAME"]
    return database.with_database(database.owner_url(), name)


@pytest.fixture(autouse=True)
def evidence_guard(request: pytest.FixtureRequest) -> Iterator[Guard | None]:
    """Fails a test that changes an audited table without evidence; see ``tests/guard.py``.

    A test that changes one on purpose, past the actions, says ``@pytest.mark.unguarded("why")``.
    """
    marked = request.node.get_closest_marker("django_db") is not None
    if not marked and "_django_db_helper" not in request.fixturenames:
        yield None
        return
    from tests.guard import guarding

    request.getfixturevalue("_django_db_helper")
    with guarding(excused=request.node.get_closest_marker("unguarded") is not None) as guard:
        yield guard


def empty_all_tables() -> None:
    """Remove every committed row, as the owner: TRUNCATE is a right the app role does not have."""
    from django.conf import settings

    from xindun.config import database

    url = database.with_database(database.owner_url(), settings.DATABASES["default"]["NAME"])
    with psycopg.connect(url, autocommit=True) as connection:
        rows = connection.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
            " AND relkind = 'r' AND relname NOT IN"
            " ('django_migrations', 'django_content_type', 'auth_permission')"
            # Nothing was ever written where there is no page, and emptying costs new files.
            " AND pg_relation_size(oid) > 0"
        ).fetchall()
        if not rows:
            return
        tables = sql.SQL(", ").join(sql.Identifier(row[0]) for row in rows)
        connection.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY CASCADE").format(tables))


@pytest.fixture(scope="session", autouse=True)
def _flush_as_owner(django_test_environment: None) -> None:
    """Tests with real commits leave nothing behind."""
    from django.test import TransactionTestCase

    TransactionTestCase._fixture_teardown = lambda _case: empty_all_tables()


def _commit_without_waiting(url: str) -> None:
    """Nothing here must survive the machine; tests about crashes make homes of their own."""
    with psycopg.connect(url, autocommit=True) as connection:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(setting)))
        connection.execute("SELECT pg_reload_conf()")


def _drop(url: str, name: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
        connection.execute(statement.format(sql.Identifier(name)))


def _drop_databases_of_dead_runs(url: str) -> None:
    """A killed run leaves its database behind; the next one clears it away."""
    with psycopg.connect(url, autocommit=True) as connection:
        rows = connection.execute(
            "SELECT datname FROM pg_database WHERE datname ~ %s", [f"^{PREFIX}[0-9]+$"]
        ).fetchall()
    for (name,) in rows:
        if not _lives(int(name.removeprefix(PREFIX))):
            _drop(url, name)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data: ``XINDUN_DATA``, else beside the project."""
    folder = Path(os.environ.get("XINDUN_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        message = f"no folder of real ledgers at {folder}; set XINDUN_DATA"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return folder
