"""Whole numbers in an address, such as the page of a list."""

from __future__ import annotations

from django.http import HttpRequest

DIGITS = 18


def number_in(request: HttpRequest, name: str) -> int:
    """A whole number in the address; 0 for none or nonsense."""
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < DIGITS else 0


def asked_page(request: HttpRequest) -> int:
    """The page in the address, at least 1."""
    return max(1, number_in(request, "page"))
