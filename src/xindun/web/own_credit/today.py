"""The day that it is where the company is."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from django.utils import timezone

from xindun.record.tenants.reads import current_tenant


def today_here() -> date:
    """Today in the company's time zone."""
    return timezone.now().astimezone(ZoneInfo(current_tenant().time_zone)).date()
