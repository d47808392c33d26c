"""What a worker does for the screening: new parties, those whose time has come, changed lists.

What a reader would get wrong: without any list loaded there is nothing to compare with; that is no
failure of the job, and the screens say so.
"""

from __future__ import annotations

from django.utils import timezone

from xindun.kit.jobs import app, each_tenant
from xindun.kit.tenancy import tenant_scope
from xindun.record.screening.actions import NoListsLoaded, screen_due, sweep
from xindun.record.tenants.reads import all_tenant_ids, machine_actor

ACTOR = "system:worker"


@app.task(name="screening.screen_due", queue="screening")
def screen_due_parties(tenant_id: int) -> None:
    """Screen who never was, and who was longer ago than a screening counts."""
    with tenant_scope(tenant_id):
        _due()


@app.periodic(cron="23 4 * * *")
@app.task(name="screening.every_day", queue="screening", queueing_lock="screening.every_day")
def every_day(timestamp: int) -> None:  # noqa: ARG001 - the scheduler passes its tick
    """Look through all tenants: changed lists first, then whose screening is too old."""
    each_tenant(all_tenant_ids(), lambda _tenant_id: _due())


def _due() -> None:
    actor, now = machine_actor(ACTOR), timezone.now()
    try:
        sweep(actor, now=now)
        screen_due(actor, now=now)
    except NoListsLoaded:
        return
