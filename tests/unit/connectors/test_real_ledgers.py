"""The three real ledgers, checked against sums made by plain Python from the same bytes."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from tests.unit.connectors.tables import Read, Reader

pytestmark = pytest.mark.shared_data

Row = dict[str, str]


def us_date(text: str) -> date:
    return datetime.strptime(text, "%m/%d/%Y").date()  # noqa: DTZ007 - a day has no zone


CASES: dict[str, tuple[dict[str, str], Callable[[str], date]]] = {
    "us_food_distributor_settled": (
        {
            "customer": "name_customer",
            "issued": "document_create_date.1",
            "due": "due_in_date",
            "paid": "clear_date",
            "amount": "total_open_amount",
        },
        date.fromisoformat,
    ),
    "us_food_distributor_open": (
        {
            "customer": "name_customer",
            "issued": "document_create_date.1",
            "due": "due_in_date",
            "paid": "clear_date",
            "amount": "total_open_amount",
        },
        date.fromisoformat,
    ),
    "receivables_2012_2013": (
        {
            "customer": "customerID",
            "issued": "InvoiceDate",
            "due": "DueDate",
            "paid": "SettledDate",
            "amount": "InvoiceAmount",
        },
        us_date,
    ),
}


def rows_of(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", CASES)
def test_every_row_is_there_with_its_days_amount_and_payment(
    read: Reader, shared_data: Path, name: str
) -> None:
    path = shared_data / "ledgers" / f"{name}.csv"
    names, day = CASES[name]
    source = rows_of(path)
    ledger = read(path)
    assert (ledger.file.rejects, ledger.file.ignored) == (0, 0)

    expected = Counter(
        (
            " ".join(row[names["customer"]].split()).casefold(),
            day(row[names["issued"]]),
            day(row[names["due"]]),
            Decimal(row[names["amount"]]),
            day(row[names["paid"]]) if row[names["paid"]] else None,
        )
        for row in source
    )
    assert imported(ledger) == expected
    total = sum((Decimal(row[names["amount"]]) for row in source), Decimal())
    (control,) = ledger.file.control
    assert (control.currency, control.ledger_rows) == ("XXX", len(source))
    assert control.ledger_amount == control.file_amount == total


def imported(ledger: Read) -> Counter[tuple[object, ...]]:
    """Rows of the ledger in the form of the source, each once."""
    buyers = {buyer["buyer_id"]: buyer for buyer in ledger.buyers}
    paid = {use["item_id"]: use for use in ledger.settlements}
    assert len(paid) == len(ledger.settlements)
    found: Counter[tuple[object, ...]] = Counter()
    for item in ledger.items:
        use = paid.get(item["item_id"])
        assert use is None or use["amount"] == item["amount"]
        name = " ".join(buyers[item["buyer_id"]]["name"].split()).casefold()
        cleared = use["cleared_on"] if use else None
        found[(name, item["issued_on"], item["due_on"], item["amount"], cleared)] += 1
    return found


def test_rows_that_are_equal_in_all_columns_are_all_real(read: Reader, shared_data: Path) -> None:
    ledger = read(shared_data / "ledgers" / "us_food_distributor_settled.csv")
    assert len({item["document_key"] for item in ledger.items}) == 27_204
    repeats = imported(ledger)
    assert sum(count - 1 for count in repeats.values()) >= 602


def test_dispute_flags_and_numbers_are_kept(read: Reader, shared_data: Path) -> None:
    path = shared_data / "ledgers" / "receivables_2012_2013.csv"
    ledger = read(path)
    source = {row["invoiceNumber"]: row["Disputed"] == "Yes" for row in rows_of(path)}
    assert {item["number"]: item["disputed"] for item in ledger.items} == source
    assert ledger.file.recognition.first.date_order == "mdy"
    assert "country_unknown" in ledger.notices


def test_both_files_of_one_seller_are_read_as_one_ledger(read: Reader, shared_data: Path) -> None:
    names = ("us_food_distributor_settled.csv", "us_food_distributor_open.csv")
    ledger = read([shared_data / "ledgers" / name for name in names])
    assert len(ledger.items) == 27_204 + 10_000
    assert len(ledger.settlements) == 27_204
    assert len({item["item_id"] for item in ledger.items}) == 37_204
    assert len({item["document_key"] for item in ledger.items}) == 37_204
