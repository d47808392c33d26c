"""Annual statements come out of company facts as filed, each restatement a version of its own."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from xindun.connectors.bureau.sec import NoCompanyFacts, read_company_facts
from xindun.connectors.bureau.streams import ReportBroken
from xindun.connectors.bureau.values import Notice, ReportFormat

FIRST, SECOND = ("first", "2023-03-01"), ("second", "2024-03-01")


def fact(
    value: object,
    end: str,
    filing: tuple[str, str],
    *,
    start: str | None = None,
    form: str = "10-K",
) -> dict[str, Any]:
    """One synthetic row; a flow has a start."""
    flow = {} if start is None else {"start": start}
    return {
        "end": end,
        "val": value,
        "accn": filing[0],
        "filed": filing[1],
        "fy": 2023,
        "fp": "FY",
        "form": form,
        **flow,
    }


def year(value: object, year: int, filing: tuple[str, str]) -> dict[str, Any]:
    """A flow of one calendar year."""
    return fact(value, f"{year}-12-31", filing, start=f"{year}-01-01")


def company(taxonomy: str = "us-gaap", unit: str = "USD", **tags: list[dict[str, Any]]) -> bytes:
    """A synthetic file of company facts."""
    told = {tag: {"units": {unit: rows}} for tag, rows in tags.items()}
    return json.dumps(
        {"cik": "0000000042", "entityName": "Synthetic  Filer Inc.", "facts": {taxonomy: told}}
    ).encode()


def test_a_year_is_told_by_its_days_not_by_the_filing() -> None:
    report = read_company_facts(
        company(
            Assets=[fact(100, "2022-12-31", FIRST), fact(90, "2022-09-30", FIRST)],
            LiabilitiesAndStockholdersEquity=[fact(100, "2022-12-31", FIRST)],
            StockholdersEquity=[fact(30, "2022-12-31", FIRST)],
            TemporaryEquityCarryingAmountAttributableToParent=[fact(10, "2022-12-31", FIRST)],
            NetIncomeLoss=[
                year(7, 2022, FIRST),
                fact(2, "2022-12-31", FIRST, start="2022-10-01"),
                fact(3, "2022-12-31", FIRST, start="2022-01-01", form="10-Q"),
            ],
        ),
        shown="facts.json",
    )
    (statement,) = report.statements
    assert report.format is ReportFormat.SEC_COMPANY_FACTS
    assert report.subject.name == "Synthetic Filer Inc."
    assert dict(report.subject.identifiers) == {"cik": "42"}
    assert (statement.starts_on, statement.ends_on) == (date(2022, 1, 1), date(2022, 12, 31))
    assert statement.filed_on == report.as_of == date(2023, 3, 1)
    assert statement.lines == {
        "total_assets": Decimal(100),
        "total_liabilities": Decimal(60),
        "equity": Decimal(40),
        "net_income": Decimal(7),
    }
    assert statement.tags["equity"] == (
        "StockholdersEquity + TemporaryEquityCarryingAmountAttributableToParent"
    )


def test_a_restatement_is_a_version_known_from_the_day_it_was_filed() -> None:
    report = read_company_facts(
        company(
            "ifrs-full",
            "EUR",
            Assets=[
                fact(100, "2022-12-31", FIRST),
                fact(100, "2022-12-31", SECOND),
                fact(120, "2023-12-31", SECOND),
            ],
            Equity=[fact(50, "2022-12-31", FIRST)],
            ProfitLoss=[year(7, 2022, FIRST), year(5, 2022, SECOND), year(9, 2023, SECOND)],
        ),
        shown="facts.json",
    )
    told = [
        (each.ends_on.year, each.filed_on.year, each.restates, each.lines["net_income"])
        for each in report.statements
    ]
    assert told == [
        (2022, 2023, False, Decimal(7)),
        (2022, 2024, True, Decimal(5)),
        (2023, 2024, False, Decimal(9)),
    ]
    assert report.statements[1].lines["equity"] == 50, "what was not repeated stands"
    assert {each.currency for each in report.statements} == {"EUR"}


def test_a_year_repeated_with_the_same_amounts_is_no_restatement() -> None:
    report = read_company_facts(
        company(
            Assets=[fact(100, "2022-12-31", FIRST), fact(100, "2022-12-31", SECOND)],
            NetIncomeLoss=[year(7, 2022, FIRST), year(7, 2022, SECOND)],
            ProfitLoss=[year(8, 2022, SECOND)],
        ),
        shown="facts.json",
    )
    assert [each.restates for each in report.statements] == [False]


def test_currencies_do_not_mix_and_broken_amounts_are_counted() -> None:
    content = json.loads(
        company(
            Assets=[fact(100, "2022-12-31", FIRST), fact("1e5", "2022-12-31", FIRST)],
            NetIncomeLoss=[year(7, 2022, FIRST), year(10**30, 2021, FIRST), {"form": "10-K"}],
        )
    )
    units = content["facts"]["us-gaap"]["NetIncomeLoss"]["units"]
    units["COP"] = [year(28_000, 2022, FIRST)]
    units["USD/shares"] = [year(1, 2022, FIRST)]
    report = read_company_facts(json.dumps(content).encode(), shown="facts.json")
    (statement,) = report.statements
    assert (statement.currency, statement.lines["net_income"]) == ("USD", Decimal(7))
    assert report.notices == (Notice("amounts_not_read", {"count": "3", "taxonomy": "us-gaap"}),)


@pytest.mark.parametrize(
    "content",
    [b"[]", b'{"cik": 1}', b'{"cik": "x", "entityName": "A", "facts": {}}', b'{"facts": 7}'],
)
def test_other_json_is_told_apart(content: bytes) -> None:
    with pytest.raises(NoCompanyFacts, match=r"facts\.json is no file of SEC company facts"):
        read_company_facts(content, shown="facts.json")


def test_nested_nonsense_is_refused_and_odd_shapes_are_harmless() -> None:
    with pytest.raises(ReportBroken):
        read_company_facts(b'{"facts":' + b"[" * 200_000, shown="facts.json")
    odd = {"cik": 1, "entityName": "A", "facts": {"us-gaap": {"Assets": {"units": {"USD": 5}}}}}
    report = read_company_facts(json.dumps(odd).encode(), shown="facts.json")
    assert report.statements == ()
    assert report.notices == (Notice("no_annual_statement"),)


@pytest.mark.shared_data
def test_the_real_filers_balance_in_every_version(shared_data: Path) -> None:
    told = {}
    for standard in ("us_gaap", "ifrs"):
        name = f"sec_company_facts_{standard}.json"
        report = read_company_facts((shared_data / "registry" / name).read_bytes(), shown=name)
        assert report.notices == ()
        for each in report.statements:
            assert each.standard == standard
            assert each.currency == "USD"
            lines = each.lines
            assert lines["total_assets"] == lines["total_liabilities"] + lines["equity"]
            if "gross_profit" in lines:
                assert lines["gross_profit"] + lines["cost_of_sales"] == lines["sales"]
        told[standard] = [(each.ends_on.year, each.restates) for each in report.statements]
    assert told["us_gaap"] == [(year, False) for year in range(2020, 2026)]
    assert told["ifrs"] == [
        *((2022, False), (2023, False), (2022, True), (2023, True), (2024, False))
    ]
