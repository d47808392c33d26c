"""The day as of which a file is shown, and what is taken as known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.http import HttpRequest
from django.utils import timezone

from xindun.record.tenants.reads import day_begins
from xindun.web.day import asked_day
from xindun.web.own_credit.today import today_here


@dataclass(frozen=True, slots=True)
class Shown:
    """What a file is read with.

    Attributes:
        then: whether only what was known by the end of the day counts.
        is_today: whether this is what the address without a day shows.
    """

    as_of: date
    known_at: datetime
    then: bool
    is_today: bool


def shown_day(request: HttpRequest) -> Shown:
    """The day in the address (today for none, nonsense or one to come), and ``known=then``."""
    today = today_here()
    day = min(asked_day(request) or today, today)
    then = request.GET.get("known") == "then" and day < today
    known_at = timezone.now()
    if then:
        known_at = day_begins(day + timedelta(days=1))
    return Shown(day, known_at, then, day == today)
