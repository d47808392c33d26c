"""Replace somebody's password for them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from xindun.record.signin.actions.guesses import forgive
from xindun.record.signin.actions.notes import Happened, note
from xindun.record.signin.values import Guess, GuessOf
from xindun.record.tenants.actions import NoSuchUser, set_password
from xindun.record.tenants.reads import user_by_email


def replace_password(*, email: str, password: str, actor: str, now: datetime) -> None:
    """Set the password, end the sessions of the old one, and let the person try again at once.

    Raises:
        NoSuchUser, PasswordTooWeak, BadEmail: as named; nothing has changed.
    """
    user = user_by_email(email)
    if user is None:
        raise NoSuchUser(email=email)
    with transaction.atomic():
        # Sessions carry a hash of the password, so they end with it.
        set_password(email=email, password=password)
        forgive([Guess(GuessOf.ACCOUNT, user.email), Guess(GuessOf.CODE, str(user.id))])
        note(
            Happened.PASSWORD_CHANGED,
            user_id=user.id,
            public_id=user.public_id,
            now=now,
            actor=actor,
            result={"by": "administrator"},
        )
