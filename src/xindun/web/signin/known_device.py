"""A browser that signed in before has its own count of wrong guesses.

Why: who guesses at an account from elsewhere makes it wait; the account's owner, at a browser
that has been let in before, does not wait with them. The cookie lets nobody in: it only says
which count a guess goes to. It names the account by a keyed hash, and nobody else.
"""

from __future__ import annotations

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

COOKIE = "xindun_known"
SALT = "xindun.signin.known"
LASTS_SECONDS = 180 * 24 * 3600


def device_of(request: HttpRequest, email: str) -> str:
    """The mark of this browser for the account; empty when it never signed in to it."""
    try:
        account, mark = signing.loads(
            request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=LASTS_SECONDS
        )
    except (signing.BadSignature, ValueError, TypeError):
        return ""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return str(mark) if account in [_account(email, key) for key in keys] else ""


def remember_device(request: HttpRequest, response: HttpResponse, email: str) -> None:
    """Mark the browser as one that signed in to the account."""
    mark = device_of(request, email) or secrets.token_urlsafe(16)
    response.set_cookie(
        COOKIE,
        signing.dumps([_account(email, settings.SECRET_KEY), mark], salt=SALT),
        max_age=LASTS_SECONDS,
        path="/login/",
        httponly=True,
        samesite="Strict",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def _account(email: str, key: str) -> str:
    return salted_hmac(SALT, email, key, algorithm="sha256").hexdigest()[:32]
