"""The list of imports: search, state, order, pages, export, and what it says when it is empty."""

from __future__ import annotations

import csv
import io
from typing import Any

import openpyxl
import pytest
from django.test import Client

from tests.edges.web.conftest import Company
from tests.edges.web.test_imports import PLAIN, ROW, newest, upload
from tests.edges.web.test_lists import body

FILES = ("alpha.csv", "Beta.csv", "台账-华东.csv")


@pytest.fixture
def uploads(company: Company) -> Company:
    """Three uploads that wait, beside what was imported before."""
    for name in FILES:
        upload(company.client, f"{PLAIN}{ROW}{name},N,2025-01-31,2025-03-02,1,EUR\n", name)
    return company


def exported(company: Company, query: str = "") -> list[dict[str, str]]:
    answer: Any = company.client.get(f"/imports/export/csv/?{query}")
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(body(answer).decode("utf-8-sig"))))


def names(company: Company, query: str) -> list[str]:
    return [row["File"] for row in exported(company, query)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=ALPHA", {"alpha.csv"}),
        ("q=华东", {"台账-华东.csv"}),
        ("q=a.csv&state=waiting", {"alpha.csv", "Beta.csv"}),
        ("q=a%25", set()),
        ("state=waiting", set(FILES)),
        ("state=working", set()),
        ("q=alpha&state=imported", set()),
    ],
)
def test_imports_are_found_by_name_and_state(uploads: Company, query: str, found: set[str]) -> None:
    assert set(names(uploads, query)) == found
    page = uploads.client.get(f"/imports/?{query}").content.decode()
    assert {name for name in FILES if f">{name}</a>" in page} == found
    assert ("No import matches" in page) == (not found)


def test_every_column_sorts_both_ways(uploads: Company) -> None:
    for name in ("file", "status", "uploaded", "added", "changed", "rejected"):
        for sort in (name, f"-{name}"):
            assert uploads.client.get(f"/imports/?sort={sort}").status_code == 200, sort
    ups = names(uploads, "state=waiting&sort=file")
    assert ups == list(FILES)
    assert names(uploads, "state=waiting&sort=-file") == ups[::-1]
    assert names(uploads, "state=waiting") == list(FILES)[::-1]
    added = [int(row["Documents added"]) for row in exported(uploads, "sort=-added")]
    assert added == sorted(added, reverse=True)
    assert added[0] > 0


def test_the_newest_stand_first_and_the_rest_on_further_pages(company: Company) -> None:
    for n in range(21):
        row = ROW.replace("INV-1", f"INV-{n}")
        upload(company.client, PLAIN + row, f"file-{n:02}.csv")
    first = company.client.get("/imports/?state=waiting").content.decode()
    second = company.client.get("/imports/?state=waiting&page=2").content.decode()
    assert ">file-20.csv</a>" in first
    assert ">file-00.csv</a>" not in first
    assert ">file-00.csv</a>" in second
    assert "1 of 2" in first
    assert "state=waiting&amp;page=2" in first or "page=2&amp;state=waiting" in first
    part = company.client.get("/imports/?page=2", headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()
    assert "HX-Request" in part["Vary"]


def test_a_discarded_upload_is_called_so(uploads: Company) -> None:
    uploads.client.post(f"/imports/{newest(uploads).public_id}/discard/")
    (row,) = [row for row in exported(uploads) if row["File"] == FILES[2]]
    assert row["State"] == "Discarded"
    assert row["Finished (UTC)"]
    assert ">Discarded</span>" in uploads.client.get("/imports/").content.decode()


def test_the_workbook_has_the_rows_of_the_text_file(uploads: Company) -> None:
    answer: Any = uploads.client.get("/imports/export/xlsx/?sort=file")
    sheet = openpyxl.load_workbook(io.BytesIO(body(answer))).worksheets[0]
    head, *rows = sheet.iter_rows(values_only=True)
    wanted = exported(uploads, "sort=file")
    assert list(head) == list(wanted[0])
    assert [row[0] for row in rows] == [row["File"] for row in wanted]
    assert uploads.client.get("/imports/export/pdf/").status_code == 404


def test_another_company_s_imports_are_in_no_list(uploads: Company, rival: Company) -> None:
    assert not set(names(rival, "")) & set(FILES)


def test_without_an_import_the_page_says_what_to_do(newcomer: Client) -> None:
    page = newcomer.get("/imports/").content.decode()
    assert "No import yet" in page
    assert 'role="search"' not in page
