"""Upload, preview, answers, start and discard, with the real reader of ledger files."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.edges.web.conftest import Company
from xindun.kit.tenancy import tenant_scope
from xindun.record.receivables import reads
from xindun.record.receivables.values import BatchValue

PLAIN = "customer_name,invoice_number,invoice_date,due_date,amount,currency\n"
ROW = "Acme Ltd,INV-1,2025-01-31,2025-03-02,1250.50,EUR\n"


def upload(client: Client, content: str | bytes, name: str = "ledger.csv") -> Any:
    body = content.encode() if isinstance(content, str) else content
    return client.post("/imports/", {"file": SimpleUploadedFile(name, body)})


def newest(company: Company) -> BatchValue:
    with tenant_scope(company.tenant_id):
        return reads.batches(limit=1)[0]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("ledger.exe", b"MZ", "Choose a CSV"),
        ("ledger.xls", b"\xd0\xcf\x11\xe0", "Choose a CSV"),
        ("ledger.xlsx", b"not a workbook", "not what its name says"),
        ("ledger.parquet", b"not parquet", "not what its name says"),
        ("ledger.csv", b"a,b\x00\x01,c", "not what its name says"),
        ("ledger.csv", b"", "empty"),
        ("ledger.csv", b"\n<!DOCTYPE html><table>", "no table by its content (HTML)"),
    ],
)
def test_what_is_no_ledger_file_is_refused_and_nothing_is_stored(
    company: Company, tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    before = newest(company).public_id
    answer = upload(company.client, content, name)
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert newest(company).public_id == before


def test_a_name_with_a_path_keeps_its_last_part_only(company: Company) -> None:
    upload(company.client, PLAIN + ROW, "../../etc/ledger.csv")
    assert newest(company).file_name == "ledger.csv"


def test_the_preview_shows_columns_and_writes_nothing(company: Company) -> None:
    page = upload(company.client, PLAIN + ROW)
    shown = company.client.get(page["Location"]).content.decode()
    for text in ("invoice_number", "INV-1", "1250.50", "Document number"):
        assert text in shown
    assert newest(company).status == "uploaded"
    assert company.console.ask("current_run").ledger_version == 1


def test_an_open_question_keeps_the_import_from_starting(company: Company) -> None:
    ambiguous = PLAIN + "Acme Ltd,INV-1,01/02/2025,03/04/2025,1250.50,EUR\n"
    where = upload(company.client, ambiguous)["Location"]
    page = company.client.post(where, {"step": "import"}).content.decode()
    assert "Please answer before the import" in page
    assert newest(company).status == "uploaded"
    assert company.client.post(where, {"step": "import", "date_order": "dmy"}).status_code == 302
    batch = newest(company)
    assert batch.status == "reading"
    assert batch.options == {"date_order": "dmy"}


def test_only_a_changed_column_is_pinned(company: Company) -> None:
    where = upload(company.client, "who,number,invoice_date,due_date,amount,currency\n" + ROW)[
        "Location"
    ]
    page = company.client.post(where, {"step": "import"}).content.decode()
    assert "Please answer before the import" in page
    chosen = {
        "step": "import",
        "column-0": "customer_name",
        "auto-0": "",
        "header-0": "who",
        "column-4": "amount",
        "auto-4": "amount",
        "header-4": "amount",
    }
    assert company.client.post(where, chosen).status_code == 302
    assert newest(company).options == {"mapping": {"customer_name": "who"}}


def test_a_currency_that_is_none_is_refused(company: Company) -> None:
    where = upload(company.client, PLAIN + ROW)["Location"]
    page = company.client.post(where, {"step": "import", "currency": "ABC"}).content.decode()
    assert "ISO 4217" in page
    assert newest(company).status == "uploaded"


def test_a_discarded_upload_cannot_be_imported(company: Company) -> None:
    where = upload(company.client, PLAIN + ROW)["Location"]
    assert company.client.post(f"{where}discard/").status_code == 302
    page = company.client.post(where, {"step": "import"}).content.decode()
    assert "Recognised columns" not in page
    assert newest(company).status == "failed"


def test_progress_asks_again_until_the_import_is_over(company: Company) -> None:
    where = upload(company.client, PLAIN + ROW)["Location"]
    company.client.post(where, {"step": "import"})
    page = company.client.get(where).content.decode()
    assert f'hx-get="{where}progress/"' in page
    assert "<noscript>" in page
    assert "HX-Refresh" not in company.client.get(f"{where}progress/")
    company.client.get(where)
    done = company.client.get(f"/imports/{company.batch}/progress/")
    assert done["HX-Refresh"] == "true"


COLUMNS = ("customer_name", "number", "issued_on", "due_on", "amount", "currency")
HEADERS = PLAIN.strip().split(",")


def answers(**changed: str) -> dict[str, Any]:
    """The column list as the page sends it, with some fields read as something else."""
    sent: dict[str, Any] = {}
    for position, (field, header) in enumerate(zip(COLUMNS, HEADERS, strict=True)):
        sent[f"column-{position}"] = changed.get(field, field)
        sent[f"auto-{position}"] = field
        sent[f"header-{position}"] = header
    return sent


def test_a_recognised_column_can_be_left_unused_and_taken_back(company: Company) -> None:
    where = upload(company.client, PLAIN + ROW)["Location"]
    sent = {**answers(currency=""), "step": "check"}
    page = company.client.post(where, sent).content.decode()
    assert 'name="unused" value="currency"' in page
    assert "The file names no currency" in page
    again = {**sent, "auto-5": "", "unused": "currency", "step": "import"}
    assert company.client.post(where, again).status_code == 302
    assert newest(company).options == {"mapping": {"currency": ""}}
    where = upload(company.client, PLAIN + ROW)["Location"]
    back = {**again, "column-5": "currency"}
    assert company.client.post(where, back).status_code == 302
    assert newest(company).options == {"mapping": {"currency": "currency"}}


def test_a_field_that_moves_to_another_column_is_not_left_unused(company: Company) -> None:
    where = upload(company.client, PLAIN + ROW)["Location"]
    sent = {**answers(issued_on="", due_on="issued_on"), "terms_days": "30", "step": "import"}
    assert company.client.post(where, sent).status_code == 302
    assert newest(company).options["mapping"] == {"issued_on": "due_date"}


def test_without_its_amount_a_file_asks_for_one(company: Company) -> None:
    where = upload(company.client, PLAIN + ROW)["Location"]
    page = company.client.post(where, {**answers(amount=""), "step": "import"}).content.decode()
    assert "Please answer before the import" in page
    assert newest(company).status == "uploaded"


def test_every_table_of_a_workbook_is_shown(company: Company) -> None:
    book = openpyxl.Workbook()
    receipts = book.create_sheet("收款")
    for row in (HEADERS, ["Acme Ltd", "INV-1", "2025-01-31", "2025-03-02", 1250.5, "EUR"]):
        book.worksheets[0].append(row)
    book.worksheets[0].append(["Acme Ltd", "INV-2", "2025-01-31", "2025-03-02", 9, "EUR"])
    for row in (
        ["客户名称", "收款单号", "收款日期", "收款金额", "发票号", "币种"],
        ["Acme Ltd", "R1", "2025-02-01", 60, "INV-1", "EUR"],
    ):
        receipts.append(row)
    content = io.BytesIO()
    book.save(content)
    where = upload(company.client, content.getvalue(), "two.xlsx")["Location"]
    page = company.client.get(where).content.decode()
    assert "Recognised columns of “收款”" in page
    assert "收款单号" in page
    # A column of the first sheet alone is chosen without asking the second for it.
    sent = {**answers(due_on="original_due_on"), "terms_days": "30", "step": "import"}
    assert company.client.post(where, sent).status_code == 302
