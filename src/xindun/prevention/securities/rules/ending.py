"""When somebody has to be told that a security ends.

What a reader would get wrong: the end of a guarantee is the end of its period, not of its paper.
Two distances give time for a demand or an extension, and for a reminder.
"""

from __future__ import annotations

from datetime import date, timedelta

from xindun.prevention.securities.values import Security

ALERT_DAYS = (60, 14)
"""Days before the end: house figures."""


def alert_due(security: Security, today: date) -> int | None:
    """The shortest distance within which a security that counts ends; None while it is far.

    One that ended already is not told again: it counts nothing, and the register says why.
    """
    end = security.ends_on
    if end is None or security.uncounted is not None:
        return None
    return next((days for days in sorted(ALERT_DAYS) if end <= today + timedelta(days=days)), None)
