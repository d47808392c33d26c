"""Sign-in, its second step, sign-out, and a forgotten password: allauth's views in our pages."""

from __future__ import annotations

from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.webauthn import views as passkeys
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _

from xindun.web.signin.adapter import as_attribute


class SignIn(account.LoginView):  # type: ignore[misc]
    """Asks for address and password; somebody already signed in goes on to the console."""

    template_name = "web/signin/page.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the page offers besides the password."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        provider = settings.OIDC.name if settings.OIDC else ""
        return context | {"next": self.get_next_url() or "", "provider": provider}


class SignOut(account.LogoutView):  # type: ignore[misc]
    """Ends the session; a POST only, so that no link can do it."""

    def get(self, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Refuse."""
        return HttpResponseNotAllowed(["POST"])


class SecondStep(factors.AuthenticateView):  # type: ignore[misc]
    """Asks for a code or a passkey after the password."""

    template_name = "web/signin/second_step.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The passkey's options only where the person has one."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        options = context.get("js_data", {}).get("request_options")
        known = bool(options and options.get("publicKey", {}).get("allowCredentials"))
        return context | {"options": as_attribute(options) if known else ""}


class PasskeySignIn(passkeys.LoginWebAuthnView):  # type: ignore[misc]
    """Signs in by a passkey alone: it is something the person has and knows, or is."""


class AskForReset(account.PasswordResetView):  # type: ignore[misc]
    """Asks whose password was forgotten."""

    template_name = "web/signin/forgotten.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether mails go out at all."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"mail": settings.MAIL_IS_SET_UP}


class ResetAsked(account.PasswordResetDoneView):  # type: ignore[misc]
    """Says that a mail comes, if the address is known."""

    template_name = "web/signin/mail_sent.html"


@method_decorator(transaction.atomic, name="dispatch")
class NewPassword(account.PasswordResetFromKeyView):  # type: ignore[misc]
    """Takes the new password; password and evidence are written together."""

    template_name = "web/signin/new_password.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Nobody's key and an old one read alike."""
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer

    def form_valid(self, form: Any) -> HttpResponse:
        """Back to sign-in, where the new password is typed once more."""
        answer: HttpResponse = super().form_valid(form)
        messages.success(self.request, _("Sign in with your new password."))
        return answer
