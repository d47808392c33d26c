"""Events arrive signed, at least once and in order for each subject, or can be replayed."""

from __future__ import annotations

import base64
import json
from datetime import timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob
from standardwebhooks import Webhook

from tests.contexts.webhooks.conftest import ACTOR, NOW, URL, OtherSide, Worker
from xindun.connectors.webhooks import actions, models, reads, tasks
from xindun.connectors.webhooks.values import (
    DeliveryFilter,
    DeliveryState,
    DisabledBecause,
    EndpointState,
    NewEndpoint,
    Outcome,
    Tried,
)
from xindun.kit import outbox
from xindun.kit.outgoing import AddressRefused, TooSlow
from xindun.kit.tenancy import tenant_scope
from xindun.record.evidence.reads import latest

ALL = DeliveryFilter()


def publish(tenant: int, subject: str = "ledger", topic: str = "ledger.changed") -> outbox.Event:
    with tenant_scope(tenant):
        return outbox.publish(topic, subject, {"ledger_version": 3}, occurred_at=NOW)


def states(tenant: int) -> list[tuple[str, int, str]]:
    with tenant_scope(tenant):
        rows = models.Delivery.objects.order_by("id")
        return [(row.subject, row.number, row.state) for row in rows]


def sent(side: OtherSide) -> list[tuple[str, int]]:
    found = [json.loads(body)["data"] for _, body, _ in side.sent]
    return [(data["subject"], data["number"]) for data in found]


def signed_by(secret: str, side: OtherSide, index: int = -1) -> bool:
    """Whether one of the signatures is by the secret, checked by hand as the scheme says."""
    _, body, headers = side.sent[index]
    time = NOW.fromtimestamp(int(headers["webhook-timestamp"]), tz=NOW.tzinfo)
    expected = Webhook(secret).sign(headers["webhook-id"], time, body.decode())
    return expected in headers["webhook-signature"].split(" ")


def test_an_event_arrives_with_id_time_signature_and_thin_data(
    tenant: int, made: NewEndpoint, worker: Worker, other_side: OtherSide
) -> None:
    event = publish(tenant)
    assert not worker.work()
    ((url, body, headers),) = other_side.sent
    assert url == URL
    data = json.loads(body)
    assert data.pop("data") == {
        "subject": "ledger",
        "number": 1,
        "company": data_company(tenant),
        "ledger_version": 3,
    }
    assert data == {"type": "ledger.changed", "timestamp": "2025-06-30T12:00:00+00:00"}
    assert headers["webhook-id"] == f"msg_{event.public_id.hex}"
    assert headers["Content-Type"] == "application/json"
    version, _, signature = headers["webhook-signature"].partition(",")
    assert (version, len(base64.b64decode(signature))) == ("v1", 32)
    assert signed_by(made.secret, other_side)
    assert states(tenant) == [("ledger", 1, "delivered")]
    with tenant_scope(tenant):
        (delivery,) = reads.deliveries_page(ALL).rows
        found, text, attempts = reads.delivery(delivery.public_id)
    assert (found, text) == (delivery, body.decode())
    assert [(each.outcome, each.status, each.answer) for each in attempts] == [
        (Outcome.ACCEPTED, 204, "said so")
    ]


def test_a_try_that_ends_after_another_was_accepted_changes_nothing_but_the_count(
    tenant: int, made: NewEndpoint, worker: Worker, other_side: OtherSide
) -> None:
    publish(tenant)
    worker.work()
    with tenant_scope(tenant):
        (delivered,) = models.Delivery.objects.all()
        late = Tried(tried_at=NOW, status=None, error="too_slow", milliseconds=9, answer="")
        actions.note(delivered.id, late, chance=0)
        (after,) = models.Delivery.objects.all()
    assert (after.state, after.last_status, after.last_error) == ("delivered", 204, "")
    assert (after.last_milliseconds, after.attempts) == (delivered.last_milliseconds, 2)


