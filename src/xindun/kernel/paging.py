"""Which rows of a list stand on the page that was asked for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PagePlace:
    """A page that exists, and its rows as the half-open range from ``start`` to ``stop``."""

    page: int
    pages: int
    start: int
    stop: int


def page_place(total: int, asked: int, size: int) -> PagePlace:
    """The place of page ``asked`` (from 1) among ``total`` rows, ``size`` a page.

    A page before the first is the first, one behind the last is the last; an empty list has one.

    >>> page_place(41, 9, 20)
    PagePlace(page=3, pages=3, start=40, stop=60)
    """
    pages = max(1, -(-total // size))
    page = min(max(asked, 1), pages)
    return PagePlace(page, pages, (page - 1) * size, page * size)
