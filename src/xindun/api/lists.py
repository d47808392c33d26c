"""Pages by cursor, and rows with fewer fields: what every list does alike.

What a reader would get wrong: one row more than asked is read, and only tells whether another
page follows.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any, TypeVar, get_args
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from ninja.operation import Operation
from pydantic import BaseModel

from xindun.api.cursors import Place, cursor_of, place_in
from xindun.api.problems import UnknownRowField

Row = TypeVar("Row")
JSON = "application/json; charset=utf-8"
PAGING = frozenset({"limit", "cursor", "fields"})


def asked_list(params: BaseModel) -> dict[str, Any]:
    """What a list was narrowed to and ordered by, without how it is paged."""
    return {
        name: value
        for name, value in params.model_dump(mode="json").items()
        if name not in PAGING and value is not None
    }


def place_of(operation: str, params: Any) -> Place | None:
    """Where the cursor of the parameters goes on.

    Raises:
        InvalidCursor: it belongs to another list.
    """
    return place_in(params.cursor, operation, asked_list(params))


def page_of(
    request: HttpRequest,
    operation: str,
    params: Any,
    rows: Sequence[Row],
    place: Callable[[Row], Place],
) -> tuple[list[Row], str | None]:
    """The rows of a page and the address of the next one.

    Args:
        request: whose path the address takes.
        operation: the list's name, which binds the cursor.
        params: as they were asked.
        rows: up to ``params.limit + 1`` of them.
        place: what the cursor keeps of the last row.
    """
    shown = list(rows[: params.limit])
    if len(rows) <= params.limit:
        return shown, None
    asked = asked_list(params)
    cursor = cursor_of(operation, asked, place(shown[-1]))
    given = {name: request.GET[name] for name in request.GET if name != "cursor"}
    return shown, f"{request.path}?{urlencode({**given, 'cursor': cursor})}"


def row_shape_of(operated: Operation) -> type[BaseModel]:
    """The shape of the rows of a list: that of ``items`` in its answer."""
    page = operated.response_models[200].model_fields["response"].annotation
    found: type[BaseModel] = get_args(page.model_fields["items"].annotation)[0]
    return found


def narrowed(shape: type[BaseModel], fields: str | None) -> frozenset[str] | None:
    """The fields to keep; None for all of them. ``id`` always stays.

    Raises:
        UnknownRowField: a name that the rows do not have.
    """
    if fields is None:
        return None
    names = frozenset(name.strip() for name in fields.split(",") if name.strip())
    known = frozenset(shape.model_fields)
    for name in sorted(names - known):
        raise UnknownRowField(field=name, fields=", ".join(sorted(known)))
    return names | {"id"}


def sparse(page: BaseModel, names: frozenset[str] | None) -> BaseModel | HttpResponse:
    """A page whose ``items`` keep only the named fields; as it is for None."""
    if names is None:
        return page
    include = {name: True for name in type(page).model_fields if name != "items"}
    body = page.model_dump(mode="json", include={**include, "items": {"__all__": set(names)}})
    return HttpResponse(json.dumps(body, ensure_ascii=False), content_type=JSON)
