"""A report file is recognised by its content and read into one shape, whatever its format."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from xindun.connectors.bureau.mapping import (
    BadMapping,
    BadReportValue,
    ReportNotText,
    read_generic,
    read_mapping,
)
from xindun.connectors.bureau.report_files import (
    NoLeiToLookFor,
    NotInReport,
    UnknownReport,
    read_report,
    recognised,
)
from xindun.connectors.bureau.values import Notice, Report, ReportedFact, ReportFormat

Make = Callable[..., Any]

MAPPING = """
source: Synthetic Bureau
format: json
as_of: meta.date
date_format: "%d.%m.%Y"
subject: {name: company.name, country: company.country, identifiers: {lei: company.lei}}
facts:
  - {kind: founded_on, type: day, from: company.founded}
  - {kind: registered_capital, type: money, from: company.capital, currency: =EUR, unit: 1000}
  - {kind: employees, type: count, from: company.staff}
  - kind: officers
    rows: company.people
    type: people
    fields: {name: name, role: role}
  - kind: liquidation
    rows: company.cases
    type: event
    key: number
    fields: {published_on: day, case_number: number}
statements:
  - rows: accounts
    starts_on: from
    ends_on: to
    standard: =ifrs
    currency: money
    unit: 1000
    lines: {total_assets: "balance[0].assets", sales: turnover}
