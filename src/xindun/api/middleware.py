"""Around every request under ``/api/``: whose key it carries, its share, and nothing but problems.

What a reader would get wrong: the key is looked up here, before the request's transaction opens,
because it says which tenant that is. Whether the key may do what is asked is the operation's
question. A browser's session means nothing here.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone

from xindun.api.problems import MEDIA_TYPE, TooManyRequests, of_status, problem
from xindun.api.rates import take
from xindun.record.tenants.actions import note_key_use
from xindun.record.tenants.reads import KeyRefused, key_actor
from xindun.record.tenants.values import KeyHolder

PREFIX = "/api/"
SCHEME = "bearer"
FAULT = 400


GetResponse = Callable[[HttpRequest], HttpResponseBase]


class ProblemMiddleware:
    """Turns whatever else refuses a request under ``/api/`` into a problem.

    It stands outside ``KeyMiddleware``, so that a database that does not answer is one too.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on and look at what comes back."""
        response = self.get_response(request)
        return as_problem(response) if request.path_info.startswith(PREFIX) else response


class KeyMiddleware:
    """Looks up the key of a request under ``/api/`` and counts the request."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Admit the holder of a key; anybody else is the operation's to refuse."""
        holder = holder_of(request) if request.path_info.startswith(PREFIX) else None
        if holder is None:
            return self.get_response(request)
        request.key_holder = holder  # type: ignore[attr-defined]
        share = take(holder.tenant_id, holder.actor.name)
        if share.refused:
            response: HttpResponseBase = problem(TooManyRequests(seconds=share.wait_seconds))
        else:
            response = self.get_response(request)
        for name, value in share.headers().items():
            response.headers[name] = value
        return response


def holder_of(request: HttpRequest) -> KeyHolder | None:
    """Who presents a valid key; None for anybody else, whatever is wrong with theirs."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != SCHEME or not token:
        return None
    now = timezone.now()
    try:
        holder = key_actor(token.strip(), now)
    except KeyRefused:
        return None
    if holder.note_due:
        note_key_use(holder, now=now)
    return holder


def as_problem(response: HttpResponseBase) -> HttpResponseBase:
    """An error page from below the operations as a problem; anything else as it is."""
    kind = response.headers.get("Content-Type", "")
    if response.status_code < FAULT or kind.startswith(MEDIA_TYPE):
        return response
    found: HttpResponse = of_status(response.status_code)
    for name, value in response.headers.items():
        if name != "Content-Type":
            found.headers.setdefault(name, value)
    return found
