"""Ends sessions that are too old or were not used."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from xindun.web.signin import session


class SessionTimes:
    """Signs a person out whose session is over, before anything looks at who asks."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Look at the clock of a session that has one."""
        # A request without a session's cookie is nobody's, and reads none.
        if request.session.session_key and request.user.is_authenticated:
            now = timezone.now()
            if session.is_over(request, now):
                logout(request)
            else:
                session.seen(request, now)
        return self.get_response(request)
