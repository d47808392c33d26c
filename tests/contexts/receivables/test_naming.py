"""Receipts and credit notes that name an invoice of another file, read by the real reader."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.contexts.receivables.conftest import new_tenant
from tests.contexts.receivables.ledgers import Importer
from tests.contexts.receivables.test_ledger_axes import aged
from xindun.config.ledger_reading import read_ledger_file
from xindun.kit.tenancy import tenant_scope
from xindun.record.exposure import reads as exposure
from xindun.record.exposure.values import COMPONENTS
from xindun.record.receivables import actions
from xindun.record.receivables.models import Document, Settlement
from xindun.record.receivables.rules import document_hash, settlement_hash
from xindun.record.receivables.values import BatchValue

COLUMNS = {
    "number": "number",
    "kind": "type",
    "buyer": "customer",
    "issued": "invoice date",
    "due": "due date",
    "amount": "amount",
    "currency": "currency",
    "names": "applies to",
    "paid": "paid amount",
    "paid_on": "payment date",
    "means": "payment method",
    "matures": "bill maturity date",
    "bill": "bill number",
}


@dataclass(frozen=True)
class Row:
    """One row of a file."""

    number: str
    amount: str
    issued: str
    kind: str = "invoice"
    buyer: str = "Acme"
    due: str = ""
    currency: str = "EUR"
    names: str = ""
    paid: str = ""
    paid_on: str = ""
    means: str = ""
    matures: str = ""
    bill: str = ""


def invoice(number: str, amount: str = "100.00", issued: str = "2025-01-10", **said: str) -> Row:
    return Row(number, amount, issued, due="2025-02-10", **said)


def receipt(number: str, amount: str, names: str, issued: str = "2025-02-01", **said: str) -> Row:
    return Row(number, amount, issued, kind="receipt", names=names, **said)


I1, I2 = invoice("I-1"), invoice("I-2", issued="2025-01-12")
R1 = receipt("R-1", "60.00", "I-1")
R2 = receipt("R-2", "150.00", "I-1, I-2", "2025-02-03")


class Files(Importer):
    """Imports CSV files of rows; columns that no row fills are left out."""

    def take_rows(self, *rows: Row, source: str = "main") -> BatchValue:
        told = [name for name in COLUMNS if any(getattr(row, name) for row in rows)]
        lines = [[COLUMNS[name] for name in told]]
        lines += [[getattr(row, name) for name in told] for row in rows]
        text = "\n".join(",".join(f'"{cell}"' for cell in line) for line in lines)
        outcome = self.hand_in(text.encode(), again=True, source=source)
        return actions.import_batch(
            self.tenant_id,
            outcome.batch.public_id,
            reader=read_ledger_file,
            clock=lambda: self.now,
        )


@pytest.fixture
def files(db: None) -> Files:
    return Files(new_tenant("Seller"))


def ledger(tenant_id: int) -> tuple[list[Any], list[Any]]:
    """Current documents and settlements, without ids, times and places in files."""
    with tenant_scope(tenant_id), connection.cursor() as cursor:
        cursor.execute(
            "select document_key, kind, number, currency, amount, issued_on, due_on, naming,"
            " encode(row_hash, 'hex') from receivables_document where superseded_at is null"
            " order by document_key"
        )
        documents = list(cursor.fetchall())
        cursor.execute(
            "select i.number, f.number, s.kind, s.amount, s.effective_on, s.cleared_on, s.derived,"
            " s.settlement_key, encode(s.row_hash, 'hex') from receivables_settlement s"
            " join receivables_document i on i.id = s.item_id"
            " left join receivables_document f on f.id = s.source_item_id"
            " where s.superseded_at is null order by i.number, f.number, s.settlement_key"
        )
        return documents, list(cursor.fetchall())


def uses(tenant_id: int) -> list[tuple[str, str | None, Decimal]]:
    return [(row[0], row[1], row[3]) for row in ledger(tenant_id)[1]]


def exposures(tenant_id: int) -> dict[Any, tuple[Decimal, ...]]:
    """What each buyer's account stands at; balance, journal and engine agree on it."""
    with tenant_scope(tenant_id), connection.cursor() as cursor:
        cursor.execute("select id, name from parties_buyer")
        names = dict(cursor.fetchall())
        cursor.execute(
            "select buyer_id, currency, component, sum(amount) from exposure_posting group by 1,2,3"
        )
        journal = {row[:3]: row[3] for row in cursor.fetchall()}
        balances = exposure.all_balances()
    engine = {(row["buyer_id"], row["currency"]): row for row in aged(tenant_id)}
    for balance in balances:
        key = (balance.buyer_id, balance.currency)
        for name in COMPONENTS:
            assert getattr(balance, name) == journal.get((*key, name), 0), name
        row = engine.get(key) or dict.fromkeys(("open_total", "credits", "unapplied", "net"), 0)
        assert balance.receivables == row["open_total"]
        assert balance.credits == row["credits"]
        assert balance.unapplied == row["unapplied"]
        assert balance.net == row["net"]
    return {
        (names[b.buyer_id], b.currency): tuple(getattr(b, name) for name in COMPONENTS)
        for b in balances
        if any(getattr(b, name) for name in COMPONENTS)
    }


