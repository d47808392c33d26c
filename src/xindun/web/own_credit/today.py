"""The day that it is where the company is."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from xindun.record.tenants.reads import company_day


def today_here() -> date:
    """Today in the company's time zone."""
    return company_day(timezone.now())
