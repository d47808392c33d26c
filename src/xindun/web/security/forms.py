"""The forms of the sign-in security screens: allauth's, with our words."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as factors
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn import forms as passkeys
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from xindun.record.signin.actions import count_guess, forgive
from xindun.web.signin import guesses
from xindun.web.signin.forms import CodeGuess, dressed


class ChangePasswordForm(account.ChangePasswordForm):  # type: ignore[misc]
    """The password, old and new; guesses at the old one are counted like those at sign-in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dressed(self.fields["oldpassword"], _("Present password"), autocomplete="current-password")
        dressed(self.fields["password1"], _("New password"), autocomplete="new-password")
        dressed(self.fields["password2"], _("New password, again"), autocomplete="new-password")

    def clean_oldpassword(self) -> str:
        """The present password, when it is right."""
        now = timezone.now()
        counted = guesses.at_code(self.user.pk)
        held = count_guess(counted, now=now)
        if held.until is not None:
            raise guesses.must_wait(held.until, now)
        password: str = super().clean_oldpassword()
        forgive(counted)
        return password


class SetPasswordForm(account.SetPasswordForm):  # type: ignore[misc]
    """A first password, for somebody who has signed in by another provider so far."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dressed(self.fields["password1"], _("New password"), autocomplete="new-password")
        dressed(self.fields["password2"], _("New password, again"), autocomplete="new-password")


class ConfirmByPasswordForm(account.ReauthenticateForm):  # type: ignore[misc]
    """The password again, before a change of security."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dressed(
            self.fields["password"],
            _("Password"),
            autocomplete="current-password",
            autofocus=True,
        )


class ConfirmByCodeForm(CodeGuess, factors.ReauthenticateForm):  # type: ignore[misc]
    """A code, before a change of security."""


class AppCodeForm(ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dressed(
            self.fields["code"],
            _("Code from the app"),
            autocomplete="one-time-code",
            inputmode="numeric",
        )


class PasskeyForm(passkeys.AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey. It always signs in by itself, so there is nothing to choose."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("passwordless", None)
        dressed(self.fields["name"], _("Name of the passkey"), maxlength="100")


class PasskeyNameForm(passkeys.EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dressed(self.fields["name"], _("Name of the passkey"), maxlength="100")


class RuleForm(forms.Form):
    """The company's sign-in rule."""

    second_factor = forms.BooleanField(
        label=_("Everybody needs a second factor"),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )
