"""Whole numbers in an address, such as the page of a list, and pages of short lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.http import HttpRequest

from xindun.kernel.paging import page_place

DIGITS = 18


def number_in(request: HttpRequest, name: str) -> int:
    """A whole number in the address; 0 for none or nonsense."""
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < DIGITS else 0


def asked_page(request: HttpRequest) -> int:
    """The page in the address, at least 1."""
    return max(1, number_in(request, "page"))


T = TypeVar("T")
PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class Slice(Generic[T]):
    """One page of a list that is short enough to be read whole."""

    rows: list[T]
    total: int
    page: int
    pages: int


def sliced(rows: Sequence[T], page: int) -> Slice[T]:
    """A page of ``rows``; a page behind the last is the last."""
    at = page_place(len(rows), page, PAGE_SIZE)
    shown = rows[at.start : at.stop]
    return Slice(list(shown), len(rows), at.page, at.pages)
