"""Who may see a screen: members of a company with the permission that the screen names.

What a reader would get wrong: the scope itself was opened by the middleware; this only turns
"nobody" into a sign-in, "no company" and "not your role" into pages that say so. The permission
stays on the view as an attribute, where the matrix of addresses and roles finds it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils.cache import patch_vary_headers
from django_htmx.http import HttpResponseClientRedirect

from xindun.kit.tenancy import has_tenant
from xindun.record.evidence.actions import on_behalf_of
from xindun.record.signin.reads import must_add_second_factor
from xindun.record.tenants.values import Actor, Permission

View = Callable[..., HttpResponseBase]
LOOKING = ("GET", "HEAD")


def signed_in(view: View) -> View:
    """Let anybody through who has signed in, with a company or without."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _to_sign_in(request)
        return view(request, *args, **kwargs)

    guarded.permission = None  # type: ignore[attr-defined]
    return guarded


def allowed(
    permission: Permission,
    *,
    to_change: Permission | None = None,
    before_second_factor: bool = False,
) -> Callable[[View], View]:
    """Let members with the permission through; others sign in, or read why they may not.

    Args:
        permission: what the view needs.
        to_change: what it needs instead for anything but looking (POST), where one address does
            both.
        before_second_factor: whether a person without the second factor that the company asks
            for may come here; everywhere else they are led to set one up first.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _to_sign_in(request)
            if not has_tenant():
                return render(request, "web/errors/no_company.html", status=403)
            if not before_second_factor and must_add_second_factor(request.user.pk):
                return _elsewhere(request, resolve_url("security"))
            needed = permission if request.method in LOOKING else to_change or permission
            actor = actor_of(request)
            if not actor.may(needed):
                return render(request, "web/errors/not_your_role.html", status=403)
            loan = actor.lent(needed)
            if loan is None:
                return view(request, *args, **kwargs)
            with on_behalf_of(f"{loan.giver} delegation:{loan.public_id}"):
                return view(request, *args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        guarded.to_change = to_change or permission  # type: ignore[attr-defined]
        return guarded

    return guard


def confirmed(view: View) -> View:
    """Let a change through only minutes after the person has proved who they are.

    Somebody who sits down at an open console makes no key and no owner. Who has to confirm comes
    back to the change they asked for. Stands below ``allowed``; looking needs no confirmation.
    """
    asking: View = reauthentication_required(app="xindun")(view)

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return (view if request.method in LOOKING else asking)(request, *args, **kwargs)

    return guarded


def confirmed_to_see(view: View) -> View:
    """The same for what leaves by looking, such as a download of personal data."""
    asking: View = reauthentication_required(app="xindun")(view)
    return asking


def _to_sign_in(request: HttpRequest) -> HttpResponseBase:
    if is_partial(request):
        return HttpResponseClientRedirect(resolve_url("login"))
    return redirect_to_login(request.get_full_path(), resolve_url("login"))


def _elsewhere(request: HttpRequest, address: str) -> HttpResponseBase:
    """Send the whole browser to another page, also out of a part of one."""
    if is_partial(request):
        return HttpResponseClientRedirect(address)
    return HttpResponseRedirect(address)


def is_partial(request: HttpRequest) -> bool:
    """Whether HTMX wants a part of the page; going back in history wants all of it."""
    htmx: Any = getattr(request, "htmx", None)
    return bool(htmx) and not htmx.history_restore_request


def whole_or_part(
    request: HttpRequest, whole: str, part: str, context: dict[str, Any]
) -> HttpResponse:
    """The template ``part`` for HTMX, else ``whole``; caches keep the two apart."""
    response = render(request, part if is_partial(request) else whole, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def actor_of(request: HttpRequest) -> Actor:
    """The signed-in person in their company, as actions and evidence know them."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor
