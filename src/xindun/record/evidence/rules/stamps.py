"""When an authority is asked for a time stamp.

What a reader would get wrong: heads are not stamped one by one. A head covers all records before
it, so a log that waited for its authority catches up with one stamp over the newest head.
"""

from __future__ import annotations

from datetime import datetime, timedelta

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)
MOST_DOUBLINGS = 10


def stamp_is_due(
    now: datetime,
    *,
    head: int,
    stamped: int | None,
    stamped_at: datetime | None,
    every: timedelta,
    next_try_at: datetime | None,
) -> bool:
    """Whether head number ``head`` should be stamped now.

    Args:
        stamped: number of the newest head with a stamp, received at ``stamped_at``.
        every: how often at most.
        next_try_at: not before this, after failures.
    """
    if stamped is not None and stamped >= head:
        return False
    if next_try_at is not None:
        return now >= next_try_at
    return stamped_at is None or now >= stamped_at + every


def wait_after(failures: int) -> timedelta:
    """How long to wait after so many failures in a row: doubled each time, an hour at most.

    >>> [int(wait_after(n).total_seconds() // 60) for n in (1, 2, 3, 7, 50)]
    [1, 2, 4, 60, 60]
    """
    doublings = min(failures, MOST_DOUBLINGS + 1) - 1
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)
