"""Evidence against the database, as the app role: it can be added and read, nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from django.db import ProgrammingError, connection, transaction

from xindun.kit.tenancy import TenantScopeMissing, tenant_scope
from xindun.record.evidence import reads
from xindun.record.evidence.actions import append, on_behalf_of
from xindun.record.evidence.models import PendingEvidence
from xindun.record.evidence.rules import NotEvidence
from xindun.record.evidence.values import Evidence, Plain, Subject
from xindun.record.tenants import actions as tenants
from xindun.record.tenants.values import NewTenant

NOW = datetime(2025, 6, 30, 8, 30, 0, 123456, tzinfo=timezone(timedelta(hours=8)))
SUBJECT = Subject("import_batch", "0198")

pytestmark = pytest.mark.django_db


@pytest.fixture
def tenant_id() -> int:
    new = NewTenant("Acme", "CNY", "Asia/Shanghai", "CN")
    return tenants.create_tenant(new, actor="test", now=NOW).id


def record(result: dict[str, Plain] | None = None) -> Evidence:
    return append(
        kind="ledger_imported",
        subject=SUBJECT,
        actor="user:0197",
        occurred_at=NOW,
        inputs={"file": b"\x01\xff"},
        result={"amount": Decimal("12.50"), "客户": ["甲", 2, None]} if result is None else result,
        versions={"layout": "generic"},
    )


def test_what_is_read_is_what_was_written_and_its_hash_holds(tenant_id: int) -> None:
    with tenant_scope(tenant_id):
        written = record()
        (found,) = reads.records_of(SUBJECT)
    assert found == written
    assert found.inputs == {"file": "01ff"}
    assert found.result == {"amount": "12.50", "客户": ["甲", 2, None]}
    assert found.occurred_at == NOW.astimezone(UTC)
    assert reads.is_intact(found)
    assert not reads.is_intact(replace(found, result={"amount": "12.51"}))


def test_every_record_waits_for_the_sequencer(tenant_id: int) -> None:
    with tenant_scope(tenant_id):
        before = PendingEvidence.objects.count()
        record()
        assert PendingEvidence.objects.count() == before + 1


@pytest.mark.parametrize("table", ["evidence_evidencerecord", "evidence_pendingevidence"])
@pytest.mark.parametrize(
    "statement",
    ["UPDATE {} SET tenant_id = tenant_id", "DELETE FROM {}", "TRUNCATE {}"],
)
def test_the_database_refuses_change_and_removal(
    tenant_id: int, table: str, statement: str
) -> None:
    with tenant_scope(tenant_id):
        written = record()
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement.format(table))
        assert reads.records_of(SUBJECT) == [written]


def test_a_record_rolls_back_with_the_decision(tenant_id: int) -> None:
    with tenant_scope(tenant_id):
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            record()
            raise ZeroDivisionError
        assert reads.records_of(SUBJECT) == []


def test_another_tenant_sees_nothing(tenant_id: int) -> None:
    other = tenants.create_tenant(NewTenant("Other", "EUR", "UTC", "DE"), actor="test", now=NOW)
    with tenant_scope(tenant_id):
        record()
    with tenant_scope(other.id):
        assert reads.records_of(SUBJECT) == []
        assert [each.kind for each in reads.latest()] == ["tenant_created"]


def test_without_a_tenant_nothing_is_appended() -> None:
    with pytest.raises(TenantScopeMissing):
        record()


def test_a_float_is_no_evidence(tenant_id: int) -> None:
    with tenant_scope(tenant_id):
        with pytest.raises(NotEvidence):
            record({"ratio": 0.1})  # type: ignore[dict-item]
        assert reads.records_of(SUBJECT) == []


def test_records_of_an_actor_with_a_lent_permission_name_the_lender(tenant_id: int) -> None:
    with tenant_scope(tenant_id):
        with on_behalf_of("user:0199 delegation:0200"):
            lent = record()
        own = record()
    assert lent.inputs == {"file": "01ff", "on_behalf_of": "user:0199 delegation:0200"}
    assert own.inputs == {"file": "01ff"}
    assert reads.is_intact(lent)
