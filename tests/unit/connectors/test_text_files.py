"""Text files: encodings, delimiters, quotes and hostile content, with exact line numbers."""

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path

import pytest

from tests.unit.connectors.tables import Reader
from xindun.connectors.ledger_files import NeedsAnswer, Options, rejects_csv
from xindun.connectors.ledger_files.sources import delimited
from xindun.connectors.ledger_files.sources.delimited import Delimited
from xindun.connectors.ledger_files.sources.encodings import Undecodable
from xindun.kernel.errors import DomainError

HEAD = "客户名称,发票号,开票日期,到期日,金额,币种\n"
CHINESE = HEAD + "华东机械有限公司,F1,2025-01-02,2025-02-01,100.50,人民币\n"
ENGLISH = "Customer,Invoice No,Invoice Date,Due Date,Amount,Currency\n"
ROW = "Acme,{},2025-01-02,2025-02-01,100.50,EUR\n"


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("gb18030", "gb18030"),
        ("gbk", "gb18030"),
        ("utf-16", "utf-16"),
    ],
)
def test_encodings_are_proven_over_all_bytes(read: Reader, encoding: str, found: str) -> None:
    ledger = read(CHINESE.encode(encoding))
    assert ledger.file.recognition.first.encoding == found
    assert ledger.buyers[0]["name"] == "华东机械有限公司"
    assert ledger.items[0]["amount"] == Decimal("100.50")


def test_a_gb18030_byte_far_down_decides_for_the_whole_file(read: Reader) -> None:
    text = (
        ENGLISH
        + "".join(ROW.format(n) for n in range(60_000))
        + "华东,X,2025-01-02,2025-02-01,1,EUR\n"
    )
    ledger = read(text.encode("gb18030"))
    assert ledger.file.rows_read == 60_001
    assert ledger.buyers[-1]["name"] == "华东"


def test_an_undecodable_byte_is_named_with_offset_and_line(read: Reader) -> None:
    content = ENGLISH.encode() + ROW.format(1).encode() + b"\xff\xff,2\n"
    with pytest.raises(Undecodable) as refused:
        read(content)
    assert refused.value.params["line"] == 3
    assert refused.value.params["offset"] == content.index(b"\xff")


def test_western_windows_text_is_not_taken_for_chinese(read: Reader) -> None:
    text = ENGLISH + "Müller & Söhne,1,2025-01-02,2025-02-01,100.50,EUR\n"
    with pytest.raises(NeedsAnswer) as refused:
        read(text.encode("cp1252"))
    assert refused.value.questions[0].code == "encoding"
    assert read(text.encode("cp1252"), encoding="cp1252").buyers[0]["name"] == "Müller & Söhne"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends_are_recognised(read: Reader, delimiter: str, end: str) -> None:
    text = (ENGLISH + ROW.format(1) + ROW.format(2)).replace(",", delimiter).replace("\n", end)
    ledger = read(text)
    assert ledger.file.recognition.first.delimiter == delimiter
    assert [item["line_no"] for item in ledger.items] == [2, 3]


def test_title_rows_and_blank_lines_are_skipped_and_lines_stay_physical(read: Reader) -> None:
    text = (
        "应收账款明细表\n单位：元,,\n\n"
        + CHINESE
        + "\n,,,,,\n"
        + CHINESE.split("\n")[1].replace("F1", "F2")
    )
    ledger = read(text)
    assert ledger.file.recognition.first.header_line == 4
    assert [(item["number"], item["line_no"]) for item in ledger.items] == [("F1", 5), ("F2", 8)]
    assert ledger.file.rejects == 0


def test_quoted_cells_may_hold_delimiters_quotes_and_line_breaks(read: Reader) -> None:
    text = (
        ENGLISH
        + '"Acme, ""Inc"",\nBerlin",1,2025-01-02,2025-02-01,100.50,EUR\n'
        + ROW.format(2)
        + ROW.format("broken,too,many")
    )
    ledger = read(text)
    assert ledger.buyers[0]["name"] == 'Acme, "Inc",\nBerlin'
    assert ledger.item("2")["line_no"] == 4
    assert ledger.reasons == [(5, "ragged_row")]


def test_one_stray_quote_costs_one_row(read: Reader) -> None:
    rows = [ROW.format(n) for n in range(2000)]
    rows[10] = '"Acme,10,2025-01-02,2025-02-01,100.50,EUR\n'
    ledger = read(ENGLISH + "".join(rows))
    assert len(ledger.items) == 1999
    assert ledger.reasons == [(12, "ragged_row")]


