"""What an import does to the ledger, and what it must never do."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.contexts.receivables.ledgers import Doc, Importer, Paid, file_of, ledger_of
from xindun.kit.tenancy import tenant_scope
from xindun.record.evidence.models import EvidenceRecord
from xindun.record.exposure import reads as exposure
from xindun.record.receivables import reads
from xindun.record.receivables.models import Document, ImportBatch, Settlement
from xindun.record.receivables.values import BatchStatus, Counts

A = Doc("A-1", "100.00", paid=(Paid("40.00", "2025-02-01"),))
B = Doc("B-2", "250.50", buyer="B2", name="Beta Ltd")


def test_a_first_file_adds_everything(importer: Importer) -> None:
    batch = importer.take(A, B)
    assert batch.status is BatchStatus.COMMITTED
    assert batch.counts == Counts(documents_added=2, settlements_added=1, buyers_added=2)
    assert batch.ledger_version == 1
    (control,) = batch.control
    assert (control.currency, control.ledger_rows, control.ledger_amount) == (
        "EUR",
        2,
        Decimal("350.50"),
    )
    assert control.reconciles


def test_the_same_file_twice_adds_nothing_and_says_so(importer: Importer) -> None:
    first = importer.take(A, B)
    before = ledger_of(importer.tenant_id)
    outcome = importer.hand_in(file_of(A, B))
    assert outcome.batch.status is BatchStatus.REJECTED_DUPLICATE
    assert outcome.duplicate_of is not None
    assert outcome.duplicate_of.public_id == first.public_id
    assert ledger_of(importer.tenant_id) == before


def test_an_old_file_does_not_undo_a_correction(importer: Importer) -> None:
    importer.take(A)
    importer.take(Doc("A-1", "90.00"))
    corrected = ledger_of(importer.tenant_id)
    assert importer.hand_in(file_of(A)).batch.status is BatchStatus.REJECTED_DUPLICATE
    assert ledger_of(importer.tenant_id) == corrected


def test_who_means_it_may_import_an_old_file_again(importer: Importer) -> None:
    importer.take(A)
    original = ledger_of(importer.tenant_id)
    importer.take(Doc("A-1", "90.00"))
    importer.take(A, again=True)
    assert ledger_of(importer.tenant_id) == original


def test_the_same_rows_in_another_file_change_nothing(importer: Importer) -> None:
    importer.take(A, B)
    batch = importer.take(B, A)
    assert batch.counts.changed_nothing
    assert (batch.counts.documents_unchanged, batch.counts.settlements_unchanged) == (2, 1)
    assert batch.ledger_version == 1


def test_a_corrected_file_updates_and_says_what_changed(importer: Importer) -> None:
    importer.take(A, B)
    batch = importer.take(Doc("A-1", "110.00", due="2025-03-01", paid=A.paid), B)
    assert (batch.counts.documents_updated, batch.counts.documents_unchanged) == (1, 1)
    assert batch.changes.fields == {
        "document.amount": 1,
        "document.due_on": 1,
        "document.original_due_on": 1,
    }
    change = batch.changes.examples[0]
    assert (change.number, change.before, change.after) == ("A-1", "100.0000", "110.0000")


def test_a_correction_supersedes_and_overwrites_nothing(importer: Importer) -> None:
    importer.take(A)
    importer.take(Doc("A-1", "110.00", paid=A.paid))
    with tenant_scope(importer.tenant_id):
        old, new = Document.objects.order_by("id")
    assert (old.amount, new.amount) == (Decimal("100"), Decimal("110"))
    assert old.superseded_at == new.recorded_at
    assert new.superseded_at is None
    assert new.item_id == old.item_id == old.id


def test_a_payment_that_the_file_no_longer_states_is_withdrawn(importer: Importer) -> None:
    importer.take(A)
    batch = importer.take(Doc("A-1", "100.00"))
    assert batch.counts.settlements_withdrawn == 1
    with tenant_scope(importer.tenant_id):
        assert Settlement.objects.get().superseded_at is not None
        assert exposure.all_balances()[0].receivables == Decimal(100)


def test_a_receipt_of_a_later_file_settles_an_invoice_of_an_earlier_one(
    importer: Importer,
) -> None:
    """The settlement names an invoice that the second file does not hold."""
    importer.take(Doc("A-1"), Doc("R-1", "70.00", kind="receipt", due=None))
    batch = importer.take(
        Doc("A-1", paid=(Paid("70.00", "2025-02-01", source="R-1"),)),
    )
    assert batch.counts.settlements_added == 1
    with tenant_scope(importer.tenant_id):
        (balance,) = exposure.all_balances()
    assert (balance.receivables, balance.unapplied) == (Decimal(30), Decimal(0))


def test_a_buyer_keeps_its_first_name(importer: Importer) -> None:
    importer.take(A)
    batch = importer.take(Doc("A-2", name="ACME Beijing"))
    assert batch.counts.buyers_added == 0
    with tenant_scope(importer.tenant_id):
        assert {row[1] for row in ledger_of(importer.tenant_id)} == {A.name}


def test_another_tenant_sees_nothing_of_it(importer: Importer, other: Importer) -> None:
    importer.take(A)
    with tenant_scope(other.tenant_id):
        assert Document.objects.count() == 0
        assert ImportBatch.objects.count() == 0
        assert exposure.all_balances() == []
        assert reads.ledger_state().version == 0
    assert other.hand_in(file_of(A)).batch.status is BatchStatus.UPLOADED


def test_another_tenants_import_cannot_be_run(importer: Importer, other: Importer) -> None:
    outcome = importer.hand_in(file_of(A))
    with pytest.raises(reads.UnknownBatch):
        other.run(outcome)
    assert ledger_of(importer.tenant_id) == []


def test_an_import_writes_one_evidence_record(importer: Importer) -> None:
    batch = importer.take(A, B)
    with tenant_scope(importer.tenant_id):
        record = EvidenceRecord.objects.get(subject_id=str(batch.public_id))
    assert record.kind == "ledger_imported"
    assert record.result["merkle_root"] == batch.merkle_root
    assert record.result["counts"]["documents_added"] == 2
    assert record.versions == {"ledger": 1}


def test_an_import_that_fails_changes_nothing(importer: Importer) -> None:
    importer.take(A)
    before = ledger_of(importer.tenant_id)
    outcome = importer.hand_in(file_of(B, Doc("C-3", "-5.00")))  # amounts are positive
    with pytest.raises(Exception, match="receivables_document_amount"):
        importer.run(outcome)
    assert ledger_of(importer.tenant_id) == before
    with tenant_scope(importer.tenant_id):
        assert reads.batch(outcome.batch.public_id).status is BatchStatus.FAILED
        assert reads.ledger_state().version == 1
