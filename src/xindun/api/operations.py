"""What every operation of the interface has in common, said in one decorator.

What a reader would get wrong: the checks run in the order of the list in ``_run``, and before the
body is read: a key without the permission learns nothing about what a body would have to be. An
operation that is declared without ``operation`` is found by ``check_guarded`` when the program
starts.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, TypeVar, cast

from django.core.exceptions import RequestDataTooBig
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date, parse_etags
from ninja import NinjaAPI
from ninja.decorators import decorate_view
from ninja.operation import Operation
from ninja.responses import NinjaJSONEncoder
from pydantic import BaseModel

from xindun.api.idempotency import once
from xindun.api.problems import (
    BodyTooLarge,
    NotAcceptable,
    PreconditionFailed,
    Unauthenticated,
    UnknownParameter,
    UnsupportedMediaType,
    problem,
    status_of,
)
from xindun.kernel.errors import DomainError
from xindun.record.tenants.values import Actor, Permission

JSON = "application/json"
CSV = "text/csv"
BYTES = "application/octet-stream"
MULTIPART = "multipart/form-data"
READS = ("GET", "HEAD")
REFUSED = 400
RULES = "xindun_rules"

View = TypeVar("View", bound=Callable[..., Any])
Run = Callable[..., HttpResponseBase]


class UnguardedOperation(Exception):
    """An operation names no permission: the program does not start with it."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """An operation on its way out.

    Attributes:
        deprecated_at: since when programs should use something else (RFC 9745).
        sunset_at: when it may be gone (RFC 8594).
        see: where the replacement is described.
    """

    deprecated_at: datetime
    sunset_at: datetime | None = None
    see: str | None = None

    def headers(self) -> dict[str, str]:
        """The headers that tell a program so."""
        found = {"Deprecation": f"@{int(self.deprecated_at.timestamp())}"}
        if self.sunset_at is not None:
            found["Sunset"] = http_date(self.sunset_at.astimezone(UTC).timestamp())
        if self.see is not None:
            found["Link"] = f'<{self.see}>; rel="deprecation"'
        return found


@dataclass(frozen=True, slots=True)
class Rules:
    """What was declared of an operation; the document is written from the same."""

    permission: Permission
    leaving: Leaving | None
    offers: str
    takes: str
    sparse: bool


def operation(
    permission: Permission,
    *,
    leaving: Leaving | None = None,
    offers: str = JSON,
    takes: str = JSON,
    sparse: bool = False,
) -> Callable[[View], View]:
    """Declare an operation; stands directly above the function, below the router's decorator.

    Args:
        permission: what the key must include.
        leaving: when the operation is deprecated.
        offers: the media type of the answer.
        takes: the media type of the body, if the operation reads one.
        sparse: whether ``fields`` may narrow what is returned.
    """
    rules = Rules(permission, leaving, offers, takes, sparse)

    def declare(view: View) -> View:
        setattr(view, RULES, rules)
        found: View = decorate_view(guarded)(view)
        return found

    return declare


def guarded(run: Run) -> Run:
    """``run`` of one operation with everything that is asked before and done after."""
    operated = cast(Operation, run.__self__)  # type: ignore[attr-defined]
    rules = rules_of(operated)

    def whole(request: HttpRequest, **path: Any) -> HttpResponseBase:
        try:
            response = _run(operated, rules, run, request, path)
        except DomainError as error:
            response = problem(error)
        except RequestDataTooBig:
            response = problem(BodyTooLarge())
        if response.status_code >= REFUSED and transaction.get_connection().in_atomic_block:
            # What was written before the refusal must not stay.
            transaction.set_rollback(True)
        for name, value in (rules.leaving.headers() if rules.leaving else {}).items():
            response.headers[name] = value
        patch_vary_headers(cast(HttpResponse, response), ["Authorization", "Accept-Language"])
        return response

    return whole


def _run(
    operated: Operation, rules: Rules, run: Run, request: HttpRequest, path: dict[str, Any]
) -> HttpResponseBase:
    actor_of(request).check(rules.permission)
    _check_form(request, operated, rules)
    _check_parameters(request, operated)
    if request.method in READS:
        response = run(request, **path)
    else:
        response = once(
            request, operation_id(operated), lambda: cast(HttpResponse, run(request, **path))
        )
    return _tagged(request, response) if request.method in READS else response


def actor_of(request: HttpRequest) -> Actor:
    """Who acts: the holder of the key.

    Raises:
        Unauthenticated: nobody.
    """
    holder = getattr(request, "key_holder", None)
    if holder is None:
        raise Unauthenticated
    actor: Actor = holder.actor
    return actor


def rules_of(operated: Operation) -> Rules:
    """What was declared of an operation.

    Raises:
        UnguardedOperation: nothing was.
    """
    rules = getattr(operated.view_func, RULES, None)
    if rules is None:
        name = f"{operated.view_func.__module__}.{operated.view_func.__name__}"
        raise UnguardedOperation(name)
    return cast(Rules, rules)


def operation_id(operated: Operation) -> str:
    """The stable name of an operation: that of its function."""
    return operated.operation_id or operated.view_func.__name__


def operations_of(api: NinjaAPI) -> Iterator[tuple[str, Operation]]:
    """Every operation with its path below the interface's root."""
    for router in api._get_bound_routers():
        for path, view in router.path_operations.items():
            for each in view.operations:
                yield f"{router.prefix}{path}", each


