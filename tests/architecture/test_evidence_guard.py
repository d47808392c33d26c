"""The guard that fails tests which change audited tables without evidence: it is itself tested."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.db import connection, transaction

from tests.guard import Guard, audited_tables, guarding
from xindun.kit.models import Audited, NotAudited
from xindun.kit.tenancy import tenant_scope
from xindun.record.evidence.actions import append
from xindun.record.evidence.values import Subject
from xindun.record.tenants import actions as tenants
from xindun.record.tenants import reads as tenant_reads
from xindun.record.tenants.models import ApiKey, Membership
from xindun.record.tenants.values import NewTenant, Permission

NOW = datetime(2025, 6, 1, tzinfo=UTC)
EMAIL = "anna@seller.example"


def company() -> int:
    new = NewTenant("Seller", "EUR", "Europe/Berlin", "DE")
    tenant = tenants.create_tenant(new, actor="system:test", now=NOW)
    tenants.create_user(email=EMAIL, password="correct-horse-battery", name="Anna")
    with tenant_scope(tenant.id):
        tenants.add_member(email=EMAIL, actor="system:test", now=NOW)
    return tenant.id


def recorded(kind: str) -> None:
    append(
        kind=kind,
        subject=Subject("user", "0197"),
        actor="system:test",
        occurred_at=NOW,
        inputs={},
        result={},
        versions={},
    )


def test_every_table_says_what_it_owes_the_evidence() -> None:
    unsaid = [
        model.__qualname__
        for model in apps.get_models()
        if model.__module__.startswith("xindun.") and not hasattr(model, "audit")
    ]
    assert unsaid == [], "set `audit` on the model, see kit/models.py"


def test_an_excuse_is_a_sentence_and_an_audit_names_kinds() -> None:
    for model in apps.get_models():
        audit = getattr(model, "audit", None)
        if isinstance(audit, NotAudited):
            assert len(audit.reason.split()) > 3, model
            assert audit.reason.endswith("."), model
        elif isinstance(audit, Audited):
            assert audit.kinds, model


@pytest.mark.django_db
def test_every_audited_table_is_watched_for_every_kind_of_change() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, count(*) FROM pg_trigger"
            " WHERE tgname LIKE 'guard_%' AND tgenabled = 'O' GROUP BY 1"
        )
        found = dict(cursor.fetchall())
    expected = {table: len(audit.on) for table, audit in audited_tables().items()}
    assert found == {**expected, "evidence_evidencerecord": 1}


@pytest.mark.django_db
def test_what_the_actions_do_is_explained(evidence_guard: Guard) -> None:
    company()
    assert evidence_guard.take() == []


@pytest.mark.django_db
@pytest.mark.parametrize("change", ["insert", "update", "delete"])
def test_a_change_without_evidence_is_found(evidence_guard: Guard, change: str) -> None:
    tenant_id = company()
    with tenant_scope(tenant_id):
        row = Membership.objects.get()
        if change == "insert":
            other = tenants.create_user(email="b@s.example", password="correct-horse", name="B")
            Membership.objects.create(tenant_id=tenant_id, user_id=other.id, role="owner")
        elif change == "update":
            Membership.objects.filter(id=row.id).update(role="auditor")
        else:
            row.delete()
    (found,) = evidence_guard.take()
    assert found.startswith("tenants_membership changed without evidence of member_added or ")
    assert "(written: none), seen at" in found


@pytest.mark.django_db
def test_evidence_of_something_else_does_not_explain_a_change(evidence_guard: Guard) -> None:
    tenant_id = company()
    with tenant_scope(tenant_id):
        Membership.objects.update(role="auditor")
        recorded("action_marked")
    (found,) = evidence_guard.take()
    assert "(written: action_marked)" in found


@pytest.mark.django_db
def test_evidence_of_another_transaction_does_not_explain_a_change(evidence_guard: Guard) -> None:
    tenant_id = company()
    with tenant_scope(tenant_id):
        recorded("member_added")
    with tenant_scope(tenant_id):
        Membership.objects.update(role="auditor")
    with tenant_scope(tenant_id):
        recorded("member_added")
    assert len(evidence_guard.take()) == 1


@pytest.mark.django_db
def test_evidence_anywhere_in_the_transaction_explains_a_change(evidence_guard: Guard) -> None:
    tenant_id = company()
    with tenant_scope(tenant_id):
        with transaction.atomic():
            Membership.objects.update(role="auditor")
        with transaction.atomic():
            recorded("member_added")
    assert evidence_guard.take() == []


@pytest.mark.django_db
def test_what_was_rolled_back_or_touched_no_row_needs_nothing(evidence_guard: Guard) -> None:
    tenant_id = company()
    with tenant_scope(tenant_id):
        Membership.objects.filter(role="no such role").update(role="auditor")
    with pytest.raises(ZeroDivisionError), tenant_scope(tenant_id):
        Membership.objects.update(role="auditor")
        raise ZeroDivisionError
    assert evidence_guard.take() == []


@pytest.mark.django_db
def test_a_column_that_decides_nothing_needs_nothing(evidence_guard: Guard) -> None:
    tenant_id = company()
    with tenant_scope(tenant_id):
        made = tenants.create_key(
            tenant_reads.machine_actor("system:test"),
            name="ERP",
            scopes=frozenset({Permission.LEDGER_READ}),
            now=NOW,
        )
    assert evidence_guard.take() == []
    with tenant_scope(tenant_id):
        ApiKey.objects.update(last_used_at=NOW)
    assert evidence_guard.take() == []
    with tenant_scope(tenant_id):
        ApiKey.objects.filter(public_id=made.key.public_id).update(last_used_at=NOW, scopes=[])
    (found,) = evidence_guard.take()
    assert found.startswith("tenants_apikey changed without evidence of api_key_created or")


@pytest.mark.django_db
def test_the_test_itself_fails(evidence_guard: Guard) -> None:
    tenant_id = company()
    with (
        pytest.raises(pytest.fail.Exception, match="tenants_membership changed without"),
        guarding(excused=False),
        tenant_scope(tenant_id),
    ):
        Membership.objects.update(role="auditor")


@pytest.mark.django_db(transaction=True)
def test_committed_changes_are_found_too(evidence_guard: Guard) -> None:
    tenant_id = company()
    with tenant_scope(tenant_id):
        Membership.objects.update(role="auditor")
    with tenant_scope(tenant_id):
        recorded("member_added")
    evidence_guard.look(everything=True)
    assert len(evidence_guard.take()) == 1
    assert set(audited_tables()) >= {"receivables_document", "limits_recommendation"}
