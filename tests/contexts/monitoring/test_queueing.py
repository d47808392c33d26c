"""Jobs: one run for five imports, one for each night, in the tenant's own time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.contexts.monitoring.portfolio import DAY, EVENING, Console
from tests.contexts.receivables.ledgers import Doc
from xindun.control.monitoring import tasks
from xindun.control.monitoring.actions import request_run
from xindun.control.monitoring.actions.request import RUN_TASK
from xindun.control.monitoring.values import Trigger
from xindun.kit.events import LEDGER_CHANGED, announce
from xindun.kit.tenancy import TenantScopeMissing, tenant_scope


def waiting(console: Console, task: str) -> list[dict[str, Any]]:
    jobs = ProcrastinateJob.objects.filter(task_name=task, status="todo")
    return [job.args for job in jobs if job.args.get("tenant_id") == console.tenant_id]


def ask(console: Console, **more: Any) -> bool:
    with tenant_scope(console.tenant_id):
        return request_run(actor="user:someone", **more)


def test_five_imports_give_one_run(console: Console, other: Console) -> None:
    for n in range(4):
        console.take(Doc(f"J-{n}", "10.00", buyer="J", name="Job Ltd"))
    assert waiting(console, "monitoring.run_after_import") == [{"tenant_id": console.tenant_id}]
    assert waiting(other, "monitoring.run_after_import") == [{"tenant_id": other.tenant_id}]


def test_the_job_of_an_import_makes_the_run(console: Console) -> None:
    (args,) = waiting(console, "monitoring.run_after_import")
    tasks.run_after_import(**args)
    run = console.ask("current_run")
    assert (run.trigger, run.ledger_version) == (Trigger.IMPORT, 1)


def test_a_button_pressed_twice_gives_one_job(console: Console) -> None:
    assert ask(console) is True
    assert ask(console) is False
    assert ask(console, as_of=DAY) is True  # another day is another question
    first, second = waiting(console, RUN_TASK)
    assert first == {
        "tenant_id": console.tenant_id,
        "actor": "user:someone",
        "trigger": "manual",
        "as_of": None,
        "current": True,
    }
    assert (second["as_of"], second["current"]) == (DAY.isoformat(), False)


def test_the_job_of_a_button_makes_the_run(console: Console) -> None:
    ask(console, as_of=DAY)
    (args,) = waiting(console, RUN_TASK)
    tasks.run_one(**args)
    (prepared,) = console.ask("prepared_days")
    assert (prepared.as_of, prepared.is_current) == (DAY, False)


def test_a_refused_place_in_the_queue_leaves_the_transaction_whole(console: Console) -> None:
    with tenant_scope(console.tenant_id):
        announce(LEDGER_CHANGED)
        announce(LEDGER_CHANGED)
        from xindun.record.receivables.reads.ledger import ledger_state

        assert ledger_state().version == 1


def test_nothing_is_announced_without_a_tenant(db: None) -> None:
    with pytest.raises(TenantScopeMissing):
        announce(LEDGER_CHANGED)


def test_a_night_asks_for_a_run_once(console: Console, empty: Console) -> None:
    def due(which: Console, hours: int) -> bool:
        with tenant_scope(which.tenant_id):
            return tasks.request_when_due(EVENING + timedelta(hours=hours))

    assert due(console, 0) is True  # no run yet
    assert due(console, 0) is False  # one waits already
    console.run()
    assert due(console, 3) is False  # 23:00 in Berlin: the day has not ended
    assert due(empty, 0) is False  # nothing to review


def test_midnight_is_the_tenants_own(console: Console) -> None:
    console.run()
    with tenant_scope(console.tenant_id):
        assert tasks.request_when_due(EVENING + timedelta(hours=3)) is False
        assert tasks.request_when_due(EVENING + timedelta(hours=4, minutes=5)) is True
    (args,) = waiting(console, RUN_TASK)
    assert args["trigger"] == "nightly"
