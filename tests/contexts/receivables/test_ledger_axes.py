"""Both time axes, the mirror, and what ties ledger, exposure and engine together."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.contexts.receivables.conftest import new_tenant
from tests.contexts.receivables.ledgers import Doc, Importer, Paid, file_of, ledger_of
from xindun.engine.aged import aged_report
from xindun.engine.run import open_ledger
from xindun.kernel.merkle import merkle_root
from xindun.kit.tenancy import tenant_scope
from xindun.record.exposure import reads as exposure
from xindun.record.exposure.values import COMPONENTS
from xindun.record.receivables import reads
from xindun.record.receivables.models import Document, Settlement
from xindun.record.receivables.rules import document_hash, settlement_hash

FAR = date(2099, 12, 31)


def aged(tenant_id: int, *, as_of: date = FAR, known_at: datetime | None = None) -> list[Any]:
    """The engine's aged report over the mirror, as it stands now unless asked otherwise."""
    with tenant_scope(tenant_id), reads.open_mirror() as mirror:
        moment = known_at or mirror.recorded_at or datetime(2025, 1, 1, tzinfo=UTC)
        with open_ledger(mirror.folder) as ledger:
            return aged_report(ledger, as_of=as_of, known_at=moment).to_pylist()


def open_total(tenant_id: int, **asked: Any) -> Decimal:
    return sum((row["open_total"] for row in aged(tenant_id, **asked)), Decimal(0))


def test_a_backdated_receipt_does_not_change_what_was_known(importer: Importer) -> None:
    importer.take(Doc("A-1"))
    then = importer.now
    importer.take(Doc("A-1", paid=(Paid("100.00", "2025-02-01"),)))
    day = date(2025, 3, 31)
    assert open_total(importer.tenant_id, as_of=day) == 0
    assert open_total(importer.tenant_id, as_of=day, known_at=then) == 100
    assert open_total(importer.tenant_id, as_of=date(2025, 1, 31)) == 100


def test_the_first_import_keeps_the_day_a_row_was_entered(importer: Importer) -> None:
    importer.take(Doc("A-1", entered="2025-01-11"), Doc("A-2"))
    assert open_total(importer.tenant_id, known_at=datetime(2025, 1, 20, tzinfo=UTC)) == 100
    importer.take(Doc("A-3", entered="2025-01-12"))
    assert open_total(importer.tenant_id, known_at=datetime(2025, 1, 20, tzinfo=UTC)) == 100


def test_the_clock_going_back_never_makes_versions_overlap(importer: Importer) -> None:
    importer.take(Doc("A-1"))
    importer.now -= timedelta(days=30)
    importer.take(Doc("A-1", "90.00"))
    with tenant_scope(importer.tenant_id):
        old, new = Document.objects.order_by("id")
        assert old.recorded_at < old.superseded_at == new.recorded_at


def test_a_dishonoured_bill_is_exposure_again(importer: Importer) -> None:
    bill = Paid("100.00", "2025-02-01", kind="commercial_acceptance", cleared=None)
    importer.take(Doc("A-1", paid=(bill,)))
    with tenant_scope(importer.tenant_id):
        (held,) = exposure.all_balances()
    assert (held.receivables, held.bills) == (Decimal(100), Decimal(100))
    importer.take(Doc("A-1", paid=(Paid(**{**bill.__dict__, "dishonoured": "2025-05-02"}),)))
    with tenant_scope(importer.tenant_id):
        (bounced,) = exposure.all_balances()
    assert (bounced.receivables, bounced.bills) == (Decimal(100), Decimal(0))


def test_row_hashes_prove_the_rows_and_the_root_proves_the_hashes(importer: Importer) -> None:
    batch = importer.take(
        Doc("A-1", salesperson="Müller", paid=(Paid("40.00", "2025-02-01"),)),
        Doc("R-1", "70.00", kind="receipt", due=None),
    )
    with tenant_scope(importer.tenant_id):
        documents = list(Document.objects.select_related("buyer").order_by("id"))
        settlements = list(Settlement.objects.select_related("item").order_by("id"))
    for row in documents:
        assert bytes(row.row_hash) == document_hash(row.buyer.buyer_key, row.__dict__)
    for use in settlements:
        assert bytes(use.row_hash) == settlement_hash(use.item.document_key, None, use.__dict__)
    leaves = [bytes(row.row_hash) for row in (*documents, *settlements)]
    assert batch.merkle_root == merkle_root(leaves).hex()