def check_guarded(api: NinjaAPI) -> None:
    """Refuse to start with an operation that names no permission.

    Raises:
        UnguardedOperation: as the name says.
    """
    for _path, each in operations_of(api):
        rules_of(each)


def parameters_of(operated: Operation) -> frozenset[str]:
    """Names of the operation's query parameters."""
    found: set[str] = set()
    for model in operated.models:
        if model.__ninja_param_source__ == "query":
            found |= set(getattr(model, "__ninja_flatten_map__", None) or model.model_fields)
    return frozenset(found)


def _check_form(request: HttpRequest, operated: Operation, rules: Rules) -> None:
    if not request.accepts(rules.offers):
        raise NotAcceptable(offered=rules.offers)
    reads_body = any(
        model.__ninja_param_source__ in ("body", "form", "file") for model in operated.models
    )
    sent = bool(request.content_type) and request.headers.get("Content-Length") not in (None, "0")
    if reads_body and sent and request.content_type != rules.takes:
        raise UnsupportedMediaType(accepted=rules.takes)


def _check_parameters(request: HttpRequest, operated: Operation) -> None:
    known = parameters_of(operated)
    for name in request.GET:
        if name not in known or len(request.GET.getlist(name)) > 1:
            raise UnknownParameter(parameter=name)


def _tagged(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """A read with its ETag; 304 when the caller has it already.

    The tag is strong: a hash of the bytes, which differ from language to language.
    """
    response.headers.setdefault("Cache-Control", "private, no-cache")
    if response.streaming or response.status_code >= REFUSED:
        return response
    whole = cast(HttpResponse, response)
    whole.headers["ETag"] = etag_of(whole.content)
    found = get_conditional_response(request, whole["ETag"], response=whole) or whole
    if found.status_code == status_of(PreconditionFailed.code):
        raise PreconditionFailed
    return found


def check_match(request: HttpRequest, current: BaseModel) -> None:
    """Refuse a write that was meant for another state than the resource is in now.

    Args:
        request: whose If-Match names the state; without the header anything goes.
        current: the resource as a read would answer it now.

    Raises:
        PreconditionFailed: the header names another state.
    """
    asked = parse_etags(request.headers.get("If-Match", ""))
    if asked and "*" not in asked and etag_of(rendered(current.model_dump())) not in asked:
        raise PreconditionFailed


def rendered(content: Any) -> bytes:
    """JSON as every answer carries it: UTF-8, nothing escaped that need not be."""
    return json.dumps(content, cls=NinjaJSONEncoder, ensure_ascii=False).encode()


def etag_of(content: bytes) -> str:
    """The strong tag of an answer's bytes."""
    return f'"{sha256(content).hexdigest()[:32]}"'
