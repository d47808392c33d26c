"""A database of its own for a bench: made in a temporary home, gone afterwards."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path


@contextmanager
def own_house() -> Iterator[Path]:
    """Start Xindun's embedded server in a new home; the home's path.

    ``DATABASE_URL`` is set aside: a bench must never fill a database that somebody uses.
    """
    home = Path(tempfile.mkdtemp(prefix="xindun-bench-"))
    home.chmod(0o711)
    os.environ["XINDUN_HOME"] = str(home)
    os.environ.pop("DATABASE_URL", None)
    os.environ.pop("DATABASE_OWNER_URL", None)
    from xindun.config import embedded, startup

    try:
        startup.start()
        yield home
    finally:
        from django.db import connections

        connections.close_all()
        embedded.stop()
        shutil.rmtree(home, ignore_errors=True)


def new_tenant(name: str) -> int:
    """A tenant to import into."""
    from xindun.record.tenants.actions import create_tenant
    from xindun.record.tenants.values import NewTenant

    new = NewTenant(name=name, base_currency="EUR", time_zone="Europe/Berlin", country="DE")
    return create_tenant(new, actor="system:bench", now=datetime.now(UTC)).id