def data_company(tenant: int) -> str:
    from xindun.record.tenants.reads import current_tenant

    with tenant_scope(tenant):
        return str(current_tenant().public_id)


def test_a_failing_event_holds_back_later_ones_of_its_subject_only(
    tenant: int, worker: Worker, other_side: OtherSide
) -> None:
    other_side.answers = [500, 200]
    for subject in ("a", "a", "b"):
        publish(tenant, subject)
    worker.work()
    assert sent(other_side) == [("a", 1), ("b", 1)]
    assert states(tenant) == [("a", 1, "waiting"), ("a", 2, "waiting"), ("b", 1, "delivered")]
    worker.wait(seconds=4.9)
    worker.work()
    assert len(other_side.sent) == 2
    worker.wait(seconds=0.1)
    worker.work()
    assert sent(other_side)[2:] == [("a", 1), ("a", 2)]
    assert {state for _, _, state in states(tenant)} == {"delivered"}


def test_a_retry_is_the_same_message_signed_anew(
    tenant: int, made: NewEndpoint, worker: Worker, other_side: OtherSide
) -> None:
    other_side.answers = [TooSlow(host="x"), 200]
    publish(tenant)
    worker.work()
    worker.wait(seconds=5)
    worker.work()
    (_, body, first), (_, again, second) = other_side.sent
    assert body == again
    assert first["webhook-id"] == second["webhook-id"]
    assert int(second["webhook-timestamp"]) - int(first["webhook-timestamp"]) == 5
    assert signed_by(made.secret, other_side, 0) and signed_by(made.secret, other_side, 1)
    assert first["webhook-signature"] != second["webhook-signature"]


def test_after_the_last_try_an_event_is_dead_and_later_ones_go_on(
    tenant: int, worker: Worker, other_side: OtherSide
) -> None:
    other_side.answers = [500]
    publish(tenant)
    for _ in range(10):
        worker.work()
        worker.wait(days=0.5)
        with tenant_scope(tenant):
            # Two weeks of tries would have disabled the endpoint; that is another test's.
            models.Failing.objects.all().delete()
        worker.wait(days=0.5)
    assert states(tenant) == [("ledger", 1, "dead")]
    assert len(other_side.sent) == 10
    other_side.answers = [200]
    publish(tenant)
    worker.work()
    assert states(tenant) == [("ledger", 1, "dead"), ("ledger", 2, "delivered")]


def test_a_dead_event_is_replayed_under_the_same_id(
    tenant: int, made: NewEndpoint, worker: Worker, other_side: OtherSide
) -> None:
    publish(tenant)
    worker.work()
    with tenant_scope(tenant):
        models.Delivery.objects.update(state=DeliveryState.DEAD.value)
        assert reads.endpoint(made.endpoint.public_id).dead == 1
        assert actions.replay_dead(made.endpoint.public_id, actor=ACTOR, now=worker.now) == 1
    worker.work()
    assert other_side.sent[0][2]["webhook-id"] == other_side.sent[1][2]["webhook-id"]
    with tenant_scope(tenant):
        (delivery,) = reads.deliveries_page(ALL).rows
        assert delivery.state is DeliveryState.DELIVERED
        actions.replay(delivery.public_id, actor=ACTOR, now=worker.now)
    worker.work()
    assert len(other_side.sent) == 3