def state(tenant_id: int) -> tuple[Any, ...]:
    return (*ledger(tenant_id), exposures(tenant_id))


def whole(*rows: Row) -> tuple[Any, ...]:
    """The state of a fresh ledger that got all rows in one file."""
    fresh = Files(new_tenant("Whole"))
    fresh.take_rows(*rows)
    return state(fresh.tenant_id)


INVOICES = (I1, I2, invoice("I-3", "40.00"))
FUNDS = (R1, R2, Row("C-1", "10.00", "2025-02-05", kind="credit note", names="I-3"))


@pytest.mark.parametrize("parts", [(INVOICES, FUNDS), (FUNDS, INVOICES)])
def test_two_files_in_any_order_are_the_whole_file(
    files: Files, parts: tuple[tuple[Row, ...], ...]
) -> None:
    for rows in parts:
        files.take_rows(*rows)
    expected = whole(*INVOICES, *FUNDS)
    assert state(files.tenant_id) == expected
    assert uses(files.tenant_id) == [
        ("I-1", "R-1", Decimal(60)),
        ("I-1", "R-2", Decimal(40)),
        ("I-2", "R-2", Decimal(50)),
        ("I-3", "C-1", Decimal(10)),
    ]
    for rows in (*parts, INVOICES + FUNDS, FUNDS + INVOICES):
        assert files.take_rows(*rows).counts.changed_nothing
    assert state(files.tenant_id) == expected


def test_what_is_more_than_the_invoice_stays_unapplied(files: Files) -> None:
    files.take_rows(I1)
    files.take_rows(receipt("R-9", "130.00", "I-1"))
    assert uses(files.tenant_id) == [("I-1", "R-9", Decimal(100))]
    with tenant_scope(files.tenant_id):
        (balance,) = exposure.all_balances()
    assert (balance.receivables, balance.unapplied) == (0, 30)


def test_an_earlier_receipt_that_comes_later_goes_first(files: Files) -> None:
    rows = (I1, receipt("R-8", "80.00", "I-1", "2025-03-01"))
    early = receipt("R-9", "50.00", "I-1", "2025-02-01")
    files.take_rows(*rows)
    batch = files.take_rows(early)
    assert (batch.counts.settlements_added, batch.counts.settlements_updated) == (1, 1)
    assert state(files.tenant_id) == whole(*rows, early)
    assert uses(files.tenant_id) == [("I-1", "R-8", Decimal(50)), ("I-1", "R-9", Decimal(50))]


@pytest.mark.parametrize("other", [{"buyer": "Beta"}, {"currency": "USD"}])
def test_another_buyer_or_currency_is_not_meant(files: Files, other: dict[str, str]) -> None:
    files.take_rows(I1)
    files.take_rows(replace(R1, **other))
    assert uses(files.tenant_id) == []


def test_another_source_is_not_meant(files: Files) -> None:
    files.take_rows(I1)
    files.take_rows(R1, source="erp")
    assert uses(files.tenant_id) == []


def test_another_tenant_is_not_meant(files: Files) -> None:
    files.take_rows(I1)
    stranger = Files(new_tenant("Stranger"))
    stranger.take_rows(R2, invoice("I-7"))
    stranger.take_rows(R1)
    assert uses(files.tenant_id) == uses(stranger.tenant_id) == []


def test_a_corrected_receipt_lets_go_of_its_invoice(files: Files) -> None:
    files.take_rows(I1, I2)
    files.take_rows(R1)
    batch = files.take_rows(replace(R1, names="I-2"))
    assert (batch.counts.settlements_added, batch.counts.settlements_withdrawn) == (1, 1)
    assert state(files.tenant_id) == whole(I1, I2, replace(R1, names="I-2"))


def test_a_corrected_customer_takes_the_invoice_out_of_reach(files: Files) -> None:
    files.take_rows(I1)
    files.take_rows(R1)
    files.take_rows(replace(I1, buyer="Beta"))
    assert uses(files.tenant_id) == []
    assert exposures(files.tenant_id).keys() == {("Acme", "EUR"), ("Beta", "EUR")}
    files.take_rows(I1)
    assert state(files.tenant_id) == whole(I1, R1)


def test_a_receipt_of_several_rows_keeps_what_each_names(files: Files) -> None:
    rows = (R1, receipt("R-1", "20.00", "I-2"))
    files.take_rows(I1)
    files.take_rows(*rows)
    files.take_rows(I2)
    assert state(files.tenant_id) == whole(I1, I2, *rows)
    assert uses(files.tenant_id) == [("I-1", "R-1", Decimal(60)), ("I-2", "R-1", Decimal(20))]


