"""Sign-in, sign-out and changes of how somebody signs in, as evidence.

What a reader would get wrong: allauth tells of a new app and of new recovery codes only after
the transaction has ended, which is too late for evidence; the views of ``web/security`` note
those themselves.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from allauth.account import signals as account
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa import signals as factors
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_out
from django.http import HttpRequest
from django.utils import timezone

from xindun.kit.client_address import client_address
from xindun.record.signin.actions import Happened, note
from xindun.record.signin.values import Held


def tell(happened: Happened, request: HttpRequest, user: Any, **result: Any) -> None:
    """Note what a person did in this request."""
    note(
        happened,
        user_id=user.pk,
        public_id=user.public_id,
        now=timezone.now(),
        result=result,
        personal={"network_address": client_address(request)},
    )


def held_back(request: HttpRequest, email: str, held: Held, now: datetime) -> None:
    """Note that guesses at somebody's password now have to wait; nobody's leave no record."""
    user: Any = get_user_model().objects.filter(email=email).first()
    if user is not None:
        codes_held_back(request, user, held, now, factor="password")


def codes_held_back(
    request: HttpRequest, user: Any, held: Held, now: datetime, *, factor: str
) -> None:
    """Note that guesses at a person's factor now have to wait."""
    note(
        Happened.HELD_BACK,
        user_id=user.pk,
        public_id=user.public_id,
        now=now,
        actor="system:sign-in",
        result={"factor": factor, "failures": held.failures, "until": held.locks_until},
        personal={"network_address": client_address(request)},
    )


def listen() -> None:
    """Connect to the libraries' signals; called once, when the apps are ready."""
    account.user_logged_in.connect(_signed_in, dispatch_uid="xindun.signed_in")
    user_logged_out.connect(_signed_out, dispatch_uid="xindun.signed_out")
    account.password_changed.connect(_password, dispatch_uid="xindun.password_changed")
    account.password_set.connect(_password, dispatch_uid="xindun.password_set")
    account.password_reset.connect(_reset, dispatch_uid="xindun.password_reset")
    factors.authenticator_added.connect(_added, dispatch_uid="xindun.factor_added")
    factors.authenticator_removed.connect(_removed, dispatch_uid="xindun.factor_removed")


def _signed_in(request: HttpRequest, user: Any, **_: Any) -> None:
    methods = [each["method"] for each in get_authentication_records(request, user)]
    tell(Happened.SIGNED_IN, request, user, methods=methods)


def _signed_out(request: HttpRequest, user: Any, **_: Any) -> None:
    if user is not None:
        tell(Happened.SIGNED_OUT, request, user)


def _password(request: HttpRequest, user: Any, **_: Any) -> None:
    tell(Happened.PASSWORD_CHANGED, request, user, by="person")


def _reset(request: HttpRequest, user: Any, **_: Any) -> None:
    tell(Happened.PASSWORD_CHANGED, request, user, by="mail")


def _added(request: HttpRequest, user: Any, authenticator: Authenticator, **_: Any) -> None:
    if authenticator.type == Authenticator.Type.WEBAUTHN:
        tell(Happened.FACTOR_ADDED, request, user, factor="passkey")


def _removed(request: HttpRequest, user: Any, authenticator: Authenticator, **_: Any) -> None:
    names = {Authenticator.Type.TOTP: "app", Authenticator.Type.WEBAUTHN: "passkey"}
    factor = names.get(Authenticator.Type(authenticator.type))
    if factor:
        tell(Happened.FACTOR_REMOVED, request, user, factor=factor)
