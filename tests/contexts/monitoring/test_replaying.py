"""A decision can be recomputed from what was known, however much was learned since."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from tests.contexts.monitoring.portfolio import EVENING, Console, monthly
from tests.contexts.receivables.ledgers import Doc, Paid
from xindun.control.monitoring import models
from xindun.control.monitoring.actions import ReplayImpossible, replay
from xindun.control.monitoring.values import Replay, Run
from xindun.engine.parameters import DEFAULTS
from xindun.kit.tenancy import tenant_scope

LATER = EVENING + timedelta(days=3)


def replayed(console: Console, run: Run, **more: Any) -> Replay:
    return replay(console.tenant_id, run.run_id, now=LATER, **more)


def learn_more(console: Console) -> None:
    """A backdated receipt, a corrected amount, a new invoice and a new buyer, after the run."""
    console.importer.now = EVENING + timedelta(hours=2)
    slow = monthly("SLOW", "Tardy Holding SE", late=75, amount="4000.00")
    slow[-1] = replace(slow[-1], paid=(Paid("4000.00", "2025-06-15"),))
    slow[-2] = replace(slow[-2], amount="4400.00")
    console.take(
        *slow,
        Doc("SLOW-X", "99.00", buyer="SLOW", name="Tardy Holding SE", issued="2025-05-05"),
        Doc("LATE-1", "10.00", buyer="LATE", name="Latecomer", issued="2025-01-05"),
    )


def test_a_replay_gives_the_same_root(console: Console) -> None:
    run = console.run()
    assert replayed(console, run).same


def test_later_imports_do_not_change_what_was_known(console: Console) -> None:
    run = console.run()
    learn_more(console)
    found = replayed(console, run)
    assert found.same
    assert (found.computed_root, found.accounts) == (run.snapshot_root, run.accounts)
    now = console.run(now=LATER, as_of=run.as_of)
    assert now.snapshot_root != run.snapshot_root
    assert replayed(console, now).same


def test_a_replay_of_a_past_day_works_too(console: Console) -> None:
    run = console.run(as_of=date(2025, 1, 31), current=False)
    learn_more(console)
    assert replayed(console, run).same


def test_a_replay_writes_nothing(console: Console) -> None:
    run = console.run()
    with tenant_scope(console.tenant_id):
        before = models.PortfolioRun.objects.count(), models.BuyerSnapshot.objects.count()
    replayed(console, run)
    with tenant_scope(console.tenant_id):
        after = models.PortfolioRun.objects.count(), models.BuyerSnapshot.objects.count()
    assert after == before


def test_a_changed_row_is_found(console: Console) -> None:
    """Somebody who may do anything in the database still cannot make the figures agree."""
    run = console.run()
    with tenant_scope(console.tenant_id):
        row = models.BuyerSnapshot.objects.order_by("buyer_id").first()
        assert row is not None
        models.BuyerSnapshot.objects.filter(id=row.id).delete()
        row.pk, row.row_hash, row.grade = None, b"\x00" * 32, 1
        row.save()
        models.PortfolioRun.objects.filter(id=run.number).update(snapshot_root="00" * 32)
    found = replayed(console, run)
    assert not found.same
    assert found.computed_root == run.snapshot_root
    assert found.differing == ((row.buyer_id, row.currency),)


def test_another_model_cannot_replay(console: Console) -> None:
    run = console.run()
    with pytest.raises(ReplayImpossible, match="was made with payment-1-"):
        replayed(console, run, parameters=replace(DEFAULTS, tolerance_days=5))


def test_the_app_cannot_change_a_snapshot(console: Console) -> None:
    console.run()
    with (
        pytest.raises(Exception, match="permission denied"),
        tenant_scope(console.tenant_id),
    ):
        models.BuyerSnapshot.objects.update(grade=1)