def test_the_app_may_close_a_version_and_change_nothing_else(importer: Importer) -> None:
    from django.db import ProgrammingError, transaction

    importer.take(Doc("A-1", paid=(Paid("40.00", "2025-02-01"),)))
    with tenant_scope(importer.tenant_id):
        for statement in (
            "update receivables_document set amount = 1",
            "delete from receivables_document",
            "update receivables_settlement set amount = 1",
            "delete from exposure_posting",
            "update exposure_posting set amount = 1",
        ):
            with (
                pytest.raises(ProgrammingError, match="permission denied"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(statement)
    assert open_total(importer.tenant_id) == 60


def test_a_mirror_is_made_once_a_version(importer: Importer) -> None:
    importer.take(Doc("A-1"))
    made = []
    for _ in range(2):
        with tenant_scope(importer.tenant_id), reads.open_mirror() as mirror:
            made.append((mirror.version, mirror.rebuilt))
    importer.take(Doc("A-1"), Doc("A-2"))
    with tenant_scope(importer.tenant_id), reads.open_mirror() as mirror:
        made.append((mirror.version, mirror.rebuilt))
    assert made == [(1, True), (1, False), (2, True)]


def test_a_small_import_leaves_the_old_segments_as_they_are(importer: Importer) -> None:
    importer.take(*(Doc(f"A-{n}") for n in range(20)))
    with tenant_scope(importer.tenant_id), reads.open_mirror() as mirror:
        (before,) = [p.stat().st_ino for p in (mirror.folder / "items").iterdir()]
    importer.take(Doc("B-1"))
    with tenant_scope(importer.tenant_id), reads.open_mirror() as mirror:
        segments = {p.stat().st_ino for p in (mirror.folder / "items").iterdir()}
    assert before in segments
    assert len(segments) == 2


def test_a_mirror_in_use_outlives_the_next_version(importer: Importer) -> None:
    importer.take(Doc("A-1"))
    with tenant_scope(importer.tenant_id), reads.open_mirror() as old:
        importer.take(Doc("A-2"))
        with reads.open_mirror() as new:
            assert new.version == old.version + 1
        assert (old.folder / "items").is_dir()
    importer.take(Doc("A-3"))
    with tenant_scope(importer.tenant_id), reads.open_mirror():
        assert not old.folder.exists()


DOCS = st.builds(
    Doc,
    number=st.sampled_from(["N-1", "N-2", "N-3", "N-4", "N-5"]),
    amount=st.sampled_from(["100.00", "250.50", "99.99"]),
    buyer=st.sampled_from(["B1", "B2"]),
    kind=st.just("invoice"),
    currency=st.sampled_from(["EUR", "USD"]),
    due=st.sampled_from(["2025-02-09", "2025-03-09", None]),
    disputed=st.booleans(),
    paid=st.lists(
        st.builds(
            Paid,
            amount=st.sampled_from(["10.00", "33.33"]),
            on=st.sampled_from(["2025-02-01", "2025-04-01"]),
            kind=st.sampled_from(["cash", "bank_acceptance", "write_off"]),
            cleared=st.sampled_from(["same", None]),
            source=st.sampled_from([None, "R-1"]),
        ),
        max_size=2,
    ).map(tuple),
)
RECEIPT = Doc("R-1", "400.00", kind="receipt", due=None, buyer="B1")
FILES = st.lists(st.lists(DOCS, min_size=1, max_size=5, unique_by=lambda d: d.number), max_size=5)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(files=FILES)
@pytest.mark.django_db
def test_balance_journal_and_engine_agree_after_any_imports(files: list[list[Doc]]) -> None:
    importer = Importer(new_tenant("Tied"))
    for docs in files:
        importer.take(*docs, RECEIPT, again=True)
    engine = {
        (row["buyer_id"], row["currency"]): row
        for row in aged(importer.tenant_id)
        if row["open_total"] or row["unapplied"] or row["credits"]
    }
    with tenant_scope(importer.tenant_id), connection.cursor() as cursor:
        balances = {(b.buyer_id, b.currency): b for b in exposure.all_balances()}
        cursor.execute(
            "select buyer_id, currency, component, sum(amount) from exposure_posting"
            " group by 1, 2, 3"
        )
        journal = {(row[0], row[1], row[2]): row[3] for row in cursor.fetchall()}
    for key, balance in balances.items():
        for name in COMPONENTS:
            assert getattr(balance, name) == journal.get((*key, name), Decimal(0)), name
        row = engine.get(key)
        assert balance.receivables == (row["open_total"] if row else 0)
        assert balance.unapplied == (row["unapplied"] if row else 0)
        assert balance.bills == (row["under_bills"] if row else 0)
        assert balance.net == (row["net"] if row else 0)
    assert set(engine) <= set(balances)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    docs=st.lists(DOCS, min_size=1, max_size=5, unique_by=lambda d: d.number),
    cuts=st.lists(st.integers(1, 4), max_size=3),
)
@pytest.mark.django_db
def test_any_split_of_a_keyed_file_gives_the_same_ledger(docs: list[Doc], cuts: list[int]) -> None:
    docs = [Doc(**{**d.__dict__, "paid": tuple(p for p in d.paid if not p.source)}) for d in docs]
    whole = Importer(new_tenant("Whole"))
    whole.take(*docs)
    parts = Importer(new_tenant("Parts"))
    bounds = sorted({0, *(cut for cut in cuts if cut < len(docs)), len(docs)})
    for start, stop in pairwise(bounds):
        parts.take(*docs[start:stop])
    assert ledger_of(parts.tenant_id) == ledger_of(whole.tenant_id)


def test_the_documents_of_a_buyer_agree_with_the_engine(importer: Importer) -> None:
    importer.take(
        Doc("A-1", paid=(Paid("40.00", "2025-02-01", source="R-1"),)),
        Doc("A-2", "50.00", due="2025-05-01", disputed=True),
        Doc("A-3", "60.00", paid=(Paid("60.00", "2025-03-01"),)),
        RECEIPT,
    )
    day = date(2025, 4, 10)
    with tenant_scope(importer.tenant_id):
        buyer_id = Document.objects.order_by("id")[0].buyer_id
        page = reads.documents_of(buyer_id, as_of=day, sort="number")
        open_only = reads.documents_of(buyer_id, as_of=day, open_only=True, limit=1)
    (row,) = aged(importer.tenant_id, as_of=day)
    shown = {doc.number: doc for doc in page.rows}
    assert [doc.number for doc in page.rows] == ["A-1", "A-2", "A-3", "R-1"]
    assert sum(d.open_amount for d in page.rows if d.kind == "invoice") == row["open_total"] == 110
    assert shown["R-1"].open_amount == row["unapplied"] == 360
    assert (shown["A-1"].days_overdue, shown["A-2"].days_overdue) == (60, -21)
    assert (shown["A-3"].days_overdue, shown["A-3"].settled_on) == (None, date(2025, 3, 1))
    assert (open_only.total, len(open_only.rows)) == (3, 1)


def test_a_file_that_comes_twice_at_once_is_one_import(importer: Importer) -> None:
    content = file_of(Doc("A-1"))
    first, second = importer.hand_in(content), importer.hand_in(content)
    assert first.batch.public_id == second.batch.public_id


def test_the_kept_aged_report_is_never_older_than_the_ledger(importer: Importer) -> None:
    def total(**asked: Any) -> Decimal:
        with tenant_scope(importer.tenant_id):
            rows = reads.aged_on(date(2025, 3, 31), **asked).to_pylist()
        return sum((row["open_total"] for row in rows), Decimal(0))

    importer.take(Doc("A-1"))
    then = importer.now
    assert total() == 100
    importer.take(Doc("A-1", paid=(Paid("40.00", "2025-02-01"),)), Doc("A-2", "5.00"))
    assert (total(), total(known_at=then), total()) == (65, 100, 65)


def test_many_small_imports_leave_few_segments(
    importer: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("xindun.record.receivables.reads.segments.MAX_SEGMENTS", 3)
    for n in range(8):
        importer.take(Doc("A-0", f"{n + 1}.00"), Doc(f"B-{n}", "10.00"))
        assert open_total(importer.tenant_id) == n + 1 + 10 * (n + 1)
    with tenant_scope(importer.tenant_id), reads.open_mirror() as mirror:
        assert len(list((mirror.folder / "items").iterdir())) <= 4
