"""Where a list goes on: opaque, signed, and good for the list it was made for only.

What a reader would get wrong: a cursor holds the last row's place, not a page number, so rows
that come or go meanwhile neither repeat nor hide others. It also pins what the list was read from
(a run), so that all pages tell the same day.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.core.signing import BadSignature, Signer, b64_decode, b64_encode

from xindun.api.problems import InvalidCursor
from xindun.kit.tenancy import current_tenant_id

LONGEST = 2000

Place = dict[str, Any]


def cursor_of(operation: str, asked: Mapping[str, Any], place: Place) -> str:
    """A cursor that goes on behind ``place`` (JSON values) in the list ``asked`` for."""
    content = json.dumps([_list(operation, asked), place], separators=(",", ":"), default=str)
    return _signer().sign(b64_encode(content.encode()).decode())


def place_in(cursor: str | None, operation: str, asked: Mapping[str, Any]) -> Place | None:
    """The place a cursor goes on behind; None without a cursor.

    Raises:
        InvalidCursor: it was not made here, or for another list, order or filter.
    """
    if cursor is None:
        return None
    try:
        content = json.loads(b64_decode(_signer().unsign(cursor[:LONGEST]).encode()))
    except (BadSignature, ValueError) as error:
        raise InvalidCursor from error
    made_for, place = content
    if made_for != _list(operation, asked):
        raise InvalidCursor
    found: Place = place
    return found


def _list(operation: str, asked: Mapping[str, Any]) -> str:
    told = sorted((name, str(value)) for name, value in asked.items() if value is not None)
    return json.dumps([current_tenant_id(), operation, told], ensure_ascii=False)


def _signer() -> Signer:
    return Signer(salt="xindun.api.cursor", sep=".")
