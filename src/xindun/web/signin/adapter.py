"""What django-allauth asks of this installation: our words, our bounds, our evidence.

What a reader would get wrong: an unknown address, a wrong password and a closed login get the
same answer, and cost the same time; only the person at the keyboard knows which it was.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xindun.kit.client_address import client_address
from xindun.kit.sealing import seal, unseal
from xindun.record.signin.actions import count_guess, forgive
from xindun.record.signin.reads import may_remove_factor, plain_email
from xindun.record.tenants.values import Language
from xindun.web.language.views import keep_language
from xindun.web.signin import guesses, session
from xindun.web.signin.evidence import held_back
from xindun.web.signin.known_device import remember_device

PURPOSE = "second factor"
WRONG = gettext_lazy("This e-mail address and password do not match.")
SAID = {
    "account/messages/password_changed.txt": gettext_lazy("Your password was changed."),
    "account/messages/password_set.txt": gettext_lazy("Your password was set."),
    "mfa/messages/totp_activated.txt": gettext_lazy("The app is set up."),
    "mfa/messages/totp_deactivated.txt": gettext_lazy("The app was removed."),
    "mfa/messages/webauthn_added.txt": gettext_lazy("The passkey was added."),
    "mfa/messages/webauthn_removed.txt": gettext_lazy("The passkey was removed."),
}
"""allauth's messages that a person is told, in our words; the others are not shown."""


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-in by e-mail address and password."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": WRONG,
        "incorrect_password": gettext_lazy("This is not your password."),
        "enter_current_password": gettext_lazy("This is not your password."),
        "incorrect_code": gettext_lazy("This code is not right, or was used already."),
    }

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        """Nobody signs up: a company lets people in."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """The person of an address and password; None when they do not match.

        Raises:
            ValidationError: the try must wait; whether the password was right is not looked at.
        """
        now = timezone.now()
        email = plain_email(credentials.get("email", ""))
        counted = guesses.at_password(request, email)
        held = count_guess(counted, now=now)
        if held.until is not None:
            raise guesses.must_wait(held.until, now)
        user = authenticate(request, **{**credentials, "email": email})
        if user is not None:
            forgive(counted)
        elif held.locks_until is not None:
            held_back(request, email, held, now)
        return user

    def reauthenticate(self, user: Any, password: str) -> bool:
        """Whether the password is the signed-in person's."""
        found = self.authenticate(self.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def is_reauthentication_required(self, *, app: str) -> bool:  # noqa: ARG002 - allauth's
        """Security changes need the password again, except just after it was typed."""
        return not session.is_fresh(self.request, timezone.now())

    def login(self, request: HttpRequest, user: Any) -> None:
        """Start the session under a new key, and its clock."""
        super().login(request, user)
        session.begin(request, timezone.now())

    def post_login(self, request: HttpRequest, user: Any, **about: Any) -> HttpResponse:
        """The person's own language and a mark on the browser come along."""
        response: HttpResponse = super().post_login(request, user, **about)
        keep_language(response, Language(user.language))
        remember_device(request, response, user.email)
        return response

    def respond_user_inactive(self, request: HttpRequest, _user: Any) -> HttpResponse:
        """A closed login, with a passkey or by another provider: back to the beginning."""
        messages.error(request, _("This login has been closed."))
        return HttpResponseRedirect(resolve_url("login"))

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,  # noqa: ARG002 - allauth's
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Show our own sentence for allauth's message, or none."""
        text = message or SAID.get(message_template or "")
        if text:
            messages.add_message(request, level, str(text), extra_tags=extra_tags)

    def get_client_ip(self, request: HttpRequest) -> str:
        """The visitor's address, past the proxies that are trusted."""
        return client_address(request)


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors: sealed at rest, and not removed against a company's rule."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy("This code is not right, or was used already."),
        "cannot_delete_authenticator": gettext_lazy(
            "A company you belong to asks for a second factor. Add another one before you remove "
            "this one."
        ),
    }

    def encrypt(self, text: str) -> str:
        """Secrets of second factors do not stand in the database in clear."""
        return b64encode(seal(text, purpose=PURPOSE, context="")).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """What ``encrypt`` sealed."""
        return unseal(b64decode(encrypted_text), purpose=PURPOSE, context="")

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Whether no company's rule is broken by it."""
        return may_remove_factor(authenticator.user_id, authenticator.pk)

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        """A name to start from; the person may write another."""
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return _("Passkey") if count == 0 else _("Passkey %(number)s") % {"number": count + 1}

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        """Whom the passkey is for, as the device shows it."""
        entity = cast("dict[str, Any]", super().get_public_key_credential_user_entity(user))
        return {**entity, "display_name": user.name}


def as_attribute(options: Any) -> str:
    """A passkey's options as text for a page's attribute: no script stands in the page."""
    return json.dumps(options)
