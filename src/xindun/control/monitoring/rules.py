"""Decisions around a run: which day it reviews, which mark still speaks, what is kept.

What a reader would get wrong: the day to review is not always today. A ledger that nobody feeds
any more would look overdue everywhere for want of data, not for want of payment.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from zoneinfo import ZoneInfo

from xindun.control.monitoring.values import ActionMark, ActionState
from xindun.kernel.errors import DomainError

FED_WITHIN_DAYS = 31
"""A ledger without a movement for longer than this is reviewed as of its last movement."""

HOLDS_DAYS = {ActionState.DONE: 7, ActionState.DISMISSED: 30}
"""How long a mark speaks for later runs of the same occasion."""

STALLED_AFTER = timedelta(minutes=15)
"""A run that has not finished by then has died: ten million items take seconds."""

LONGEST_HOLD = timedelta(days=max(HOLDS_DAYS.values()))

DETAILED_FOR = timedelta(days=7)
KEPT_FOR = timedelta(days=14)
KEPT_MONTH_ENDS = 12


class DayNotOver(DomainError):
    """Somebody asked for a review of a day that has not come."""

    code = "day_in_the_future"
    sentence = "{as_of} has not come yet; the latest day that can be reviewed is {today}."


def grades_hash(grades: Mapping[int, int]) -> str:
    """Which company grades a run knew, as SHA-256; empty where no buyer has one.

    >>> grades_hash({})
    ''
    """
    told = "".join(f"{buyer_id}:{grade}\n" for buyer_id, grade in sorted(grades.items()))
    return sha256(told.encode()).hexdigest() if told else ""


def local_day(moment: datetime, time_zone: str) -> date:
    """The tenant's calendar day at ``moment`` (which has a zone): a day ends at its midnight."""
    return moment.astimezone(ZoneInfo(time_zone)).date()


def day_to_review(
    today: date, last_movement_on: date | None, asked: date | None = None
) -> tuple[date, str]:
    """The day a run reviews, and why: ``asked``, ``today`` or ``last_movement``.

    ``last_movement_on`` is the ledger's last movement on or before today (None: empty ledger).

    Raises:
        DayNotOver: ``asked`` lies after today.

    >>> day_to_review(date(2025, 6, 30), date(2025, 6, 20))
    (datetime.date(2025, 6, 30), 'today')
    >>> day_to_review(date(2025, 6, 30), date(2024, 1, 5))
    (datetime.date(2024, 1, 5), 'last_movement')
    """
    if asked is not None:
        if asked > today:
            raise DayNotOver(as_of=asked, today=today)
        return asked, "asked"
    if last_movement_on is None or (today - last_movement_on).days <= FED_WITHIN_DAYS:
        return today, "today"
    return last_movement_on, "last_movement"


def needs_run(
    now: datetime,
    time_zone: str,
    *,
    ledger_version: int,
    last_movement_on: date | None,
    shown: tuple[int, date] | None,
) -> bool:
    """Whether a run is due: the ledger is not empty, and version or day have moved on.

    ``shown`` is the current run's (ledger version, day); None when there is no run.
    """
    if ledger_version == 0:
        return False
    day, _ = day_to_review(*_days(now, time_zone, last_movement_on))
    return shown != (ledger_version, day)


def _days(now: datetime, time_zone: str, moved_on: date | None) -> tuple[date, date | None]:
    today = local_day(now, time_zone)
    return today, None if moved_on is None else min(moved_on, today)


def state_of(stake: Decimal, as_of: date, mark: ActionMark | None) -> ActionState:
    """Where an action stands in the run of ``as_of``, given the occasion's latest mark.

    A mark speaks for :data:`HOLDS_DAYS` after the day it was made on, and never backwards: a list
    of an earlier day shows what was open then. It ends early when more money is at stake than
    when it was made, because that is news.
    """
    if mark is None or mark.state is ActionState.OPEN:
        return ActionState.OPEN
    age = (as_of - mark.as_of).days
    if not 0 <= age <= HOLDS_DAYS[mark.state] or stake > mark.stake:
        return ActionState.OPEN
    return mark.state


@dataclass(frozen=True, slots=True)
class Kept:
    """A finished run as retention sees it; of two runs of a day the later made counts."""

    key: int
    as_of: date
    made_at: datetime
    is_current: bool


def to_prune(runs: Iterable[Kept]) -> tuple[frozenset[int], frozenset[int]]:
    """Which runs lose their snapshots and lists, and which of the rest lose their details.

    Only the last made run of each reviewed day is kept, and always the current one. Of these,
    the ones made within :data:`KEPT_FOR` of the newest run are kept, and of the last
    :data:`KEPT_MONTH_ENDS` months that were reviewed the last day each. Details are kept for
    :data:`DETAILED_FOR` and for the current run. Scores, recommendations, evidence and the runs
    themselves stay for good.

    Returns:
        (keys to prune wholly, keys to prune of their details), disjoint.
    """
    known = sorted(runs, key=lambda run: (run.made_at, run.key))
    if not known:
        return frozenset(), frozenset()
    newest_at = known[-1].made_at
    of_day = {run.as_of: run for run in known}
    of_month = {(day.year, day.month): of_day[day] for day in sorted(of_day)}
    month_ends = [of_month[month] for month in sorted(of_month)[-KEPT_MONTH_ENDS:]]
    current = [run for run in known if run.is_current]
    recent = [run for run in of_day.values() if newest_at - run.made_at <= KEPT_FOR]
    kept = {run.key for run in (*month_ends, *current, *recent)}
    detailed = {run.key for run in (*current, *recent) if newest_at - run.made_at <= DETAILED_FOR}
    detailed |= {run.key for run in current}
    return frozenset(run.key for run in known) - kept, frozenset(kept - detailed)
