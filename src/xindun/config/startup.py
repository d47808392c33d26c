"""How a command brings Django to life: server, roles, migrations, then the apps.

Every subcommand that needs the database calls ``start`` first and imports Django's models after.
What a reader would get wrong: Django keeps this process's connections open, and the embedded
server would take them for somebody else's; so ``finish`` closes them before it looks.
"""

from __future__ import annotations

import os

from xindun.config import database, embedded
from xindun.config.home import create_secrets


def start(*, migrated: bool = True) -> bool:
    """Make the database answer, migrate it when something is missing, set Django up.

    Args:
        migrated: False leaves the schema as it is, for commands that only look at it.

    Returns:
        Whether this call started the embedded server.
    """
    create_secrets()
    started = database.prepare()
    setup_django()
    if migrated:
        migrate()
    return started


def finish() -> bool:
    """Close this process's connections and stop the embedded server unless another uses it.

    Who started it does not matter: a console that was killed leaves one behind, and the next
    console to end takes it along.

    Returns:
        Whether the embedded server was stopped.
    """
    from django.db import connections

    connections.close_all()
    return database.is_embedded() and embedded.stop(only_when_unused=True)


def setup_django() -> None:
    """Load the settings and the apps; writes nothing and connects to nothing."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xindun.config.settings")
    django.setup()


def pending_migrations() -> list[str]:
    """Names of migrations that are in the package and not in the database."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def migrate() -> list[str]:
    """Apply what is pending, as the owner role; one process at a time, the rest wait.

    Returns:
        The names that were applied.
    """
    from django.core.management import call_command
    from django.db import connections

    if not _was_migrated() or pending_migrations():
        with connections["owner"].cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [database.PREPARE_LOCK])
            before = pending_migrations() if _was_migrated() else ["all"]
            if before:
                call_command("migrate", database="owner", interactive=False, verbosity=0)
            cursor.execute("SELECT pg_advisory_unlock(%s)", [database.PREPARE_LOCK])
        connections["owner"].close()
        return before
    return []


def _was_migrated() -> bool:
    """Whether a migration ever ran to its end, when the app is granted this table among others."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT has_table_privilege(to_regclass('public.django_migrations'), 'SELECT')"
        )
        return bool(cursor.fetchone()[0])
