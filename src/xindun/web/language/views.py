"""The language switch; the choice is kept in a cookie and, for a signed-in person, for good."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from xindun.record.tenants.actions import set_language
from xindun.record.tenants.values import Language


@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """Take the chosen language and go back to where the person was."""
    try:
        language = Language(request.POST.get("language", ""))
    except ValueError:
        return HttpResponseBadRequest()
    if request.user.is_authenticated:
        set_language(user_id=request.user.pk, language=language)
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    keep_language(response, language)
    return response


def keep_language(response: HttpResponse, language: Language) -> None:
    """Remember the language in this browser."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language.value,
        max_age=365 * 24 * 3600,
        samesite="Lax",
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
    )
