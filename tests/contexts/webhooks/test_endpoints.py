"""Where events go is settled with permission, leaves evidence, and its secrets are seen once."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from tests.contexts.webhooks.conftest import ACTOR, NOW, URL
from xindun.connectors.webhooks import actions, models, reads
from xindun.connectors.webhooks.reads import UnknownEndpoint
from xindun.connectors.webhooks.rules import (
    MOST_ENDPOINTS,
    TooManyEndpoints,
    UnknownTopic,
    WrongEndpointStep,
)
from xindun.connectors.webhooks.values import EndpointState, NewEndpoint
from xindun.kit.addresses import AddressMalformed, AddressNotEncrypted
from xindun.kit.sealing import SealBroken, seal, unseal
from xindun.kit.tenancy import tenant_scope
from xindun.record.evidence.reads import latest
from xindun.record.tenants import actions as tenants
from xindun.record.tenants.values import Actor, NewTenant, NotPermitted


def test_a_new_endpoint_has_a_secret_that_is_stored_sealed(tenant: int, made: NewEndpoint) -> None:
    assert made.secret.startswith("whsec_")
    with tenant_scope(tenant):
        (row,) = models.EndpointSecret.objects.all()
        assert made.secret.encode() not in bytes(row.sealed)
        assert made.secret.removeprefix("whsec_").encode() not in bytes(row.sealed)
        (endpoint,) = reads.endpoints()
    assert endpoint == made.endpoint
    assert endpoint.state is EndpointState.ACTIVE


def test_every_change_is_evidence_without_secret_or_address(tenant: int, made: NewEndpoint) -> None:
    key = made.endpoint.public_id
    with tenant_scope(tenant):
        actions.change_endpoint(
            key, url=URL + "2", topics=["ledger.changed"], actor=ACTOR, now=NOW, note="ERP"
        )
        rotated = actions.rotate_secret(key, actor=ACTOR, now=NOW)
        actions.pause_endpoint(key, actor=ACTOR, now=NOW)
        actions.resume_endpoint(key, actor=ACTOR, now=NOW)
        actions.remove_endpoint(key, actor=ACTOR, now=NOW)
        records = [each for each in latest() if each.subject.type == "webhook"]
        assert reads.endpoints() == []
        assert not models.EndpointSecret.objects.exists()
        with pytest.raises(UnknownEndpoint):
            reads.endpoint(key)
    assert [each.kind for each in reversed(records)] == [
        "webhook_created",
        "webhook_changed",
        "webhook_secret_rotated",
        "webhook_paused",
        "webhook_resumed",
        "webhook_removed",
    ]
    for record in records:
        text = json.dumps([record.inputs, record.result, record.versions])
        assert record.result["host"] == "hooks.example.com"
        assert "swordfish" not in text
        assert made.secret not in text
        assert rotated.secret not in text


def test_without_the_permission_nothing_changes(tenant: int, made: NewEndpoint) -> None:
    key, nobody = made.endpoint.public_id, Actor("user:2")
    with tenant_scope(tenant):
        before = len(latest())
        for refused in (
            lambda: actions.create_endpoint(url=URL, topics=(), actor=nobody, now=NOW),
            lambda: actions.change_endpoint(
                key, url="https://a.example/", topics=(), actor=nobody, now=NOW, note=""
            ),
            lambda: actions.rotate_secret(key, actor=nobody, now=NOW),
            lambda: actions.pause_endpoint(key, actor=nobody, now=NOW),
            lambda: actions.resume_endpoint(key, actor=nobody, now=NOW),
            lambda: actions.remove_endpoint(key, actor=nobody, now=NOW),
            lambda: actions.send_test(key, actor=nobody, now=NOW),
            lambda: actions.replay(key, actor=nobody, now=NOW),
            lambda: actions.replay_dead(key, actor=nobody, now=NOW),
        ):
            with pytest.raises(NotPermitted):
                refused()
        assert reads.endpoints() == [made.endpoint]
        assert len(latest()) == before
        assert not models.Delivery.objects.exists()


def test_addresses_and_topics_that_cannot_be_are_refused(tenant: int) -> None:
    with tenant_scope(tenant):
        for url, error in (
            ("http://hooks.example.com/", AddressNotEncrypted),
            ("https://user:pw@hooks.example.com/", AddressMalformed),
            ("https://2130706433/", AddressMalformed),
        ):
            with pytest.raises(error):
                actions.create_endpoint(url=url, topics=(), actor=ACTOR, now=NOW)
        with pytest.raises(UnknownTopic):
            actions.create_endpoint(url=URL, topics=["no.such"], actor=ACTOR, now=NOW)
        assert reads.endpoints() == []


def test_a_company_has_a_limited_number_of_endpoints(tenant: int) -> None:
    with tenant_scope(tenant):
        for _ in range(MOST_ENDPOINTS):
            actions.create_endpoint(url=URL, topics=(), actor=ACTOR, now=NOW)
        with pytest.raises(TooManyEndpoints):
            actions.create_endpoint(url=URL, topics=(), actor=ACTOR, now=NOW)


def test_a_paused_endpoint_cannot_be_paused_or_tested(tenant: int, made: NewEndpoint) -> None:
    key = made.endpoint.public_id
    with tenant_scope(tenant):
        actions.pause_endpoint(key, actor=ACTOR, now=NOW)
        with pytest.raises(WrongEndpointStep):
            actions.pause_endpoint(key, actor=ACTOR, now=NOW)
        with pytest.raises(WrongEndpointStep):
            actions.send_test(key, actor=ACTOR, now=NOW)


def test_another_company_s_endpoint_does_not_exist(tenant: int, made: NewEndpoint) -> None:
    new = NewTenant(name="B", base_currency="EUR", time_zone="Europe/Berlin", country="DE")
    other = tenants.create_tenant(new, actor="system:test", now=NOW).id
    with tenant_scope(other):
        assert reads.endpoints() == []
        with pytest.raises(UnknownEndpoint):
            actions.remove_endpoint(made.endpoint.public_id, actor=ACTOR, now=NOW)
    with tenant_scope(tenant):
        assert reads.endpoint(made.endpoint.public_id).state is EndpointState.ACTIVE


def test_a_rotated_secret_has_an_end_and_a_second_rotation_ends_the_first_at_once(
    tenant: int, made: NewEndpoint
) -> None:
    key = made.endpoint.public_id
    with tenant_scope(tenant):
        first = actions.rotate_secret(key, actor=ACTOR, now=NOW)
        assert first.endpoint.secret_ends_at == NOW + timedelta(hours=24)
        actions.rotate_secret(key, actor=ACTOR, now=NOW + timedelta(hours=1))
        ends = models.EndpointSecret.objects.order_by("id").values_list("ends_at", flat=True)
        assert list(ends) == [NOW + timedelta(hours=25), None]


def test_a_sealed_text_opens_for_its_purpose_row_and_installation_only(settings: object) -> None:
    sealed = seal("whsec_x", purpose="webhook secret", context="1 a")
    assert unseal(sealed, purpose="webhook secret", context="1 a") == "whsec_x"
    assert seal("whsec_x", purpose="webhook secret", context="1 a") != sealed
    for purpose, context in (("other", "1 a"), ("webhook secret", "2 a")):
        with pytest.raises(SealBroken):
            unseal(sealed, purpose=purpose, context=context)
    with pytest.raises(SealBroken):
        unseal(sealed[:-1] + bytes([sealed[-1] ^ 1]), purpose="webhook secret", context="1 a")
    former = settings.SECRET_KEY  # type: ignore[attr-defined]
    settings.SECRET_KEY = "another"  # type: ignore[attr-defined]
    with pytest.raises(SealBroken):
        unseal(sealed, purpose="webhook secret", context="1 a")
    settings.SECRET_KEY_FALLBACKS = [former]  # type: ignore[attr-defined]
    assert unseal(sealed, purpose="webhook secret", context="1 a") == "whsec_x"
