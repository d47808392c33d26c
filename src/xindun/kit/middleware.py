"""Per request: its id, and the tenant of who asks.

What a reader would get wrong: the request of a signed-in member is one transaction. A response
that is streamed is made after that transaction has ended, so it re-enters the tenant's scope.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any, cast

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse

from xindun.kernel.identifiers import new_public_id
from xindun.kit.tenancy import stream_in_scope, tenant_scope

GetResponse = Callable[[HttpRequest], HttpResponseBase]
SERVER_ERROR = 500
FAILED = "_tenant_transaction_failed"
REQUEST_ID = "X-Request-Id"
SANE_ID = re.compile(r"[A-Za-z0-9._:/+=-]{1,128}")

_request_id: ContextVar[str] = ContextVar("request_id", default="")


def current_request_id() -> str:
    """The id of the request that this thread is at; empty outside a request."""
    return _request_id.get()


class RequestId:
    """Gives every request an id, which the answer and the log repeat.

    A caller's own ``X-Request-Id`` is kept when it is short and plain; anything else could forge
    lines of the log, and is replaced.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Set the id around everything further in, and on the answer."""
        asked = request.headers.get(REQUEST_ID, "")
        chosen = asked if SANE_ID.fullmatch(asked) else str(new_public_id())
        token = _request_id.set(chosen)
        try:
            response = self.get_response(request)
        finally:
            _request_id.reset(token)
        response.headers[REQUEST_ID] = chosen
        return response


class TenantMiddleware:
    """Runs the view inside the scope of ``request.tenant_id``, in one transaction.

    ``settings.TENANT_OF_REQUEST`` names the function that answers which tenant a request is for
    (None for nobody's): this room knows no business word.
    """

    def __init__(self, get_response: GetResponse) -> None:
        from django.utils.module_loading import import_string

        self.get_response = get_response
        self.tenant_of = cast(
            "Callable[[HttpRequest], int | None]", import_string(settings.TENANT_OF_REQUEST)
        )

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Open the scope around everything further in."""
        tenant_id = self.tenant_of(request)
        if tenant_id is None:
            return self.get_response(request)
        with tenant_scope(tenant_id):
            response = self.get_response(request)
            if hasattr(request, FAILED) or response.status_code >= SERVER_ERROR:
                # Django turned an exception into a page; its writes must not stay.
                transaction.set_rollback(True)
        if isinstance(response, StreamingHttpResponse) and not response.is_async:
            response.streaming_content = stream_in_scope(
                tenant_id, cast("Any", response.streaming_content)
            )
        return response

    def process_exception(self, request: HttpRequest, _exception: Exception) -> None:
        """Remember that the view raised, also when the answer is a mere 403 or 404."""
        setattr(request, FAILED, True)
