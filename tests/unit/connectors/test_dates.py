"""Dates are read in every form ledgers use, and their order is proven or asked."""

from __future__ import annotations

from datetime import date

import pytest

from tests.unit.connectors.tables import Reader
from xindun.connectors.ledger_files import NeedsAnswer, dates

D = date(2025, 1, 2)


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("2025-01-02", None, D),
        ("20250102", None, D),
        ("20250102.0", None, D),
        ("2025/1/2", None, D),
        ("2025.01.02", None, D),
        ("2025年1月2日", None, D),
        ("２０２５年１月２日", None, D),
        ("2025-01-02 00:00:00", None, D),
        ("2025-01-02T23:59:59.999Z", None, D),
        ("2025-01-02 08:00:00+08:00", None, D),
        ("2 Jan 2025", None, D),
        ("02-Jan-2025", None, D),
        ("Jan 2, 2025", None, D),
        ("2. Januar 2025", None, D),
        ("Thu, 2 Jan 2025", None, D),
        ("2025-01-02 星期四", None, D),
        ("01/02/2025", "mdy", D),
        ("02/01/2025", "dmy", D),
        ("02.01.2025", "dmy", D),
        ("2.1.25", "dmy", D),
        ("25/01/02", "ymd", D),
        ("02-Jan-25", "dmy", D),
        ("02/02/2025", None, date(2025, 2, 2)),
        ("31.12.99", "dmy", date(1999, 12, 31)),
        ("", None, None),
        ("NaT", None, None),
        ("0000-00-00", None, None),
        ("00.00.0000", None, None),
        ("-", None, None),
    ],
)
def test_a_cell_says_its_day(text: str, order: str | None, day: date | None) -> None:
    assert dates.parse(text, order) == day


@pytest.mark.parametrize(
    "text", ["2025-02-30", "20251301", "2025-13-01", "30 Feb 2025", "1025-01-01", "2500-01-01"]
)
def test_a_day_that_does_not_exist_is_impossible(text: str) -> None:
    with pytest.raises(dates.Impossible):
        dates.parse(text, None)


@pytest.mark.parametrize("text", ["45678", "soon", "2025", "2025-01", "01/02/2025", "1/2/3/4"])
def test_what_is_no_date_or_has_no_proven_order_is_refused(text: str) -> None:
    with pytest.raises(dates.NotADate):
        dates.parse(text, None)


HEADER = ["Customer", "Invoice No", "Invoice Date", "Due Date", "Amount", "Currency"]


def ledger(*days: tuple[str, str]) -> list[list[str]]:
    rows = [["A", f"I{n}", issued, due, "10.00", "EUR"] for n, (issued, due) in enumerate(days)]
    return [HEADER, *rows]


@pytest.mark.parametrize(
    ("days", "order"),
    [
        ([("01/02/2025", "03/02/2025"), ("13/02/2025", "01/03/2025")], "dmy"),
        ([("01/02/2025", "03/02/2025"), ("02/13/2025", "03/01/2025")], "mdy"),
        ([("01/02/2025", "28/02/2025")], "dmy"),
    ],
)
def test_one_proof_holds_for_all_date_columns(
    read: Reader, days: list[tuple[str, str]], order: str
) -> None:
    found = read(ledger(*days))
    assert found.file.recognition.first.date_order == order
    expected = date(2025, 2, 1) if order == "dmy" else date(2025, 1, 2)
    assert found.item("I0")["issued_on"] == expected


@pytest.mark.parametrize(
    ("days", "code"),
    [
        ([("01/02/2025", "03/04/2025")], "date_order"),
        ([("13/02/2025", "02/14/2025")], "dates_mixed"),
        ([("13/02/25", "14/03/25")], "two_digit_year"),
    ],
)
def test_an_open_order_is_asked_and_nothing_is_written(
    read: Reader, days: list[tuple[str, str]], code: str, tmp_path: object
) -> None:
    with pytest.raises(NeedsAnswer) as refused:
        read(ledger(*days))
    question = refused.value.questions[0]
    assert question.code == code
    assert question.column == "Invoice Date"
    assert "--date-order" in question.option
    assert question.examples[0] in str(refused.value)


def test_the_answer_settles_it_and_contradicting_cells_are_rejected(read: Reader) -> None:
    found = read(
        ledger(("01/02/2025", "03/04/2025"), ("02/13/2025", "03/14/2025")), date_order="dmy"
    )
    assert found.item("I0")["issued_on"] == date(2025, 2, 1)
    assert found.reasons == [(3, "impossible_date")]
    assert found.rejects[0]["value"] == "02/13/2025"
    assert found.rejects[0]["column"] == "Invoice Date"


def test_an_impossible_day_rejects_its_row_only(read: Reader) -> None:
    found = read(ledger(("2025-01-01", "2025-02-30"), ("2025-01-01", "2025-02-28")))
    assert found.reasons == [(2, "impossible_date")]
    assert len(found.items) == 1
