"""Random ledgers, written in random styles and formats, are read back as they were."""

from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.unit.connectors.tables import Read, tables
from xindun.connectors.ledger_files import Options, read_ledger
from xindun.connectors.ledger_files.sources import delimited

NAMES = st.sampled_from(
    ["华东机械有限公司", "Acme, Inc.", 'The "Best" GmbH', "Müller & Söhne", "O'Neil", "Line\nBreak"]
)
DAYS = st.dates(date(2015, 1, 1), date(2030, 12, 31))
AMOUNTS = st.integers(1, 10**11).map(lambda cents: Decimal(cents) / 100)
ROWS = st.lists(st.tuples(NAMES, DAYS, DAYS, AMOUNTS, st.none() | DAYS), min_size=1, max_size=25)
HEADERS = st.sampled_from(
    [
        ("Customer", "Invoice Date", "Due Date", "Amount", "Paid on", "Currency"),
        ("客户名称", "开票日期", "到期日", "金额", "收款日期", "币种"),
        ("客戶名稱", "發票日期", "到期日", "金額", "收款日期", "幣別"),
        ("Kunde", "Rechnungsdatum", "Fälligkeitsdatum", "Betrag", "Ausgleichsdatum", "Währung"),
    ]
)
DATE_STYLES = {
    "iso": ("%Y-%m-%d", None),
    "compact": ("%Y%m%d", None),
    "slashes": ("%Y/%m/%d", None),
    "chinese": ("%Y年%m月%d日", None),
    "dmy": ("%d/%m/%Y", "dmy"),
    "german": ("%d.%m.%Y", "dmy"),
    "mdy": ("%m/%d/%Y", "mdy"),
    "named": ("%d %b %Y", None),
}
AMOUNT_STYLES = {
    "plain": (lambda amount: f"{amount:.2f}", "."),
    "english": (lambda amount: f"{amount:,.2f}", "."),
    "german": (lambda a: f"{a:,.2f}".translate(str.maketrans(",.", ".,")), ","),
    "swiss": (lambda amount: f"{amount:,.2f}".replace(",", "'"), "."),
    "spaced": (lambda a: f"{a:,.2f}".replace(",", "\u00a0").replace(".", ","), ","),
    "yuan": (lambda amount: f"￥{amount:,.2f}", "."),
}
QUICK = settings(
    deadline=None,
    max_examples=15,
    phases=(Phase.generate,),
    suppress_health_check=[HealthCheck.too_slow],
)


def read(content: bytes, suffix: str = "csv", **options: object) -> Read:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"ledger.{suffix}"
        path.write_bytes(content)
        return tables(read_ledger([path], Options(**options), Path(folder) / "out"))  # type: ignore[arg-type]


def content_of(ledger: Read) -> Counter[tuple[object, ...]]:
    names = {buyer["buyer_id"]: buyer["name"] for buyer in ledger.buyers}
    paid = {use["item_id"]: use["effective_on"] for use in ledger.settlements}
    return Counter(
        (names[i["buyer_id"]], i["issued_on"], i["due_on"], i["amount"], paid.get(i["item_id"]))
        for i in ledger.items
    )


@QUICK
@given(
    ROWS,
    HEADERS,
    st.sampled_from(sorted(DATE_STYLES)),
    st.sampled_from(sorted(AMOUNT_STYLES)),
    st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]),
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_text_files(
    rows: list[tuple[str, date, date, Decimal, date | None]],
    header: tuple[str, ...],
    dates: str,
    amounts: str,
    encoding: str,
    delimiter: str,
    end: str,
) -> None:
    pattern, order = DATE_STYLES[dates]
    write, mark = AMOUNT_STYLES[amounts]
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator=end)
    writer.writerow(header)
    for name, issued, due, amount, paid in rows:
        days = [issued.strftime(pattern), due.strftime(pattern)]
        writer.writerow([name, *days, write(amount), paid.strftime(pattern) if paid else "", "EUR"])
    ledger = read(
        text.getvalue().encode(encoding), date_order=order, decimal=mark, encoding=encoding
    )
    assert ledger.rejects == []
    assert content_of(ledger) == Counter(rows)


@QUICK
@given(ROWS, HEADERS, st.sampled_from(["xlsx", "parquet"]))
def test_typed_files(
    rows: list[tuple[str, date, date, Decimal, date | None]],
    header: tuple[str, ...],
    suffix: str,
) -> None:
    file = io.BytesIO()
    if suffix == "xlsx":
        book = openpyxl.Workbook()
        book.active.append(header)
        for name, issued, due, amount, paid in rows:
            book.active.append([name, issued, due, float(amount), paid, "EUR"])
        book.save(file)
    else:
        columns = [*zip(*rows, strict=True), ["EUR"] * len(rows)]
        kinds = [pa.string(), pa.date32(), pa.date32(), pa.float64(), pa.date32()]
        arrays = [
            pa.array([float(x) if isinstance(x, Decimal) else x for x in column], kind)
            for column, kind in zip(columns, [*kinds, pa.string()], strict=True)
        ]
        pq.write_table(pa.table(arrays, names=list(header)), file)
    ledger = read(file.getvalue(), suffix)
    assert ledger.rejects == []
    assert content_of(ledger) == Counter(rows)


CELLS = st.text(st.sampled_from('abc1290.,-/;"\n\r\t\0 ()=中\u00a0'), max_size=8) | st.sampled_from(
    ["2025-01-01", "2025-02-30", "12.50", "1e5", "EUR", "合计", "Total"]
)


@QUICK
@given(st.lists(st.lists(CELLS, min_size=5, max_size=7), max_size=12), st.booleans())
def test_any_cells_end_in_the_ledger_or_among_the_rejects(
    rows: list[list[str]], quoted: bool
) -> None:
    text = io.StringIO()
    quoting = csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
    writer = csv.writer(text, quoting=quoting, lineterminator="\n")
    writer.writerow(["Customer", "Invoice No", "Invoice Date", "Due Date", "Amount", "Currency"])
    writer.writerow(["Acme", "anchor", "2025-01-01", "2025-01-31", "12.50", "EUR"])
    writer.writerows(rows)
    content = text.getvalue().encode()
    ledger = read(content, date_order="dmy", decimal=".", encoding="utf-8", delimiter=",")
    file = ledger.file
    kept = sum(control.ledger_rows for control in file.control)
    assert file.rows_read == kept + file.rejects + file.ignored
    assert len(ledger.rejects) == file.rejects + file.ignored
    assert all(item["amount"] > 0 for item in ledger.items)
    assert sum(c.ledger_amount for c in file.control) == sum(
        item["amount"] if item["kind"] == "invoice" else -item["amount"] for item in ledger.items
    )


def test_the_same_file_gives_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "ledger.csv"
    path.write_text(
        "Customer,Invoice Date,Due Date,Amount,Currency,Paid on\n"
        + "".join(
            f'C{n % 37},2025-01-{1 + n % 28:02d},2025-02-01,{n % 91}.50,EUR,"2025-03-01"\n'
            for n in range(5000)
        ),
        encoding="utf-8",
    )
    first = tables(read_ledger([path], Options(), tmp_path / "a"))
    monkeypatch.setattr(delimited, "BLOCK", 10_000)
    second = tables(read_ledger([path], Options(), tmp_path / "b"))
    assert (first.items, first.settlements) == (second.items, second.settlements)
    assert first.buyers == second.buyers
    assert first.file.content_hash == second.file.content_hash
