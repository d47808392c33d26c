"""Take second factors away from somebody who has lost them."""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction

from xindun.record.signin.actions.notes import Happened, note
from xindun.record.signin.actions.sessions import end_sessions
from xindun.record.tenants.actions import NoSuchUser
from xindun.record.tenants.reads import user_by_email


def forget_factors(*, email: str, actor: str, now: datetime) -> int:
    """Remove all second factors and recovery codes, and end the person's sessions.

    A company's rule does not stand in the way: at the next sign-in it leads the person to set up
    a new one.

    Returns:
        How many were removed.

    Raises:
        NoSuchUser, BadEmail: as named.
    """
    user = user_by_email(email)
    if user is None:
        raise NoSuchUser(email=email)
    with transaction.atomic():
        count: int = Authenticator.objects.filter(user_id=user.id).delete()[0]
        end_sessions(user_id=user.id, public_id=user.public_id, now=now, actor=actor)
        if count:
            note(
                Happened.FACTOR_REMOVED,
                user_id=user.id,
                public_id=user.public_id,
                now=now,
                actor=actor,
                result={"factor": "all", "count": count},
            )
    return count
