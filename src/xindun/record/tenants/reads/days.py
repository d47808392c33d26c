"""The current tenant's calendar: a day ends at midnight in its own zone."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from xindun.record.tenants.reads.people import current_tenant


def company_day(moment: datetime) -> date:
    """The tenant's calendar day at ``moment``, which has a zone."""
    return moment.astimezone(ZoneInfo(current_tenant().time_zone)).date()


def day_begins(day: date) -> datetime:
    """The midnight with which a day of the tenant's begins; the one before ends there."""
    return datetime.combine(day, time(), ZoneInfo(current_tenant().time_zone))
