"""API keys against the database: found before a tenant is known, ended, replaced, and evidence."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection

from tests.contexts.tenants.test_sign_in import a_tenant
from xindun.kernel.errors import DomainError
from xindun.kit.tenancy import has_tenant, tenant_scope
from xindun.record.evidence import reads as evidence
from xindun.record.evidence.values import Subject
from xindun.record.tenants import actions, reads, values
from xindun.record.tenants.values import Actor, KeyState, NewKey, NotPermitted, Permission

NOW = datetime(2025, 6, 30, 12, tzinfo=UTC)
DAY = timedelta(days=1)
READ = frozenset({Permission.LEDGER_READ})
BOSS = Actor("user:boss", frozenset(Permission))

pytestmark = pytest.mark.django_db


@pytest.fixture
def tenant() -> values.Tenant:
    return a_tenant()


def made(tenant: values.Tenant, name: str = "ERP") -> NewKey:
    with tenant_scope(tenant.id):
        return actions.create_key(BOSS, name=name, scopes=READ, now=NOW)


def kinds(tenant: values.Tenant, key: values.StoredKey) -> list[str]:
    with tenant_scope(tenant.id):
        records = evidence.records_of(Subject("api_key", str(key.public_id)))
    assert all(evidence.is_intact(record) for record in records)
    return [record.kind for record in records]


def test_a_key_says_whose_it_is_before_a_tenant_is_known(tenant: values.Tenant) -> None:
    mine, theirs = made(tenant), made(a_tenant("Other"))
    assert not has_tenant()
    holder = reads.key_actor(mine.token, NOW)
    assert holder.tenant_id == tenant.id
    assert holder.actor == Actor(f"key:{mine.key.public_id}", READ)
    assert reads.key_actor(theirs.token, NOW).tenant_id != tenant.id
    assert kinds(tenant, mine.key) == ["api_key_created"]


def test_neither_the_table_nor_the_evidence_nor_a_traceback_holds_the_secret(
    tenant: values.Tenant,
) -> None:
    new = made(tenant)
    secret = new.token.split("_")[2]
    with tenant_scope(tenant.id), connection.cursor() as cursor:
        for table in ("tenants_apikey", "evidence_evidencerecord"):
            cursor.execute(f"SELECT t::text FROM {table} t")
            assert not [row for row in cursor.fetchall() if secret[:20] in row[0]], table
    assert secret not in repr(new)


def test_a_key_with_another_secret_is_unknown(tenant: values.Tenant) -> None:
    from xindun.record.tenants.rules.keys import new_secret, token_of

    forged = token_of(made(tenant).key.prefix, new_secret())
    with pytest.raises(reads.UnknownKey):
        reads.key_actor(forged, NOW)


def test_a_key_expires_and_can_be_revoked_once(tenant: values.Tenant) -> None:
    new = made(tenant)
    ends = new.key.expires_at
    assert reads.key_actor(new.token, ends - timedelta(seconds=1)).expires_at == ends
    with pytest.raises(reads.ExpiredKey):
        reads.key_actor(new.token, ends)
    with tenant_scope(tenant.id):
        for _ in range(2):
            actions.revoke_key(BOSS, new.key.public_id, now=NOW)
        assert [key.state(ends) for key in reads.api_keys()] == [KeyState.REVOKED]
    with pytest.raises(reads.RevokedKey):
        reads.key_actor(new.token, NOW)
    assert kinds(tenant, new.key) == ["api_key_revoked", "api_key_created"]


def test_a_rotated_key_runs_beside_the_new_one_and_then_ends(tenant: values.Tenant) -> None:
    old = made(tenant)
    with tenant_scope(tenant.id):
        new = actions.rotate_key(BOSS, old.key.public_id, now=NOW, overlap=DAY)
    assert new.key.public_id != old.key.public_id
    assert (new.key.name, new.key.scopes) == (old.key.name, old.key.scopes)
    assert reads.key_actor(old.token, NOW + DAY / 2).tenant_id == tenant.id
    assert reads.key_actor(new.token, NOW + DAY).tenant_id == tenant.id
    with pytest.raises(reads.ExpiredKey):
        reads.key_actor(old.token, NOW + DAY)
    assert kinds(tenant, new.key) == ["api_key_rotated"]


def test_the_last_use_is_noted_at_most_hourly_and_is_no_evidence(tenant: values.Tenant) -> None:
    new = made(tenant)
    for minutes, noted in ((0, 0), (59, 0), (60, 60)):
        now = NOW + timedelta(minutes=minutes)
        holder = reads.key_actor(new.token, now)
        assert holder.note_due == (minutes != 59)
        actions.note_key_use(holder, now)
        with tenant_scope(tenant.id):
            assert reads.api_keys()[0].last_used_at == NOW + timedelta(minutes=noted)
    assert kinds(tenant, new.key) == ["api_key_created"]


def test_what_may_not_be_made_or_ended_leaves_no_trace(tenant: values.Tenant) -> None:
    other = made(a_tenant("Other"))
    weak = Actor("user:weak", frozenset(Permission) - {Permission.KEYS_MANAGE})
    narrow = Actor("user:narrow", frozenset({Permission.KEYS_MANAGE}))
    with tenant_scope(tenant.id):
        with pytest.raises(NotPermitted):
            actions.create_key(weak, name="x", scopes=READ, now=NOW)
        with pytest.raises(actions.ScopeTooWide):
            actions.create_key(narrow, name="x", scopes=READ, now=NOW)
        for wrong in (other.key.public_id, uuid4()):
            with pytest.raises(actions.NoSuchKey):
                actions.revoke_key(BOSS, wrong, now=NOW)
            with pytest.raises(actions.NoSuchKey):
                actions.rotate_key(BOSS, wrong, now=NOW)
        mine = made(tenant)
        with pytest.raises(DomainError) as refusal:
            actions.rotate_key(BOSS, mine.key.public_id, now=NOW, overlap=31 * DAY)
        assert refusal.value.code == "bad_overlap"
        with pytest.raises(actions.ScopeTooWide):
            actions.rotate_key(narrow, mine.key.public_id, now=NOW)
        assert [key.public_id for key in reads.api_keys()] == [mine.key.public_id]
        assert reads.api_keys()[0].expires_at == mine.key.expires_at
    assert kinds(tenant, mine.key) == ["api_key_created"]
    assert reads.key_actor(other.token, NOW).actor.name == f"key:{other.key.public_id}"
