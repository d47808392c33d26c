"""The steps of an import and what a row's hash covers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from xindun.record.receivables.rules import (
    DOCUMENT_FACTS,
    TRANSITIONS,
    WrongBatchStep,
    check_step,
    document_hash,
    fact_text,
    options_digest,
    stored_name,
)
from xindun.record.receivables.values import BatchStatus

FACTS: dict[str, object] = dict.fromkeys(DOCUMENT_FACTS) | {
    "document_key": UUID(int=1),
    "amount": Decimal("1.5"),
    "issued_on": date(2025, 1, 2),
    "disputed": False,
}


@pytest.mark.parametrize("status", BatchStatus)
@pytest.mark.parametrize("wanted", BatchStatus)
def test_only_the_steps_of_the_table_are_allowed(status: BatchStatus, wanted: BatchStatus) -> None:
    if wanted in TRANSITIONS[status]:
        check_step(status, wanted)
    else:
        with pytest.raises(WrongBatchStep):
            check_step(status, wanted)


def test_a_finished_import_never_starts_again() -> None:
    assert TRANSITIONS[BatchStatus.COMMITTED] == frozenset()
    assert TRANSITIONS[BatchStatus.REJECTED_DUPLICATE] == frozenset()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "true"),
        (Decimal("1.5"), "1.5000"),
        (date(2025, 1, 2), "2025-01-02"),
        (UUID(int=255), "000000000000000000000000000000ff"),
        (30, "30"),
    ],
)
def test_a_fact_has_one_text(value: object, text: str) -> None:
    assert fact_text(value) == text


@pytest.mark.parametrize("name", DOCUMENT_FACTS)
def test_every_fact_counts_in_the_hash(name: str) -> None:
    assert document_hash("B", FACTS) != document_hash("B", {**FACTS, name: "other"})


def test_the_buyer_counts_in_the_hash() -> None:
    assert document_hash("B", FACTS) != document_hash("C", FACTS)


def test_empty_answers_do_not_make_another_import() -> None:
    plain = options_digest("main", {"decimal": "."})
    assert options_digest("main", {"decimal": ".", "currency": None, "mapping": {}}) == plain
    assert options_digest("main", {"decimal": ","}) != plain
    assert options_digest("erp", {"decimal": "."}) != plain


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ("ledger.csv", "ledger.csv"),
        (r"C:\ledgers\march.xlsx", "march.xlsx"),
        ("../../etc/passwd", "passwd"),
        ("..", "ledger"),
        (".csv", "csv"),
        ("", "ledger"),
        ("a\x00b\n.csv", "ab.csv"),
        ("应收账款.csv", "应收账款.csv"),
        ("archive.tar.gz", "archive.tar.gz"),
    ],
)
def test_a_file_name_is_made_safe(given: str, stored: str) -> None:
    assert stored_name(given) == stored


def test_a_long_name_fits_any_disk_and_keeps_its_ending() -> None:
    name = stored_name("应" * 300 + ".xlsx")
    assert len(name.encode()) <= 200
    assert name.endswith("应.xlsx")
