"""A page that is asked for always exists."""

from __future__ import annotations

import pytest

from xindun.kernel.paging import PagePlace, page_place


@pytest.mark.parametrize(
    ("total", "asked", "place"),
    [
        (0, 1, PagePlace(1, 1, 0, 20)),
        (0, 7, PagePlace(1, 1, 0, 20)),
        (20, 1, PagePlace(1, 1, 0, 20)),
        (21, 2, PagePlace(2, 2, 20, 40)),
        (41, 9, PagePlace(3, 3, 40, 60)),
        (41, -3, PagePlace(1, 3, 0, 20)),
    ],
)
def test_a_page_before_the_first_or_behind_the_last_is_that_one(
    total: int, asked: int, place: PagePlace
) -> None:
    assert page_place(total, asked, 20) == place
