"""Django's entry for this room: after migrations, the app role gets its rights on the tables of
the libraries (sessions, jobs), which cannot grant them in migrations of their own."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig, apps
from django.db import connections, transaction
from django.db.models.signals import post_migrate

from xindun.kit.roles import APP_ROLE

READ_ONLY = ("django_migrations",)


class KitConfig(AppConfig):
    """App ``kit``."""

    name = "xindun.kit"

    def ready(self) -> None:
        """Listen once, for this app's own turn."""
        post_migrate.connect(grant_library_tables, sender=self)


def grant_library_tables(using: str, **_: Any) -> None:
    """Rights on every table and sequence that no migration of Xindun's governs, all or none."""
    ours = {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("xindun.")
    }
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT relname, relkind FROM pg_class WHERE relnamespace = 'public'::regnamespace"
            " AND relkind IN ('r', 'S') AND pg_has_role(current_user, relowner, 'USAGE')"
        )
        found = cursor.fetchall()
        for name, kind in found:
            if kind == "S":
                # Identity columns need no right on their sequence; older libraries' serials do.
                cursor.execute(f'GRANT USAGE, SELECT ON SEQUENCE "{name}" TO {APP_ROLE}')
            elif name in READ_ONLY:
                cursor.execute(f'GRANT SELECT ON "{name}" TO {APP_ROLE}')
            elif name not in ours:
                cursor.execute(f'GRANT SELECT, INSERT, UPDATE, DELETE ON "{name}" TO {APP_ROLE}')