def test_a_bill_that_comes_apart_does_not_clear_its_invoice(files: Files) -> None:
    bill = receipt(
        "R-5", "70.00", "I-1", means="bank acceptance", matures="2025-08-01", bill="B-77"
    )
    files.take_rows(I1)
    files.take_rows(bill)
    assert state(files.tenant_id) == whole(I1, bill)
    with tenant_scope(files.tenant_id):
        (balance,) = exposure.all_balances()
        (use,) = Settlement.objects.all()
    assert (balance.receivables, balance.bills) == (100, 70)
    assert (use.kind, use.cleared_on, use.bill_number) == ("bank_acceptance", None, "B-77")


PAID = replace(I1, paid="90.00", paid_on="2025-02-20")
CREDIT = Row("C-2", "30.00", "2025-02-05", kind="credit note", names="I-1")


@pytest.mark.parametrize("funds", [(R1,), (R1, CREDIT), (CREDIT,), (R2,), (R2, CREDIT)])
@pytest.mark.parametrize("told", [PAID, replace(PAID, paid="100.00"), replace(PAID, paid="60.00")])
def test_a_payment_that_both_files_state_counts_once(
    files: Files, told: Row, funds: tuple[Row, ...]
) -> None:
    expected = whole(told, *funds)
    for parts in (((told,), funds), (funds, (told,))):
        apart = Files(new_tenant("Apart"))
        for rows in (*parts, *parts, *reversed(parts)):
            apart.take_rows(*rows)
            if rows == parts[1]:
                assert state(apart.tenant_id) == expected


def test_a_smaller_receipt_gives_the_stated_part_back(files: Files) -> None:
    files.take_rows(PAID)
    files.take_rows(R1)
    files.take_rows(replace(R1, amount="20.00"))
    assert state(files.tenant_id) == whole(PAID, replace(R1, amount="20.00"))


def test_the_hashes_made_here_are_those_of_the_rules(files: Files) -> None:
    files.take_rows(PAID, I2)
    files.take_rows(R1, R2)
    with tenant_scope(files.tenant_id):
        for row in Document.objects.select_related("buyer"):
            assert bytes(row.row_hash) == document_hash(row.buyer.buyer_key, row.__dict__)
        for use in Settlement.objects.select_related("item", "source_item"):
            source = use.source_item.document_key if use.source_item else None
            assert bytes(use.row_hash) == settlement_hash(
                use.item.document_key, source, use.__dict__
            )


def test_nothing_is_looked_up_when_nothing_is_named(
    files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("xindun.record.receivables.actions.naming._FUNDS", "broken")
    files.take_rows(I1)
    files.take_rows(PAID, I2)


DAYS = st.sampled_from(["2025-01-05", "2025-01-10", "2025-02-01", "2025-03-01"])
MONEY = st.sampled_from(["10.00", "33.33", "60.00", "100.00", "150.01"])
BUYERS = st.sampled_from(["Acme", "Acme", "Beta"])
LISTS = st.sampled_from(["I-1", "I-2", "I-3", "I-1, I-2", "I-3;I-1", "I-9", "I-2/I-9/I-3"])
ROWS = st.tuples(
    st.lists(
        st.builds(
            Row,
            st.sampled_from(["I-1", "I-2", "I-3"]),
            MONEY,
            DAYS,
            buyer=BUYERS,
            due=st.just("2025-04-01"),
            currency=st.sampled_from(["EUR", "EUR", "USD"]),
        ),
        max_size=3,
        unique_by=lambda row: row.number,
    ),
    st.lists(
        st.builds(
            Row,
            st.sampled_from(["R-1", "R-2", "R-3", "R-4"]),
            MONEY,
            DAYS,
            kind=st.sampled_from(["receipt", "receipt", "credit note"]),
            buyer=BUYERS,
            names=LISTS,
        ),
        max_size=4,
        unique_by=lambda row: (row.number, row.kind),
    ),
).map(lambda sides: [*sides[0], *sides[1]])


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(rows=ROWS, data=st.data())
@pytest.mark.django_db
def test_any_split_into_two_files_is_the_whole_file(rows: list[Row], data: st.DataObject) -> None:
    rows = [row for row in rows if row.names or row.kind == "invoice"]
    shuffled = data.draw(st.permutations(rows))
    cut = data.draw(st.integers(0, len(rows)))
    parts = [part for part in (shuffled[:cut], shuffled[cut:]) if part]
    if not parts:
        return
    apart = Files(new_tenant("Apart"))
    for part in (*parts, parts[0]):
        apart.take_rows(*part)
    assert state(apart.tenant_id) == whole(*rows)
    assert apart.take_rows(*rows).counts.changed_nothing
