"""What a try at signing in counts against, and the sentence when it must wait."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xindun.kit.client_address import client_address, neighbourhood
from xindun.record.signin.values import Guess, GuessOf
from xindun.web.signin.known_device import device_of

MINUTE = 60


def at_password(request: HttpRequest, email: str) -> list[Guess]:
    """A guess at an account's password: the same for addresses that nobody signs in with."""
    device = device_of(request, email)
    return [
        Guess(GuessOf.ACCOUNT, f"{email} {device}" if device else email),
        Guess(GuessOf.ADDRESS, neighbourhood(client_address(request))),
    ]


def at_code(user_id: int) -> list[Guess]:
    """A guess at a person's second factor."""
    return [Guess(GuessOf.CODE, str(user_id))]


def must_wait(until: datetime, now: datetime) -> ValidationError:
    """The refusal that says when to try again."""
    left = max(until - now, timedelta(seconds=1))
    seconds = -(-left // timedelta(seconds=1))
    if seconds < 2 * MINUTE:
        wait = ngettext("%(count)s second", "%(count)s seconds", seconds) % {"count": seconds}
    else:
        minutes = -(-seconds // MINUTE)
        wait = ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
    sentence = _("Too many wrong attempts. Try again in %(wait)s.") % {"wait": wait}
    return ValidationError(sentence, code="must_wait")
