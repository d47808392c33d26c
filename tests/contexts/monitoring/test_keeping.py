"""What is kept: scores when they change, snapshots for a while, decisions for good."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.contexts.monitoring.portfolio import DAY, EVENING, Console, monthly
from xindun.control.monitoring import models
from xindun.control.monitoring.actions import prune
from xindun.control.monitoring.values import Run, Trigger
from xindun.kit.tenancy import tenant_scope
from xindun.prevention.limits import models as limit_models
from xindun.prevention.limits import reads as limits
from xindun.prevention.scoring import models as score_models
from xindun.prevention.scoring import reads as scoring


def counts(console: Console) -> tuple[int, int]:
    with tenant_scope(console.tenant_id):
        return (
            score_models.Score.objects.count(),
            limit_models.LimitRecommendation.objects.count(),
        )


def buyer(console: Console, name: str) -> int:
    return next(row.buyer_id for row in console.ask("iter_buyers") if row.name == name)


def test_only_what_changed_is_written_again(console: Console) -> None:
    console.run()
    assert counts(console) == (6, 6)
    console.take(*monthly("GOOD", "Prompt Ltd", late=-2, months=1, salesperson="Ann"))
    console.run()  # a salesperson changes nobody's score
    assert counts(console) == (6, 6)
    console.take(*monthly("GOOD", "Prompt Ltd", late=20))
    console.run()
    scores, recommended = counts(console)
    assert scores == 7
    assert recommended in (6, 7)
    with tenant_scope(console.tenant_id):
        history = scoring.history(buyer(console, "Prompt Ltd"), "EUR")
    assert [score.stamp.ledger_version for score in history] == [3, 1]
    assert history[0].health_score < history[1].health_score


def test_a_decision_run_writes_every_account(console: Console) -> None:
    console.run()
    console.take(*monthly("GOOD", "Prompt Ltd", late=-2, months=1, salesperson="Ann"))
    console.run(trigger=Trigger.DECISION)
    assert counts(console) == (12, 12)


def test_a_score_is_found_by_the_day_asked_about(console: Console) -> None:
    then = console.run(as_of=date(2025, 1, 31), current=False)
    now = console.run()
    slow = buyer(console, "Tardy GmbH")
    with tenant_scope(console.tenant_id):
        assert scoring.latest_score(slow, "EUR").stamp.run_id == now.run_id
        earlier = scoring.latest_score(slow, "EUR", as_of=date(2025, 2, 15))
        assert earlier.stamp.run_id == then.run_id
        assert scoring.latest_score(slow, "EUR", as_of=date(2024, 1, 1)) is None
        assert scoring.latest_score(slow, "CHF") is None
        limit = limits.latest_recommendation(slow, "EUR", as_of=date(2025, 2, 15))
        assert limit.stamp.as_of == date(2025, 1, 31)
        assert len(limits.history(slow, "EUR")) == 2


@pytest.mark.parametrize("model", [score_models.Score, limit_models.LimitRecommendation])
def test_what_was_decided_cannot_be_changed_or_removed(
    console: Console, model: type[score_models.Score]
) -> None:
    console.run()
    for attempt in ("update", "delete"):
        with (
            pytest.raises(Exception, match="permission denied"),
            tenant_scope(console.tenant_id),
        ):
            rows = model.objects.all()
            rows.update(currency="XXX") if attempt == "update" else rows._raw_delete(rows.db)
    assert counts(console) == (6, 6)


def test_another_tenants_scores_are_not_there(console: Console, other: Console) -> None:
    console.run()
    slow = buyer(console, "Tardy GmbH")
    with tenant_scope(other.tenant_id):
        assert scoring.latest_score(slow, "EUR") is None
        assert limits.history(slow, "EUR") == ()


def test_the_newest_run_of_a_day_replaces_the_earlier_ones(console: Console) -> None:
    first = console.run()
    console.take(*monthly("GOOD", "Prompt Ltd", late=20))
    second = console.run()
    assert snapshots(console) == {second.number}
    with tenant_scope(console.tenant_id):
        assert models.PortfolioRun.objects.get(id=first.number).pruned == "snapshots"
        assert scoring.history(buyer(console, "Prompt Ltd"), "EUR")[-1].stamp.run_id == first.run_id


def test_a_file_without_details_shows_the_stored_score(console: Console) -> None:
    old = console.run(as_of=DAY - timedelta(days=10), current=False)
    made_earlier(console, old, days=10)
    console.run()
    assert details(console, old) == 0
    slow = next(row for row in console.ask("iter_buyers") if row.name == "Tardy GmbH")
    file = console.ask("buyer_file", slow.buyer_public_id, as_of=old.as_of)
    assert not file.run.detailed
    (account,) = file.accounts
    assert sum(reason.points for reason in account.score.reasons) == account.score.health_score
    assert account.recommendation.formulas
    assert account.behaviour == {}


def test_a_pruned_day_can_be_prepared_again(console: Console) -> None:
    old = console.run(as_of=DAY - timedelta(days=20), current=False)
    made_earlier(console, old, days=20)
    console.run()
    assert [day.as_of for day in console.ask("prepared_days")] == [DAY]
    assert console.ask("portfolio_page", as_of=old.as_of) is None
    again = console.run(as_of=old.as_of, current=False)
    assert again.run_id != old.run_id
    assert again.snapshot_root == old.snapshot_root
    assert details(console, again) == again.accounts


def test_pruning_again_does_nothing(console: Console) -> None:
    console.run(as_of=DAY - timedelta(days=10), current=False)
    console.run(now=EVENING)
    with tenant_scope(console.tenant_id):
        assert prune() == 0


def snapshots(console: Console) -> set[int]:
    with tenant_scope(console.tenant_id):
        return set(models.BuyerSnapshot.objects.values_list("run_id", flat=True))


def made_earlier(console: Console, run: Run, *, days: int) -> None:
    with tenant_scope(console.tenant_id):
        row = models.PortfolioRun.objects.get(id=run.number)
        row.finished_at -= timedelta(days=days)
        row.save(update_fields=["finished_at"])


def details(console: Console, run: Run) -> int:
    with tenant_scope(console.tenant_id):
        return models.SnapshotDetail.objects.filter(run_id=run.number).count()
