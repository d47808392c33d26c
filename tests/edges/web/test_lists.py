"""Search, filters, sorting, paging, partials and exports of the lists."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal

import openpyxl
import pytest
from django.http import HttpResponse
from django.urls import reverse

from tests.contexts.receivables.ledgers import Doc
from tests.edges.web.conftest import Company
from xindun.control.monitoring.values import SORTS


def body(answer: HttpResponse) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]


def exported(company: Company, where: str) -> list[dict[str, str]]:
    answer = company.client.get(where)
    assert answer.status_code == 200
    text = body(answer).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def listed(company: Company, query: str) -> list[str]:
    page = company.client.get(f"/buyers/?{query}").content.decode()
    return [name for name in company.buyers if f">{name}</a>" in page]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("q=tardy", ["Tardy GmbH"]),
        ("q=华信", ["北京华信贸易有限公司"]),
        ("q=huaxin", ["北京华信贸易有限公司"]),
        ("q=bjhx", ["北京华信贸易有限公司"]),
        ("grade=none&currency=EUR", ["Newcomer SA"]),
        ("currency=USD", ["Zwei AG"]),
        ("q=nobody+at+all", []),
    ],
)
def test_buyers_are_found_in_both_scripts_and_by_filters(
    company: Company, query: str, names: list[str]
) -> None:
    assert listed(company, query) == names


def test_overdue_buyers_are_those_that_the_export_calls_overdue(company: Company) -> None:
    rows = exported(company, "/buyers/export/csv/?overdue=1")
    everything = exported(company, "/buyers/export/csv/")
    late = [row for row in everything if Decimal(row["Overdue"]) > 0]
    assert [row["Buyer"] for row in rows] == [row["Buyer"] for row in late]
    assert 0 < len(rows) < len(everything)


def test_every_column_sorts_both_ways(company: Company) -> None:
    for name in SORTS:
        for sort in (name, f"-{name}"):
            assert company.client.get(f"/buyers/?sort={sort}").status_code == 200, sort
    ups = [row["Buyer"] for row in exported(company, "/buyers/export/csv/?sort=open_total")]
    downs = [row["Buyer"] for row in exported(company, "/buyers/export/csv/?sort=-open_total")]
    assert ups == downs[::-1]


NONSENSE = (
    *("sort=drop+table", "page=-1", "page=99999999999", "page=%C2%B2", "grade=99", "overdue=x"),
    *("currency=%00", "country=%00", "q=%00%25", "as_of=yesterday", "state=zzz", "show=%00"),
)


def test_nonsense_in_an_address_is_no_error(company: Company) -> None:
    buyer = reverse("buyer", args=[company.buyers["Tardy GmbH"]])
    for where in ("/", "/buyers/", "/today/", "/imports/", buyer):
        for query in NONSENSE:
            assert company.client.get(f"{where}?{query}").status_code == 200, (where, query)


def without_tokens(page: HttpResponse) -> str:
    """The page without the form tokens, which differ each time."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page.content.decode())


def test_htmx_gets_the_rows_and_history_gets_the_page(company: Company) -> None:
    for where in ("/buyers/", "/today/"):
        page = company.client.get(where)
        part = company.client.get(where, headers={"HX-Request": "true"})
        back = company.client.get(
            where, headers={"HX-Request": "true", "HX-History-Restore-Request": "true"}
        )
        assert "<html" in page.content.decode()
        assert "<html" not in part.content.decode()
        assert without_tokens(part).strip() in without_tokens(page)
        assert "<html" in back.content.decode()
        assert "HX-Request" in page["Vary"]
        assert "HX-Request" in part["Vary"]


def test_documents_page_sort_and_export(company: Company) -> None:
    slow = company.buyers["Tardy GmbH"]
    where = reverse("buyer-documents", args=[slow])
    part = company.client.get(where, headers={"HX-Request": "true"}).content.decode()
    everything = company.client.get(f"{where}?show=all", headers={"HX-Request": "true"})
    assert part.count("<tr>") < everything.content.decode().count("<tr>")
    rows = exported(company, reverse("buyer-documents-export", args=[slow, "csv"]))
    file = company.console.ask("buyer_file", slow)
    account = file.accounts[0].row
    assert sum(Decimal(row["Open"]) for row in rows) == account.open_total
    assert len(rows) == account.open_items


def test_xlsx_holds_numbers_and_the_same_rows(company: Company) -> None:
    answer = company.client.get("/buyers/export/xlsx/?sort=-open_total")
    sheet = openpyxl.load_workbook(io.BytesIO(body(answer))).worksheets[0]
    head, *rows = sheet.iter_rows(values_only=True)
    wanted = exported(company, "/buyers/export/csv/?sort=-open_total")
    assert list(head) == list(wanted[0])
    assert [row[0] for row in rows] == [row["Buyer"] for row in wanted]
    opened = head.index("Open total")
    assert [Decimal(str(row[opened])) for row in rows] == [
        Decimal(row["Open total"]) for row in wanted
    ]


def test_an_unknown_format_is_no_page(company: Company) -> None:
    slow = company.buyers["Tardy GmbH"]
    for where in ("/buyers/export/pdf/", "/today/export/exe/", f"/buyers/{slow}/documents/x/"):
        assert company.client.get(where).status_code == 404


def test_a_buyer_s_name_never_runs_as_a_formula(company: Company) -> None:
    company.console.take(Doc("EVIL-1", buyer="EVIL", name='=HYPERLINK("http://x","y")'))
    company.console.run()
    names = [row["Buyer"] for row in exported(company, "/buyers/export/csv/")]
    assert '\'=HYPERLINK("http://x","y")' in names
    answer = company.client.get("/buyers/export/xlsx/")
    sheet = openpyxl.load_workbook(io.BytesIO(body(answer))).worksheets[0]
    cells = {cell.value: cell.data_type for cell in sheet["A"]}
    assert cells['=HYPERLINK("http://x","y")'] in {"s", "inlineStr", "f"}
    raw = _sheet_xml(body(company.client.get("/buyers/export/xlsx/")))
    assert "<f>" not in raw


def _sheet_xml(content: bytes) -> str:
    import zipfile

    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return book.read("xl/worksheets/sheet1.xml").decode()


def test_an_action_is_marked_leaves_the_list_and_comes_back(company: Company) -> None:
    where = reverse("today-mark", args=[company.action_id])
    before = len(exported(company, "/today/export/csv/"))
    answer = company.client.post(where, {"state": "done", "next": "/today/?state=open"})
    assert answer["Location"] == "/today/?state=open"
    assert len(exported(company, "/today/export/csv/")) == before - 1
    assert len(exported(company, "/today/export/csv/?state=done")) == 1
    company.client.post(where, {"state": "open"})
    assert len(exported(company, "/today/export/csv/")) == before
    assert company.client.post(where, {"state": "nonsense"}).status_code == 404
