"""Personal content lies apart: the record keeps a salted hash, and erasing leaves that alone."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import ProgrammingError, connection, transaction

from xindun.kit.tenancy import tenant_scope
from xindun.record.evidence import models, reads
from xindun.record.evidence.actions import append, erase_personal
from xindun.record.evidence.rules import canonical, salted_hash
from xindun.record.evidence.values import Evidence, Subject
from xindun.record.tenants import actions as tenants
from xindun.record.tenants.values import NewTenant

NOW = datetime(2025, 6, 30, 12, tzinfo=UTC)
ADA = Subject("user", "0197-ada")

pytestmark = pytest.mark.django_db


@pytest.fixture
def tenant_id() -> int:
    new = NewTenant("Acme", "CNY", "Asia/Shanghai", "CN")
    return tenants.create_tenant(new, actor="test", now=NOW).id


def signed_in(subject: Subject = ADA, address: str = "198.51.100.7") -> Evidence:
    return append(
        kind="signed_in",
        subject=subject,
        actor="user:0197",
        occurred_at=NOW,
        inputs={},
        result={},
        versions={},
        personal={"ip_address": address, "email": "ada@example.com"},
    )


def test_the_record_keeps_a_salted_hash_that_the_content_apart_explains(tenant_id: int) -> None:
    with tenant_scope(tenant_id):
        first, second = signed_in(), signed_in()
        assert reads.records_of(ADA) == [second, first]
        assert b"198.51.100.7" not in canonical(first.personal)
        assert first.personal != second.personal, "each field has a salt of its own"
        assert reads.is_intact(first)
        apart = reads.personal_of([first.public_id])
        assert [(each.field, each.content) for each in apart] == [
            ("email", "ada@example.com"),
            ("ip_address", "198.51.100.7"),
        ]
        for row in models.PersonalContent.objects.filter(record__public_id=first.public_id):
            digest = salted_hash(bytes(row.salt), row.person, row.field, row.content)
            assert first.personal[row.field] == {"salted_hash": digest.hex()}


def test_erasing_removes_salt_and_content_and_leaves_the_record_intact(tenant_id: int) -> None:
    with tenant_scope(tenant_id):
        mine, other = signed_in(), signed_in(Subject("user", "0198-bob"))
        erased = erase_personal(ADA.id, actor="cli:root", now=NOW, reason="asked_by_person")
        assert erased == 2
        assert reads.personal_about(ADA.id) == []
        assert len(reads.personal_of([mine.public_id, other.public_id])) == 2
        note, kept = reads.records_of(ADA)
        assert kept == mine
        assert reads.is_intact(kept)
        assert (note.kind, note.result["erased"]) == ("personal_content_erased", 2)
        assert {"record": str(mine.public_id), "field": "email"} in note.inputs["fields"]  # type: ignore[operator]
        before = models.EvidenceRecord.objects.count()
        assert erase_personal(ADA.id, actor="cli:root", now=NOW, reason="asked_by_person") == 0
        assert models.EvidenceRecord.objects.count() == before


def test_another_tenant_neither_sees_nor_erases(tenant_id: int) -> None:
    other = tenants.create_tenant(NewTenant("Other", "EUR", "UTC", "DE"), actor="test", now=NOW)
    with tenant_scope(tenant_id):
        mine = signed_in()
    with tenant_scope(other.id):
        assert reads.personal_of([mine.public_id]) == []
        assert erase_personal(ADA.id, actor="cli:root", now=NOW, reason="asked_by_person") == 0
    with tenant_scope(tenant_id):
        assert len(reads.personal_of([mine.public_id])) == 2


def test_personal_content_cannot_be_changed(tenant_id: int) -> None:
    with tenant_scope(tenant_id):
        signed_in()
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute("UPDATE evidence_personalcontent SET content = 'x'")


def test_the_address_of_a_new_member_is_not_in_the_record(tenant_id: int) -> None:
    user = tenants.create_user(email="eve@example.com", password="a-long-password", name="Eve")
    with tenant_scope(tenant_id):
        tenants.add_member(email="eve@example.com", actor="test", now=NOW)
        (record,) = reads.records_of(Subject("user", str(user.public_id)))
        assert "eve@" not in str(record.result)
        (apart,) = reads.personal_about(str(user.public_id))
        assert (apart.field, apart.content) == ("email", "eve@example.com")
