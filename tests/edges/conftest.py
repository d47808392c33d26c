"""What the folders of edges share: committed companies are gone when a folder's tests are done."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.conftest import empty_all_tables


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """A folder's fixture ``seed`` commits companies for all its tests; the last one clears up.

    After the last test of a run there is nothing to clear: its database is gone by then.
    """
    yield
    leaves = nextitem is not None and nextitem.path.parent != item.path.parent
    if leaves and "seed" in getattr(item, "fixturenames", ()):
        empty_all_tables()
