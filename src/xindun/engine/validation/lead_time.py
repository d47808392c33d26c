"""How long before the event the alert stood.

What a reader would get wrong: an alert that was taken back warns nobody. The lead counts from
the first alert of the unbroken run that lasts until the firm's last row before the event.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np

from xindun.engine.validation.metrics import Floats


@dataclass(frozen=True, slots=True)
class LeadTime:
    """Leads of the firms that had an event.

    Attributes:
        median_days: over the firms that were on alert at their last row; None when none was.
        median_days_all: missed firms count as 0 days.
    """

    firms: int
    alerted: int
    median_days: float | None
    median_days_all: float


def lead_time(
    firms: Sequence[str], days: Floats, scores: Floats, event_days: Floats, threshold: float
) -> LeadTime:
    """Leads at one alert threshold.

    Args:
        days: on which each row was known, as a number of days.
        event_days: the day of the firm's event, NaN for firms without one.
        threshold: rows with this score or more are on alert.
    """
    leads: dict[str, float | None] = {}
    order = np.lexsort((days, np.asarray(firms)))
    since: float | None = None
    before: str | None = None
    for row in order:
        if np.isnan(event_days[row]) or days[row] > event_days[row]:
            continue
        firm = firms[row]
        if firm != before:
            since, before = None, firm
        on_alert = scores[row] >= threshold
        since = (days[row] if since is None else since) if on_alert else None
        leads[firm] = None if since is None else float(event_days[row] - since)
    caught = [lead for lead in leads.values() if lead is not None]
    return LeadTime(
        firms=len(leads),
        alerted=len(caught),
        median_days=median(caught) if caught else None,
        median_days_all=median(lead or 0.0 for lead in leads.values()) if leads else 0.0,
    )
