"""The webhook screens: an endpoint's whole life, and the log of what became of each message."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import pytest
from django.utils import timezone

from tests.contexts.webhooks.conftest import OtherSide
from tests.edges.web.conftest import Company
from tests.edges.web.test_lists import body
from xindun.connectors.webhooks import actions, reads
from xindun.connectors.webhooks.actions import delivering
from xindun.connectors.webhooks.values import DeliveryFilter, Endpoint, EndpointState
from xindun.kit.tenancy import tenant_scope

URL = "https://hooks.example.com/in?token=swordfish"


@pytest.fixture
def other_side(monkeypatch: pytest.MonkeyPatch) -> OtherSide:
    side = OtherSide()
    monkeypatch.setattr(delivering, "send", side.send)
    return side


def create(company: Company, **fields: Any) -> tuple[Endpoint, str]:
    """Make an endpoint by the form; it and the secret that the answer shows."""
    with tenant_scope(company.tenant_id):
        actions.dispatch(now=timezone.now())  # what happened before there was one
    answer = company.client.post("/webhooks/new/", {"url": URL, **fields})
    assert answer.status_code == 200, answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    found = re.search(r'id="secret">(whsec_[^<]+)<', answer.content.decode())
    assert found is not None
    with tenant_scope(company.tenant_id):
        return reads.endpoints()[-1], found.group(1)


def work(company: Company) -> None:
    with tenant_scope(company.tenant_id):
        actions.dispatch(now=timezone.now())
        endpoints = reads.endpoints()
    for endpoint in endpoints:
        actions.deliver_due(company.tenant_id, endpoint.id, clock=timezone.now, chance=lambda: 0.0)


def read(company: Company, where: str) -> str:
    answer = company.client.get(where)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_endpoint_is_made_tested_changed_rotated_paused_and_removed(
    company: Company, rival: Company, other_side: OtherSide
) -> None:
    assert "No webhook yet" in read(company, "/webhooks/")
    endpoint, secret = create(company, topics=["ledger.changed"], note="ERP")
    where = f"/webhooks/{endpoint.public_id}/"
    assert endpoint.topics == ("ledger.changed",)
    for page in (read(company, "/webhooks/"), read(company, where)):
        assert "hooks.example.com" in page
        assert secret not in page
    assert "swordfish" not in read(company, "/webhooks/")

    tested = company.client.post(f"{where}test/")
    waiting = read(company, tested["Location"])
    assert "On its way" in waiting
    assert 'hx-trigger="every 2s"' in waiting
    work(company)
    part = company.client.get(tested["Location"], headers={"HX-Request": "true"}).content.decode()
    assert "HTTP 204" in part
    assert "said so" in part
    assert "hx-trigger" not in part
    assert "<html" not in part

    changed = company.client.post(where, {"url": URL, "topics": ["import.failed"], "note": "x"})
    assert changed.status_code == 302
    rotated = company.client.post(f"{where}rotate/").content.decode()
    assert "whsec_" in rotated
    assert secret not in rotated
    assert "former secret" in rotated
    company.client.post(f"{where}step/", {"step": "pause"})
    assert "Paused" in read(company, where)
    assert company.client.post(f"{where}test/")["Location"] == where
    company.client.post(f"{where}step/", {"step": "resume"})
    assert company.client.post(f"{where}step/", {"step": "explode"}).status_code == 404
    for action in ("step", "rotate", "test", "replay"):
        assert rival.client.post(f"{where}{action}/", {"step": "remove"}).status_code == 404
    with tenant_scope(company.tenant_id):
        assert reads.endpoint(endpoint.public_id).state is EndpointState.ACTIVE
    company.client.post(f"{where}step/", {"step": "remove"})
    assert company.client.get(where).status_code == 404
    assert "No webhook yet" in read(company, "/webhooks/")


def test_an_address_that_may_not_be_called_is_refused_in_the_reader_s_language(
    company: Company,
) -> None:
    answer = company.client.post("/webhooks/new/", {"url": "http://hooks.example.com/"})
    assert answer.status_code == 400
    assert "must begin with https" in answer.content.decode()
    company.client.post("/language/", {"language": "zh-hans"})
    answer = company.client.post("/webhooks/new/", {"url": "https://2130706433/"})
    assert "这不是可以调用的地址" in answer.content.decode()
    assert "已导入" in answer.content.decode()  # the topics
    with tenant_scope(company.tenant_id):
        assert reads.endpoints() == []


def test_dead_letters_are_seen_found_exported_and_sent_again(
    company: Company, rival: Company, other_side: OtherSide
) -> None:
    endpoint, _secret = create(company)
    other_side.answers = [410]
    company.client.post(f"/today/{company.action_id}/", {"state": "done"})
    work(company)
    page = read(company, "/webhooks/")
    assert "Disabled" in page
    assert "could not be delivered" in page
    where = f"/webhooks/{endpoint.public_id}/"
    assert "410 Gone" in read(company, where)
    dead = read(company, "/webhooks/deliveries/?state=dead")
    assert "action.marked" in dead
    assert "No message matches" in read(company, "/webhooks/deliveries/?state=delivered")
    rows = exported(company, "state=dead&topic=action.marked")
    assert [(row["Topic"], row["State"], row["Last result"]) for row in rows] == [
        ("action.marked", "Dead letter", "HTTP 410")
    ]
    assert "swordfish" not in str(rows)
    assert exported(company, "topic=import.failed") == []
    for sort in ("topic", "-topic", "state", "subject", "attempts", "time", "nonsense"):
        assert company.client.get(f"/webhooks/deliveries/?sort={sort}").status_code == 200

    company.client.post(f"{where}step/", {"step": "resume"})
    other_side.answers = [200]
    company.client.post(f"{where}replay/")
    work(company)
    (row,) = exported(company, "topic=action.marked")
    assert row["State"] == "Delivered"
    with tenant_scope(company.tenant_id):
        (delivery,) = reads.deliveries_page(DeliveryFilter(topic="action.marked")).rows
    one = f"/webhooks/deliveries/{delivery.public_id}/"
    assert rival.client.get(one).status_code == 404
    assert rival.client.post(f"{one}replay/").status_code == 404
    company.client.post(f"{one}replay/")
    work(company)
    ids = [headers["webhook-id"] for _, _, headers in other_side.sent]
    assert len(ids) == 3
    assert set(ids) == {f"msg_{delivery.message_id.hex}"}
    assert not exported(rival, "")


def exported(company: Company, query: str) -> list[dict[str, str]]:
    answer: Any = company.client.get(f"/webhooks/deliveries/export/csv/?{query}")
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(body(answer).decode("utf-8-sig"))))
