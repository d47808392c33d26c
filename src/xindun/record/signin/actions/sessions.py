"""End sessions of a person."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.db import transaction

from xindun.record.signin.actions.notes import Happened, note


def end_sessions(
    *,
    user_id: int,
    public_id: UUID,
    now: datetime,
    only: int | None = None,
    keep: str | None = None,
    actor: str | None = None,
) -> int:
    """End the person's sessions, noted as one event; how many ended.

    Args:
        only: the one session to end; a number that is not theirs ends none.
        keep: key of a session that goes on, usually the one that asks.
        actor: who ends them; None for the person.
    """
    with transaction.atomic():
        found = UserSession.objects.filter(user_id=user_id)
        if only is not None:
            found = found.filter(pk=only)
        ended = list(found.exclude(session_key=keep) if keep else found)
        for session in ended:
            session.end()
        if ended:
            note(
                Happened.SESSIONS_ENDED,
                user_id=user_id,
                public_id=public_id,
                now=now,
                actor=actor,
                result={"sessions": len(ended)},
            )
    return len(ended)