"""
DOCUMENT: dict[str, Any] = {
    "meta": {"date": "31.03.2024"},
    "company": {
        "name": "Synthetic GmbH",
        "country": "de",
        "founded": "03.02.2001",
        "capital": 25.5,
        "people": [{"name": "Person One", "role": "director"}],
        "cases": [{"day": "2024-01-02", "number": "7"}],
    },
    "accounts": [
        {
            "from": "01.01.2023",
            "to": "31.12.2023",
            "money": "EUR",
            "balance": [{"assets": 1200}],
            "turnover": "2400.5",
        }
    ],
}


def read(document: object = DOCUMENT, mapping: str = MAPPING) -> Report:
    return read_generic(
        json.dumps(document).encode(), read_mapping(mapping.encode()), shown="r.json"
    )


def test_a_mapped_report_has_units_days_and_what_is_missing() -> None:
    report = read()
    assert (report.source, report.as_of) == ("Synthetic Bureau", date(2024, 3, 31))
    assert (report.subject.name, report.subject.country) == ("Synthetic GmbH", "DE")
    assert report.facts == (
        ReportedFact("founded_on", "2001-02-03", date(2024, 3, 31)),
        ReportedFact(
            "registered_capital", {"amount": "25500.0", "currency": "EUR"}, date(2024, 3, 31)
        ),
        ReportedFact("officers", [{"name": "Person One", "role": "director"}], date(2024, 3, 31)),
        ReportedFact(
            "liquidation",
            {"published_on": "2024-01-02", "case_number": "7"},
            date(2024, 3, 31),
            "7",
        ),
    )
    assert report.notices == (Notice("not_in_report", {"place": "facts[2] employees"}),)
    (statement,) = report.statements
    assert statement.lines == {"total_assets": Decimal(1_200_000), "sales": Decimal("2400500.0")}
    assert (statement.ends_on, statement.filed_on) == (date(2023, 12, 31), date(2024, 3, 31))


def test_a_table_is_mapped_by_its_columns_a_row_a_statement() -> None:
    mapping = read_mapping(
        b"{source: B, format: csv, as_of: day, subject: {name: company},"
        b" statements: [{starts_on: a, ends_on: b, currency: =CNY, unit: 10000,"
        b" lines: {total_assets: total}}]}"
    )
    rows = (
        "公司,day,a,b,total\n甲,2024-05-01,2022-01-01,2022-12-31,1.5\n甲,,2023-01-01,2023-12-31,2\n"
    )
    report = read_generic(rows.encode("gb18030"), mapping, shown="r.csv")
    assert [each.lines["total_assets"] for each in report.statements] == [15_000, 20_000]
    with pytest.raises(ReportNotText):
        read_generic(b"\xff\xff\x00", mapping, shown="r.csv")


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (("unit: 1000\n    lines", "unit: 12\n    lines"), "statements[0]"),
        (("currency: =EUR", "currency: =EURO"), "facts[1]"),
        (("format: json", "format: xml"), "format"),
        (("source: Synthetic Bureau", "source: ''"), "source"),
        (("as_of: meta.date", "as_of: meta.nothing"), "as_of"),
        (("type: event", "type: pickle"), "facts[4]"),
        (("facts:", "facts: &a"), "file"),
        (("facts:", "facts: [[["), "file"),
    ],
)
def test_a_mapping_that_would_guess_is_refused_with_its_place(
    change: tuple[str, str], place: str
) -> None:
    assert change[0] in MAPPING
    with pytest.raises(BadMapping) as refused:
        read(mapping=MAPPING.replace(*change))
    assert refused.value.params["place"] == place


@pytest.mark.parametrize("wrong", ["1,5", "1e400", "x", "١٢"])
def test_a_number_that_is_none_is_refused(wrong: str) -> None:
    with pytest.raises(BadReportValue, match="no number"):
        read({**DOCUMENT, "company": {**DOCUMENT["company"], "capital": wrong}})


def test_a_golden_copy_gives_the_record_with_the_lei(
    tmp_path: Path, make_level_1: Make, make_lei: Make
) -> None:
    path = tmp_path / "anything.txt"
    event = {
        "LegalEntityEventType": {"$": "INSOLVENCY"},
        "@event_status": "IN_PROGRESS",
        "LegalEntityEventEffectiveDate": {"$": "2024-02-01T00:00:00Z"},
        "LegalEntityEventRecordedDate": {"$": "2024-03-01T00:00:00Z"},
    }
    events = {"LegalEntityEvent": [event, {**event, "@event_status": "WITHDRAWN_CANCELLED"}]}
    lapsed = make_level_1(3, LegalEntityEvents=events)
    lapsed["Registration"]["RegistrationStatus"]["$"] = "LAPSED"
    path.write_text(json.dumps({"records": [make_level_1(1), make_level_1(2), lapsed]}))

    report = read_report(path, shown=path.name, identifiers={"lei": make_lei(3)})
    facts = {(each.kind, each.key): each.value for each in report.facts}
    assert facts["lei", ""] == make_lei(3)
    assert facts["founded_on", ""] == "2001-02-03"
    assert facts["register_number", ""] == "HRB 1 (RA000242)"
    assert facts["address", ""] == "Musterweg 1, Hinterhaus, 10000 Musterstadt, DE-BE, DE"
    insolvency = [each for each in report.facts if each.kind == "insolvency_opened"]
    assert [each.value for each in insolvency] == [
        {"published_on": "2024-02-01", "detail": "INSOLVENCY IN_PROGRESS"}
    ]
    assert insolvency[0].as_of == date(2024, 3, 1)
    assert report.notices == (Notice("lei_not_kept_up", {"status": "LAPSED"}),)

    with pytest.raises(NotInReport):
        read_report(path, shown=path.name, identifiers={"lei": make_lei(4)})
    with pytest.raises(NoLeiToLookFor):
        read_report(path, shown=path.name, identifiers={})


def test_what_no_reader_knows_needs_a_mapping(tmp_path: Path) -> None:
    path = tmp_path / "gleif.json"
    path.write_bytes(json.dumps(DOCUMENT).encode())
    with pytest.raises(UnknownReport):
        read_report(path, shown=path.name, identifiers={})
    mapping = read_mapping(MAPPING.encode())
    assert read_report(path, shown=path.name, identifiers={}, mapping=mapping).facts


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("gleif_golden_copy_20240505.json", ReportFormat.GLEIF_LEVEL_1),
        ("sec_company_facts_ifrs.json", ReportFormat.SEC_COMPANY_FACTS),
        ("sec_company_facts_us_gaap.json", ReportFormat.SEC_COMPANY_FACTS),
    ],
)
def test_real_files_are_recognised(shared_data: Path, name: str, kind: ReportFormat) -> None:
    with (shared_data / "registry" / name).open("rb") as file:
        assert recognised(file.read(4096)) is kind
