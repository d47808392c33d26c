"""Who may see a screen: members of a company, inside that company's scope.

What a reader would get wrong: the scope itself was opened by the middleware; this only turns
"nobody" into a sign-in and "no company" into a page that says so.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render, resolve_url
from django_htmx.http import HttpResponseClientRedirect

from xindun.kit.tenancy import has_tenant

View = Callable[..., HttpResponseBase]


def member_only(view: View) -> View:
    """Let only signed-in members through; others sign in, or read that they belong nowhere."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            if is_partial(request):
                return HttpResponseClientRedirect(resolve_url("login"))
            return redirect_to_login(request.get_full_path(), resolve_url("login"))
        if not has_tenant():
            return render(request, "web/errors/no_company.html", status=403)
        return view(request, *args, **kwargs)

    return guarded


def is_partial(request: HttpRequest) -> bool:
    """Whether HTMX wants a part of the page; going back in history wants all of it."""
    htmx: Any = getattr(request, "htmx", None)
    return bool(htmx) and not htmx.history_restore_request


def actor_of(request: HttpRequest) -> str:
    """The signed-in person as evidence names an actor."""
    return f"user:{getattr(request.user, 'public_id', '')}"
