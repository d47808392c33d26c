"""How long a wrong guess makes the next one wait.

What a reader would get wrong: the delay grows and then stays. An account that could be locked for
good would hand everybody who knows an address the means to lock its owner out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from xindun.record.signin.values import GuessOf

FIRST_DELAY = timedelta(seconds=30)
LONGEST_DELAY = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(days=1)
"""Wrong guesses older than this count no more."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How many wrong guesses in a row are free of any delay."""

    free: int


PATIENCE = {
    GuessOf.ACCOUNT: Patience(5),
    GuessOf.CODE: Patience(5),
    # An office shares one address: its people mistype, too.
    GuessOf.ADDRESS: Patience(30),
}


def delay_after(of: GuessOf, failures: int) -> timedelta:
    """How long to wait after ``failures`` wrong guesses in a row: doubling, up to a bound.

    >>> [int(delay_after(GuessOf.ACCOUNT, n).total_seconds()) for n in (4, 5, 6, 7, 20)]
    [0, 30, 60, 120, 900]
    """
    over = failures - PATIENCE[of].free
    if over < 0:
        return timedelta()
    # Beyond a few doublings the bound holds anyway; the power must not grow without one.
    doubled: int = 2 ** min(over, 16)
    return min(FIRST_DELAY * doubled, LONGEST_DELAY)


def counted(failures: int, last_at: datetime | None, now: datetime) -> int:
    """The earlier wrong guesses that still count."""
    return 0 if last_at is None or now - last_at >= FORGOTTEN_AFTER else failures
