"""Which page of a list an address asks for."""

from __future__ import annotations

from django.http import HttpRequest

DIGITS = 9


def asked_page(request: HttpRequest) -> int:
    """The page in the address; 1 for none or nonsense."""
    text = request.GET.get("page", "")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < DIGITS else 1
