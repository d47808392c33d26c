"""Ask a worker for a run: from a button, after an import, at night."""

from __future__ import annotations

from datetime import date, datetime

from xindun.control.monitoring.rules import day_to_review, local_day
from xindun.control.monitoring.values import Trigger
from xindun.kit.events import defer_once
from xindun.kit.tenancy import current_tenant_id
from xindun.record.tenants.reads import current_tenant

RUN_TASK = "monitoring.run_portfolio"


def request_run(
    *,
    actor: str,
    trigger: Trigger = Trigger.MANUAL,
    as_of: date | None = None,
    current: bool | None = None,
) -> bool:
    """Queue a run of the current tenant's portfolio; it commits with the caller.

    Args:
        actor: who asks, as evidence writes it.
        trigger: why.
        as_of: the day; None lets the run choose.
        current: whether the console shall open with it; by default only without ``as_of``.

    Returns:
        False when such a run is waiting already.
    """
    return defer_once(
        RUN_TASK,
        place=place_of_run(as_of),
        actor=actor,
        trigger=trigger.value,
        as_of=None if as_of is None else as_of.isoformat(),
        current=as_of is None if current is None else current,
    )


def check_day(as_of: date | None, *, now: datetime) -> None:
    """Refuse a day that has not come in the tenant's zone, before a worker would.

    Raises:
        DayNotOver: as the name says.
    """
    day_to_review(local_day(now, current_tenant().time_zone), None, as_of)


def place_of_run(as_of: date | None) -> str:
    """The place in the queue that a run of the day takes; ``kit.events.is_waiting`` looks there."""
    day = "" if as_of is None else f"-{as_of.isoformat()}"
    return f"{RUN_TASK}-{current_tenant_id()}{day}"