def test_410_disables_the_endpoint_and_says_so(
    tenant: int, made: NewEndpoint, worker: Worker, other_side: OtherSide
) -> None:
    other_side.answers = [410]
    publish(tenant, "a")
    publish(tenant, "b")
    worker.work()
    assert len(other_side.sent) == 1
    assert states(tenant) == [("a", 1, "dead"), ("b", 1, "dead")]
    with tenant_scope(tenant):
        endpoint = reads.endpoint(made.endpoint.public_id)
        assert (endpoint.state, endpoint.disabled_because) == (
            EndpointState.DISABLED,
            DisabledBecause.GONE,
        )
        record = latest(kind="webhook_disabled")[0]
        assert (record.actor, record.result["because"]) == ("system:webhooks", "gone")
    publish(tenant, "c")
    worker.work()
    assert len(other_side.sent) == 1
    with tenant_scope(tenant):
        actions.resume_endpoint(made.endpoint.public_id, actor=ACTOR, now=worker.now)
    other_side.answers = [200]
    publish(tenant, "d")
    worker.work()
    assert sent(other_side)[1:] == [("d", 1)]


def test_five_days_of_failures_disable_and_one_success_starts_anew(
    tenant: int, made: NewEndpoint, worker: Worker, other_side: OtherSide
) -> None:
    key = made.endpoint.public_id
    other_side.answers = [AddressRefused(host="x"), 200, 500]
    publish(tenant, "a")
    worker.work()
    with tenant_scope(tenant):
        assert reads.endpoint(key).failing_since == NOW
    worker.wait(days=4)
    worker.work()
    with tenant_scope(tenant):
        assert reads.endpoint(key).failing_since is None
    publish(tenant, "b")
    worker.work()
    worker.wait(days=4.9)
    worker.work()
    with tenant_scope(tenant):
        assert reads.endpoint(key).state is EndpointState.ACTIVE
    worker.wait(days=0.1)
    worker.work()
    with tenant_scope(tenant):
        assert reads.endpoint(key).disabled_because is DisabledBecause.FAILING


def test_during_a_rotation_both_secrets_sign_and_afterwards_the_new_one(
    tenant: int, made: NewEndpoint, worker: Worker, other_side: OtherSide
) -> None:
    with tenant_scope(tenant):
        new = actions.rotate_secret(made.endpoint.public_id, actor=ACTOR, now=NOW).secret
    publish(tenant)
    worker.work()
    assert len(other_side.sent[0][2]["webhook-signature"].split(" ")) == 2
    assert signed_by(made.secret, other_side) and signed_by(new, other_side)
    worker.wait(hours=24)
    publish(tenant)
    worker.work()
    assert signed_by(new, other_side) and not signed_by(made.secret, other_side)


def test_secrets_that_cannot_be_opened_send_nothing_and_say_why(
    tenant: int, worker: Worker, other_side: OtherSide, settings: object
) -> None:
    settings.SECRET_KEY = "changed"  # type: ignore[attr-defined]
    publish(tenant)
    worker.work()
    assert other_side.sent == []
    with tenant_scope(tenant):
        (delivery,) = reads.deliveries_page(ALL).rows
    assert (delivery.state, delivery.last_error) == (DeliveryState.WAITING, "seal_broken")


def test_an_endpoint_gets_the_topics_it_asked_for(
    tenant: int, made: NewEndpoint, worker: Worker, other_side: OtherSide
) -> None:
    with tenant_scope(tenant):
        actions.change_endpoint(
            made.endpoint.public_id,
            url=URL,
            topics=["import.failed"],
            actor=ACTOR,
            now=NOW,
            note="",
        )
    publish(tenant, "a", "ledger.changed")
    publish(tenant, "b", "import.failed")
    worker.work()
    assert sent(other_side) == [("b", 1)]


def test_the_test_button_is_tried_once(
    tenant: int, made: NewEndpoint, worker: Worker, other_side: OtherSide
) -> None:
    other_side.answers = [500]
    with tenant_scope(tenant):
        key = actions.send_test(made.endpoint.public_id, actor=ACTOR, now=NOW)
    worker.work()
    with tenant_scope(tenant):
        delivery, body, (attempt,) = reads.delivery(key)
        endpoint = reads.endpoint(made.endpoint.public_id)
        assert (endpoint.failing_since, endpoint.dead, reads.counts()["dead"]) == (None, 0, 0)
    assert (delivery.state, delivery.topic, attempt.status) == ("dead", "xindun.test", 500)
    assert json.loads(body)["type"] == "xindun.test"


