"""The day that a screen shows: the latest figures, or those of an earlier day.

What a reader would get wrong: an earlier day stays chosen from page to page, because every link
carries it; an address without a day always means the latest figures.
"""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest

from xindun.control.monitoring.values import Run


def asked_day(request: HttpRequest) -> date | None:
    """The day in the address or the form; None for none or nonsense."""
    try:
        return date.fromisoformat(request.GET.get("as_of") or request.POST.get("as_of", ""))
    except ValueError:
        return None


def kept_day(run: Run) -> str:
    """What a link carries on: the run's day, when it is not the one the console opens with."""
    return "" if run.is_current else f"&as_of={run.as_of}"
