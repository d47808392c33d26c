"""A small register, committed once a file of tests: the app may only read it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.db import connections

from xindun.record.parties.actions import load_register
from xindun.record.parties.values import Loaded, RegisterLink, RegisterRow

Load = Callable[..., Loaded]


@pytest.fixture(scope="module")
def load(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Load]:
    """Load rows as the owner does; everything is removed after the file."""

    def take(rows: list[RegisterRow], links: list[RegisterLink] | None = None) -> Loaded:
        with django_db_blocker.unblock():  # type: ignore[attr-defined]
            try:
                return load_register("synthetic", rows, links or [])
            finally:
                connections["owner"].close()

    yield take
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        with connections["owner"].cursor() as cursor:
            for table in ("entity_identifier", "entity_link", "gram", "legal_entity"):
                cursor.execute(f"delete from parties_{table}")
        connections["owner"].close()
