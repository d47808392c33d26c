"""Setting up and removing second factors: allauth's views, our pages, evidence in time.

What a reader would get wrong: allauth's signals for a new app and new codes come after the
transaction, so these views note both themselves, in it.
"""

from __future__ import annotations

from typing import Any

from allauth.account.views import ReauthenticateView
from allauth.mfa.base.views import ReauthenticateView as ByCode
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.mfa.webauthn.internal import auth as passkey_options
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse, reverse_lazy

from xindun.record.signin.actions import Happened
from xindun.web.signin.adapter import FactorAdapter, as_attribute
from xindun.web.signin.evidence import tell

OVERVIEW = reverse_lazy("security")


class AddApp(totp.ActivateTOTPView):  # type: ignore[misc]
    """Shows the QR code and takes the app's first code."""

    template_name = "web/security/app.html"

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        """Set the app up; its first recovery codes come with it."""
        answer: HttpResponse = super().form_valid(form)
        tell(Happened.FACTOR_ADDED, self.request, self.request.user, factor="app")
        if self.did_generate_recovery_codes:
            tell(Happened.CODES_MADE, self.request, self.request.user)
        return answer


class RemoveApp(totp.DeactivateTOTPView):  # type: ignore[misc]
    """Takes the app away."""

    template_name = "web/security/app_remove.html"
    success_url = OVERVIEW


class NewCodes(codes.GenerateRecoveryCodesView):  # type: ignore[misc]
    """New recovery codes; the old ones end."""

    template_name = "web/security/codes_new.html"

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        """Make them."""
        answer: HttpResponse = super().form_valid(form)
        tell(Happened.CODES_MADE, self.request, self.request.user)
        return answer


class ShowCodes(codes.ViewRecoveryCodesView):  # type: ignore[misc]
    """The recovery codes, once."""

    template_name = "web/security/codes.html"


class AddPasskey(passkeys.AddWebAuthnView):  # type: ignore[misc]
    """A new passkey, which signs in by itself: the device asks for a finger, a face or a PIN."""

    template_name = "web/security/passkey.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the browser passes to the device."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        user: Any = self.request.user
        options = passkey_options.begin_registration(user, passwordless=True)
        # allauth's method forgets the form it was given, and with it what was wrong.
        return context | kwargs | {"options": as_attribute(options)}

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        """Add it; the first recovery codes come with it."""
        answer: HttpResponse = super().form_valid(form)
        if self.did_generate_recovery_codes:
            tell(Happened.CODES_MADE, self.request, self.request.user)
        return answer


class RenamePasskey(passkeys.EditWebAuthnView):  # type: ignore[misc]
    """Another name."""

    template_name = "web/security/passkey_rename.html"
    success_url = OVERVIEW


class RemovePasskey(passkeys.RemoveWebAuthnView):  # type: ignore[misc]
    """Takes a passkey away, unless a company's rule needs it."""

    template_name = "web/security/passkey_remove.html"
    success_url = OVERVIEW

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        """Remove it or say why not."""
        factor: Authenticator = self.get_object()
        adapter = FactorAdapter()
        if not adapter.can_delete_authenticator(factor):
            messages.error(self.request, str(adapter.error_messages["cannot_delete_authenticator"]))
            return HttpResponseRedirect(reverse("security"))
        answer: HttpResponse = super().form_valid(form)
        return answer


class ConfirmByPassword(ReauthenticateView):  # type: ignore[misc]
    """The password again."""

    template_name = "web/security/confirm.html"


class ConfirmByCode(ByCode):  # type: ignore[misc]
    """A code again."""

    template_name = "web/security/confirm.html"


class ConfirmByPasskey(passkeys.ReauthenticateWebAuthnView):  # type: ignore[misc]
    """The passkey again."""

    template_name = "web/security/confirm_passkey.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the browser passes to the device."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"options": as_attribute(context["js_data"]["request_options"])}