def test_bad_rows_are_listed_with_line_column_value_and_raw_row(
    read: Reader, tmp_path: Path
) -> None:
    ledger = read(
        ENGLISH
        + "Acme,1,2025-01-02,2025-02-01,abc,EUR\n"
        + ",2,2025-01-02,2025-02-01,5,EUR\n"
        + "Acme,3,2025-01-02,2025-02-01\n"
        + "Acme,4\0,2025-01-02,2025-02-01,5,EUR\n"
        + "=1+1,5,2025-01-02,2025-02-01,0,EUR\n"
        + ROW.format(6)
    )
    assert ledger.reasons == [
        (2, "unreadable_amount"),
        (3, "missing_customer"),
        (4, "ragged_row"),
        (5, "nul_byte"),
        (6, "zero_amount"),
    ]
    first = ledger.rejects[0]
    assert (first["column"], first["value"]) == ("Amount", "abc")
    assert '"abc"' in first["raw"]
    assert first["reason"].endswith(".")
    euro, unknown = ledger.file.control
    assert (unknown.currency, unknown.reject_rows, unknown.unreadable_rows) == ("XXX", 1, 1)
    assert (euro.file_rows, euro.ledger_rows, euro.reject_rows) == (5, 1, 4)
    assert (euro.file_amount, euro.unreadable_rows) == (Decimal("110.50"), 1)
    target = tmp_path / "rejects.csv"
    assert rejects_csv(ledger.file.folder, target) == 5
    assert "'=1+1" not in target.read_text(encoding="utf-8-sig")  # inside the raw JSON it is text


def test_total_rows_are_left_out_and_listed(read: Reader) -> None:
    ledger = read(
        CHINESE
        + "小计,,,,100.50,\n"
        + "Total Energies,F2,2025-01-02,2025-02-01,7,CNY\n"
        + "合计：,,,,107.50,\n"
    )
    assert [item["number"] for item in ledger.items] == ["F1", "F2"]
    assert (ledger.file.rejects, ledger.file.ignored) == (0, 2)
    assert [row["ignored"] for row in ledger.rejects] == [True, True]
    assert sum(c.file_amount for c in ledger.file.control) == Decimal("107.50")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"\n\n\n", "header_not_found"),
        (b"a,b,c\n1,2,3\n", "header_not_found"),
        (os.urandom(5000), None),
        (b"\0" * 5000, "not_text"),
        (b"PK\x03\x04rubbish", "broken_workbook"),
        (b"PAR1rubbish", "broken_parquet"),
        (b"\xd0\xcf\x11\xe0rubbish", "broken_workbook"),
    ],
)
def test_junk_is_refused_in_one_clear_sentence(
    read: Reader, content: bytes, code: str | None
) -> None:
    with pytest.raises(DomainError) as refused:
        read(content)
    assert code is None or refused.value.code == code
    assert "ledger.csv" in str(refused.value)


def test_a_header_without_rows_is_an_empty_ledger(read: Reader) -> None:
    ledger = read(ENGLISH)
    assert (ledger.file.rows_read, ledger.items, ledger.file.control) == (0, [], ())


def test_an_endless_line_is_refused_before_it_fills_the_memory(
    read: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delimited, "LONGEST_LINE", 1 << 20)
    monkeypatch.setattr(delimited, "BLOCK", 1 << 20)
    with pytest.raises(delimited.LineTooLong) as refused:
        read(ENGLISH + ROW.format(1) + "x" * (5 << 20))
    assert refused.value.params["line"] == 3


def test_an_overlong_cell_rejects_its_row(read: Reader) -> None:
    ledger = read(
        ENGLISH + '"' + "y" * 200_000 + '",1,2025-01-02,2025-02-01,1,EUR\n' + ROW.format(2)
    )
    assert ledger.reasons == [(2, "field_too_long")]
    assert [item["number"] for item in ledger.items] == ["2"]


def test_a_header_that_stands_twice_is_asked(read: Reader) -> None:
    text = (
        "Customer,Invoice No,Invoice Date,Due Date,Amount,Amount\nA,1,2025-01-02,2025-02-01,5,6\n"
    )
    with pytest.raises(NeedsAnswer) as refused:
        read(text)
    assert refused.value.questions[0].code == "duplicate_header"
    assert read(text, mapping={"amount": "Amount#2"}).items[0]["amount"] == 6


@pytest.mark.parametrize("block", [64, 97, 1 << 12])
def test_any_block_size_gives_the_same_rows(
    tmp_path: Path, block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [ROW.format(n) if n % 7 else f'"A\n{n}",q{n},"x ""y""",,1,\r\n' for n in range(300)]
    path = tmp_path / "blocks.csv"
    path.write_text(ENGLISH + "".join(rows), encoding="utf-8", newline="")
    whole = rows_of(path)
    monkeypatch.setattr(delimited, "BLOCK", block)
    assert rows_of(path) == whole
    assert len(whole) == 300


def rows_of(path: Path) -> list[dict[str, object]]:
    return [row for batch, _ in Delimited(path, Options()).batches() for row in batch.to_pylist()]
