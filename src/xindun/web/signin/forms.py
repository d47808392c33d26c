"""The forms of sign-in: address and password, second step, forgotten password."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as factors
from django import forms
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from xindun.kit.sealing import SealBroken
from xindun.record.signin.actions import count_guess, forgive
from xindun.record.signin.reads import plain_email
from xindun.web.signin import guesses
from xindun.web.signin.evidence import codes_held_back
from xindun.web.signin.mail import ask_for_reset
from xindun.web.words import refusal

CODE_LIVES_SECONDS = 120
"""Longer than a code of an app is taken; within it the same code is not taken twice."""


def dressed(field: forms.Field, label: Any, **attributes: Any) -> None:
    """Give a library's field our label and looks, and take its hints away."""
    field.label = label
    field.help_text = ""
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update({"class": "form-control", **attributes})


class SignInForm(account.LoginForm):  # type: ignore[misc]
    """Address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dressed(self.fields["login"], _("E-mail address"), autocomplete="username", autofocus=True)
        dressed(self.fields["password"], _("Password"), autocomplete="current-password")

    def add_prefix(self, field_name: str) -> str:
        """Posted as ``username``, the name that password managers know."""
        return "username" if field_name == "login" else field_name

    def clean_login(self) -> str:
        """The address as it is stored."""
        return plain_email(super().clean_login())


class CodeGuess(factors.BaseAuthenticateForm):  # type: ignore[misc]
    """A code of the app, or a recovery code: guesses are counted, and no code works twice."""

    user: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dressed(
            self.fields["code"],
            _("Code"),
            autocomplete="one-time-code",
            inputmode="text",
            autofocus=True,
        )

    def clean_code(self) -> str:
        """The code, when it is right.

        Raises:
            ValidationError: wrong, used already, too many wrong ones before, or nothing here can
                read the factor since the installation's secret key has changed.
        """
        now = timezone.now()
        counted = guesses.at_code(self.user.pk)
        held = count_guess(counted, now=now)
        if held.until is not None:
            raise guesses.must_wait(held.until, now)
        try:
            code: str = super().clean_code()
            self._use_up(code)
        except SealBroken as broken:
            raise forms.ValidationError(refusal(broken)) from broken
        except forms.ValidationError:
            if held.locks_until is not None:
                codes_held_back(self._request(), self.user, held, now, factor="code")
            raise
        forgive(counted)
        return code

    def _use_up(self, code: str) -> None:
        digits = "".join(each for each in code if each.isalnum())
        if not cache.add(f"xindun.code.{self.user.pk}.{digits}", "used", CODE_LIVES_SECONDS):
            raise factors.get_adapter().validation_error("incorrect_code")

    @staticmethod
    def _request() -> HttpRequest:
        request: HttpRequest = factors.context.request
        return request


class SecondFactorForm(CodeGuess, factors.AuthenticateForm):  # type: ignore[misc]
    """The second step of sign-in."""


class AskForResetForm(account.ResetPasswordForm):  # type: ignore[misc]
    """Whose password was forgotten; the answer is the same for every address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dressed(self.fields["email"], _("E-mail address"), autocomplete="username", autofocus=True)

    def clean_email(self) -> str:
        """The address as it is stored; whether somebody has it is looked up later."""
        return plain_email(self.cleaned_data["email"])

    def save(self, request: HttpRequest, **_kwargs: Any) -> str:
        """Ask for the mail."""
        email: str = self.cleaned_data["email"]
        ask_for_reset(email, base=request.build_absolute_uri("/"))
        return email


class NewPasswordForm(account.ResetPasswordKeyForm):  # type: ignore[misc]
    """The new password after a mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dressed(self.fields["password1"], _("New password"), autocomplete="new-password")
        dressed(self.fields["password2"], _("New password, again"), autocomplete="new-password")
