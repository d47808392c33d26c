"""Per request: the headers that keep a browser strict, and a bound on what may be sent.

What a reader would get wrong: a form's body is read before any view runs, because the check of
its token needs it. So the bound must stand in a middleware, or anybody could fill the disk with
an upload to the sign-in page.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils.module_loading import import_string

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class SecurityHeaders:
    """Sends ``settings.CONTENT_SECURITY_POLICY`` and ``settings.SECURITY_HEADERS``.

    A view that sets one of them itself keeps its own.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.headers = dict(settings.SECURITY_HEADERS)
        self.headers["Content-Security-Policy"] = "; ".join(
            f"{directive} {sources}".strip()
            for directive, sources in settings.CONTENT_SECURITY_POLICY.items()
        )

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Add the headers to every response."""
        response = self.get_response(request)
        for name, value in self.headers.items():
            response.headers.setdefault(name, value)
        return response


class RequestSize:
    """Refuses a body before it is read: small ones anywhere, large ones where uploads belong.

    ``settings.XINDUN_UPLOADS`` maps the names of addresses to the most bytes they take, and only
    from somebody signed in or with a key; ``settings.TOO_LARGE_VIEW`` answers the rest.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.answer = cast(
            "Callable[[HttpRequest], HttpResponseBase]", import_string(settings.TOO_LARGE_VIEW)
        )

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Look at the announced length; a body of unannounced length is not read at all."""
        try:
            length = int(request.META.get("CONTENT_LENGTH") or 0)
        except ValueError:
            length = 0
        if length > settings.DATA_UPLOAD_MAX_MEMORY_SIZE and length > _most(request):
            return self.answer(request)
        return self.get_response(request)


def _most(request: HttpRequest) -> int:
    known = hasattr(request, "key_holder") or request.user.is_authenticated
    if not known:
        return 0
    try:
        name = resolve(request.path_info).view_name
    except Resolver404:
        return 0
    return int(settings.XINDUN_UPLOADS.get(name, 0))
