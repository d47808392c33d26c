"""Ask a worker for a run: from a button, after an import, at night."""

from __future__ import annotations

from datetime import date

from xindun.control.monitoring.values import Trigger
from xindun.kit.events import defer_once
from xindun.kit.tenancy import current_tenant_id

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
    day = "" if as_of is None else as_of.isoformat()
    return defer_once(
        RUN_TASK,
        place=f"{RUN_TASK}-{current_tenant_id()}{'-' if day else ''}{day}",
        actor=actor,
        trigger=trigger.value,
        as_of=day or None,
        current=as_of is None if current is None else current,
    )
