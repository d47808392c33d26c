"""A session's clock: when it began, when it was last used, when the password was last typed.

What a reader would get wrong: the session's key changes at sign-in, so that nobody's session from
before is the signed-in one; the clock is set after that.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.http import HttpRequest

from xindun.record.signin.values import SessionClock

SIGNED_IN, SEEN = "signed_in_at", "seen_at"
NOTED_EVERY = timedelta(minutes=1)
"""How often a session in use writes that it was: a write a request would be wasted."""


def begin(request: HttpRequest, now: datetime) -> None:
    """Start the clock."""
    request.session[SIGNED_IN] = request.session[SEEN] = now.timestamp()


def is_over(request: HttpRequest, now: datetime) -> bool:
    """Whether the session has ended by its age or for want of use."""
    clock = SessionClock(_at(request, SIGNED_IN, now), _at(request, SEEN, now))
    return clock.is_over(now, idle=settings.SESSION_IDLE, longest=settings.SESSION_LONGEST)


def seen(request: HttpRequest, now: datetime) -> None:
    """Note that the session is in use; one without a clock gets one."""
    if SIGNED_IN not in request.session:
        begin(request, now)
    elif now - _at(request, SEEN, now) < NOTED_EVERY:
        return
    request.session[SEEN] = now.timestamp()
    UserSession.objects.filter(session_key=request.session.session_key).update(last_seen_at=now)


def is_fresh(request: HttpRequest, now: datetime) -> bool:
    """Whether the person proved who they are only minutes ago."""
    began = request.session.get(SIGNED_IN)
    within = timedelta(seconds=settings.ACCOUNT_REAUTHENTICATION_TIMEOUT)
    return began is not None and now - datetime.fromtimestamp(began, UTC) < within


def _at(request: HttpRequest, name: str, default: datetime) -> datetime:
    moment = request.session.get(name)
    return default if moment is None else datetime.fromtimestamp(moment, UTC)
