"""Tenants, users and memberships against the database, as the app role."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.contrib.auth import authenticate
from django.db import connection

from xindun.kernel.errors import DomainError
from xindun.kit.tenancy import TenantScopeMissing, tenant_scope
from xindun.record.evidence import reads as evidence
from xindun.record.evidence.values import Subject
from xindun.record.tenants import actions, reads, values

NOW = datetime(2025, 6, 30, 12, tzinfo=UTC)
PASSWORD = "correct-horse-battery"

pytestmark = pytest.mark.django_db


def a_tenant(name: str = "Acme") -> values.Tenant:
    new = values.NewTenant(name, "EUR", "Europe/Berlin", "DE")
    return actions.create_tenant(new, actor="test", now=NOW)


def test_tests_run_as_the_app_role() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == ("xindun_app", False, False)


def test_a_tenant_is_seen_by_itself_only() -> None:
    acme, other = a_tenant(), a_tenant("Other")
    with tenant_scope(acme.id):
        assert reads.current_tenant() == acme
    with tenant_scope(other.id):
        assert reads.current_tenant().name == "Other"
        with tenant_scope(acme.id):
            assert reads.current_tenant() == acme
        assert reads.current_tenant() == other
    with pytest.raises(TenantScopeMissing):
        reads.current_tenant()


def test_opening_a_tenant_leaves_evidence() -> None:
    tenant = a_tenant()
    with tenant_scope(tenant.id):
        (record,) = evidence.records_of(Subject("tenant", str(tenant.public_id)))
        assert record.kind == "tenant_created"
        assert record.result["time_zone"] == "Europe/Berlin"
        assert evidence.is_intact(record)


def test_a_member_signs_in_by_email_in_any_case() -> None:
    tenant = a_tenant()
    user = actions.create_user(email="Ada@Example.com", password=PASSWORD, name="Ada")
    assert reads.memberships_of(user.id) == []
    with tenant_scope(tenant.id):
        actions.add_member(email="ada@example.com", actor="test", now=NOW)
        actions.add_member(email="ada@example.com", actor="test", now=NOW)
        assert reads.members() == [user]
    found = authenticate(username="ADA@example.com", password=PASSWORD)
    assert found is not None
    assert [m.tenant_id for m in reads.memberships_of(found.pk)] == [tenant.id]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name": " "}, "name_missing"),
        ({"base_currency": "EURO"}, "unknown_currency"),
        ({"base_currency": "XXX"}, "no_base_currency"),
        ({"time_zone": "CET+1"}, "unknown_time_zone"),
        ({"country": "Germany"}, "unknown_country"),
    ],
)
def test_a_tenant_with_wrong_particulars_is_refused(change: dict[str, str], code: str) -> None:
    good = {"name": "A", "base_currency": "EUR", "time_zone": "UTC", "country": "DE"}
    with pytest.raises(DomainError) as refusal:
        actions.create_tenant(values.NewTenant(**good | change), actor="test", now=NOW)
    assert refusal.value.code == code
    assert reads.all_tenant_ids() == []


def test_a_weak_password_and_a_taken_address_are_refused() -> None:
    with pytest.raises(actions.PasswordTooWeak):
        actions.create_user(email="a@b.de", password="1234567890", name="A")
    assert reads.user_by_email("a@b.de") is None
    actions.create_user(email="a@b.de", password=PASSWORD, name="A")
    with pytest.raises(actions.EmailTaken):
        actions.create_user(email="A@B.de", password=PASSWORD, name="B")
    assert [user.name for user in reads.all_users()] == ["A"]