def test_a_worker_killed_after_the_call_sends_again_under_the_same_id(
    tenant: int, worker: Worker, other_side: OtherSide
) -> None:
    class Killed(BaseException):
        pass

    def kill() -> None:
        raise Killed

    publish(tenant)
    other_side.before_answering = kill
    with pytest.raises(Killed):
        worker.work()
    assert states(tenant) == [("ledger", 1, "waiting")]
    other_side.before_answering = lambda: None
    worker.work()
    assert states(tenant) == [("ledger", 1, "delivered")]
    assert other_side.sent[0][2]["webhook-id"] == other_side.sent[1][2]["webhook-id"]


def test_what_was_stopped_during_the_call_stays_stopped(
    tenant: int, made: NewEndpoint, worker: Worker, other_side: OtherSide
) -> None:
    def remove() -> None:
        with tenant_scope(tenant):
            actions.remove_endpoint(made.endpoint.public_id, actor=ACTOR, now=NOW)

    other_side.before_answering = remove
    publish(tenant)
    worker.work()
    assert states(tenant) == [("ledger", 1, "dead")]


def test_the_sweep_finds_events_and_deliveries_without_a_job(
    tenant: int, worker: Worker, other_side: OtherSide
) -> None:
    def jobs() -> set[str]:
        rows = ProcrastinateJob.objects.filter(queue_name="webhooks", status="todo")
        return set(rows.values_list("task_name", flat=True))

    def lose() -> None:
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_jobs WHERE queue_name = 'webhooks'")

    publish(tenant)
    lose()
    tasks.sweep(0)
    assert jobs() == {"webhooks.dispatch"}
    with tenant_scope(tenant):
        actions.dispatch(now=NOW)
    lose()
    tasks.sweep(0)
    assert jobs() == {"webhooks.deliver"}
    worker.work()
    lose()
    tasks.sweep(0)
    assert jobs() == set()


def test_a_round_ends_after_its_calls_so_that_others_get_their_turn(
    tenant: int, worker: Worker, other_side: OtherSide
) -> None:
    for _ in range(3):
        publish(tenant)
    assert worker.work(calls=2)
    assert len(other_side.sent) == 2
    assert not worker.work(calls=2)
    assert sent(other_side) == [("ledger", 1), ("ledger", 2), ("ledger", 3)]


def test_old_deliveries_are_forgotten_dead_ones_later(
    tenant: int, worker: Worker, other_side: OtherSide
) -> None:
    publish(tenant, "a")
    worker.work()
    other_side.answers = [410]
    publish(tenant, "b")
    worker.work()
    with tenant_scope(tenant):
        assert actions.prune(now=NOW + timedelta(days=30)) == 0
        assert actions.prune(now=NOW + timedelta(days=31)) == 1
        assert states(tenant) == [("b", 1, "dead")]
        assert actions.prune(now=NOW + timedelta(days=91)) == 1
        assert not models.Attempt.objects.exists()


def test_deliveries_are_found_by_state_topic_endpoint_and_text(
    tenant: int, made: NewEndpoint, worker: Worker, other_side: OtherSide
) -> None:
    event = publish(tenant, "import:1", "import.finished")
    publish(tenant, "ledger")
    worker.work()

    def found(**wanted: object) -> int:
        return reads.deliveries_page(DeliveryFilter(**wanted)).total  # type: ignore[arg-type]

    with tenant_scope(tenant):
        assert found() == 2
        assert found(state="dead") == 0
        assert found(topic="import.finished") == 1
        assert found(search="import:1") == 1
        assert found(search=f"msg_{event.public_id.hex}") == 1
        assert found(search="swordfish") == 2
        assert found(endpoint=made.endpoint.public_id) == 2
        assert found(endpoint=event.public_id) == 0
