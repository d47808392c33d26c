"""A run stores what the engine found, once, with its evidence, and never half."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.contexts.monitoring.portfolio import ACTOR, DAY, EVENING, Console, monthly
from tests.contexts.receivables.ledgers import Doc, Importer, Paid
from xindun.control.monitoring import models
from xindun.control.monitoring.actions import publish as publishing
from xindun.control.monitoring.rules import STALLED_AFTER, DayNotOver
from xindun.control.monitoring.values import RunStatus, Trigger
from xindun.engine.aged import aged_report
from xindun.engine.run import open_ledger
from xindun.kernel.merkle import merkle_root
from xindun.kit.tenancy import tenant_scope
from xindun.record.evidence import reads as evidence
from xindun.record.evidence.values import Subject
from xindun.record.receivables.reads.mirror import open_mirror
from xindun.record.tenants import actions as tenants
from xindun.record.tenants.values import NewTenant


def test_a_run_becomes_current_and_says_what_it_saw(console: Console) -> None:
    run = console.run()
    assert (run.as_of, run.as_of_reason, run.ledger_version) == (DAY, "today", 1)
    assert run.status is RunStatus.FINISHED
    assert run.is_current
    assert (run.accounts, run.buyers) == (6, 5)
    assert console.ask("current_run") == run


def test_its_figures_are_those_of_the_aged_report(console: Console) -> None:
    console.run()
    with tenant_scope(console.tenant_id), open_mirror() as mirror:
        folder = mirror.folder
        with open_ledger(folder) as ledger:
            expected = {
                (row["buyer_id"], row["currency"]): (row["open_total"], row["d31_60"], row["net"])
                for row in aged_report(ledger, as_of=DAY, known_at=EVENING).to_pylist()
            }
    rows = console.ask("iter_buyers")
    found = {
        (row.buyer_id, row.currency): (row.open_total, row.buckets[2].amount, row.net)
        for row in rows
        if row.open_total
    }
    assert found == expected
    assert all(sum(b.amount for b in row.buckets) == row.open_total for row in rows)
    page = console.ask("portfolio_page")
    for total in page.totals:
        accounts = [row for row in rows if row.currency == total.currency]
        assert total.open_total == sum(row.open_total for row in accounts)
        assert total.net == total.open_total - total.credits - total.unapplied
        assert sum(share.accounts for share in total.grades) == total.accounts == len(accounts)
        assert sum(share.open_total for share in total.grades) == total.open_total


def test_the_same_question_is_answered_once(console: Console) -> None:
    first = console.run()
    again = console.run(trigger=Trigger.NIGHTLY, now=EVENING + timedelta(minutes=5))
    assert again == first
    with tenant_scope(console.tenant_id):
        assert models.PortfolioRun.objects.count() == 1
        assert len(evidence.latest(kind="portfolio_reviewed")) == 1


def test_an_import_makes_the_run_stale_until_the_next_one(console: Console) -> None:
    first = console.run()
    assert not console.ask("is_stale", first)
    console.take(*monthly("GOOD", "Prompt Ltd", late=-2, months=1, salesperson="Ann"))
    assert console.ask("is_stale", first)
    assert console.ask("portfolio_page").stale
    assert console.ask("buyers_page").stale
    second = console.run()
    assert second.ledger_version == 2
    assert not console.ask("is_stale", second)
    assert console.ask("current_run").run_id == second.run_id


def test_asking_whether_it_is_stale_costs_one_query(
    console: Console, django_assert_num_queries: Any
) -> None:
    run = console.run()
    from xindun.control.monitoring.reads import is_stale

    with tenant_scope(console.tenant_id), django_assert_num_queries(1):
        assert is_stale(run) is False


def test_evidence_proves_every_row_of_the_run(console: Console) -> None:
    run = console.run()
    with tenant_scope(console.tenant_id):
        (record,) = evidence.records_of(Subject("portfolio_run", str(run.run_id)))
        assert evidence.is_intact(record)
        hashes = [
            bytes(digest)
            for digest in models.BuyerSnapshot.objects.filter(run_id=run.number)
            .order_by("buyer_id", "currency")
            .values_list("row_hash", flat=True)
        ]
    assert record.kind == "portfolio_reviewed"
    assert record.actor == ACTOR
    assert record.inputs["ledger_version"] == 1
    assert len(str(record.inputs["ledger_content"])) == 64
    assert record.versions["model"] == run.model_version
    assert record.result["accounts"] == run.accounts == len(hashes)
    assert record.result["snapshot_root"] == run.snapshot_root == merkle_root(hashes).hex()


def test_a_run_that_dies_while_writing_leaves_no_half(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = console.run()
    console.take(Doc("X-1", "10.00", buyer="X", name="Later Ltd"))

    def killed(*_: object) -> int:
        raise OSError("disk full")

    monkeypatch.setattr(publishing, "_write_actions", killed)
    with pytest.raises(OSError, match="disk full"):
        console.run()
    assert console.ask("current_run").run_id == first.run_id
    attempt = console.ask("latest_attempt")
    assert (attempt.status, attempt.failure) == (RunStatus.FAILED, "OSError")
    with tenant_scope(console.tenant_id):
        assert set(models.BuyerSnapshot.objects.values_list("run_id", flat=True)) == {first.number}
    monkeypatch.undo()
    assert console.run().is_current


def test_a_run_that_was_killed_is_called_failed_by_the_next(console: Console) -> None:
    with tenant_scope(console.tenant_id):
        dead = models.PortfolioRun.objects.create(
            tenant_id=console.tenant_id,
            as_of=DAY,
            as_of_reason="today",
            known_at=EVENING,
            ledger_version=1,
            model_version="m",
            parameters_version="p",
            trigger=Trigger.NIGHTLY,
            actor=ACTOR,
            status=RunStatus.RUNNING,
            started_at=datetime.now(UTC) - STALLED_AFTER - timedelta(minutes=1),
        )
    assert console.ask("current_run") is None
    console.run()
    with tenant_scope(console.tenant_id):
        dead.refresh_from_db()
    assert (dead.status, dead.failure) == (RunStatus.FAILED, "died")


def test_another_day_can_be_prepared_without_leaving_today(console: Console) -> None:
    today = console.run()
    earlier = console.run(as_of=date(2025, 3, 31), current=False)
    assert not earlier.is_current
    assert console.ask("current_run").run_id == today.run_id
    assert console.ask("portfolio_page", as_of=date(2025, 3, 31)).run.run_id == earlier.run_id
    assert [day.as_of for day in console.ask("prepared_days")] == [DAY, date(2025, 3, 31)]


def test_a_day_that_has_not_come_is_refused(console: Console) -> None:
    with pytest.raises(DayNotOver, match="2025-07-01 has not come yet"):
        console.run(as_of=DAY + timedelta(days=1))
    with tenant_scope(console.tenant_id):
        assert not models.PortfolioRun.objects.exists()


def test_the_day_ends_at_midnight_of_the_tenants_own_zone(db: None) -> None:
    tenant = tenants.create_tenant(
        NewTenant(name="Shanghai", base_currency="CNY", time_zone="Asia/Shanghai", country="CN"),
        actor=ACTOR,
        now=EVENING - timedelta(days=90),
    )
    console = Console(Importer(tenant.id))
    console.take(Doc("A-1", "10.00", issued="2025-06-20", due="2025-07-20"))
    assert console.run(now=EVENING).as_of == date(2025, 7, 1)


def test_a_ledger_that_nobody_feeds_is_read_as_of_its_last_movement(console: Console) -> None:
    run = console.run(now=datetime(2026, 3, 1, 12, tzinfo=UTC))
    assert (run.as_of, run.as_of_reason) == (date(2025, 6, 20), "last_movement")


def test_what_was_known_earlier_is_restated_and_never_current(console: Console) -> None:
    before = console.importer.now + timedelta(hours=1)
    console.take(
        Doc("NEW-1", "500.00", buyer="NEW", name="Newcomer SA", issued="2025-06-20",
            due="2025-07-20", paid=(Paid("200.00", "2025-06-25"),))
    )  # fmt: skip
    now = console.run()
    then = console.run(known_at=before)
    assert then.restated
    assert not then.is_current
    assert console.ask("current_run").run_id == now.run_id
    assert then.snapshot_root != now.snapshot_root
    assert console.run(known_at=before).run_id == then.run_id


def test_an_empty_ledger_can_be_reviewed(empty: Console) -> None:
    assert empty.ask("portfolio_page") is None
    assert empty.ask("buyers_page") is None
    assert empty.ask("iter_buyers") == []
    run = empty.run()
    assert (run.accounts, run.ledger_version) == (0, 0)
    assert empty.ask("buyers_page").rows == ()
    assert empty.ask("portfolio_page").totals == ()


def test_one_tenant_never_sees_the_others_run(console: Console, other: Console) -> None:
    mine = console.run()
    assert other.ask("current_run") is None
    theirs = other.run()
    assert theirs.run_id != mine.run_id
    buyer = console.ask("buyers_page").rows[0]
    from xindun.control.monitoring.reads import UnknownRun
    from xindun.record.parties.reads import UnknownBuyer

    with pytest.raises(UnknownRun):
        other.ask("run_of", mine.run_id)
    with pytest.raises(UnknownBuyer):
        other.ask("buyer_file", buyer.buyer_public_id)
    assert {row.buyer_id for row in other.ask("iter_buyers")}.isdisjoint(
        row.buyer_id for row in console.ask("iter_buyers")
    )


def test_amounts_come_back_as_exact_decimals(console: Console) -> None:
    console.run()
    slow = next(row for row in console.ask("iter_buyers") if row.name == "Tardy GmbH")
    assert slow.open_total == Decimal("8000.0000")
    assert [bucket.label for bucket in slow.buckets if bucket.amount] == ["1-30", "31-60"]
