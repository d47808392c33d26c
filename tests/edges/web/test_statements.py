"""A buyer's statements: opened, spread by hand or from a file, refused, shown, exported."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal
from html import unescape
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from tests.edges.web.conftest import Company
from xindun.kit.tenancy import tenant_scope
from xindun.record.parties.reads import buyer, party_of
from xindun.record.statements import reads
from xindun.record.statements.values import Scope, Statement

BALANCE = (
    "资产负债表,,,,,\n编制单位：某公司,,2023年12月31日,,,单位：万元\n"
    "资产,期末余额,年初余额,负债和所有者权益,期末余额,年初余额\n"
    "货币资金,120.5,100,短期借款,80,90\n应收账款,200,180,某新增项目,220,160\n"
    "流动资产合计,450,400,流动负债合计,300,250\n非流动资产合计,550,500,负债合计,600,560\n"
    "资产总计,1000,900,未分配利润,150,90\n,,,所有者权益合计,400,340\n"
    "项目,本期金额,上期金额,,,\n营业收入,1200,1000,,,\n利息费用,20,18,,,\n"
    "利润总额,70,55,,,\n净利润,50,40,,,\n"
)


def text_of(answer: Any) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def statements(company: Company, public_id: UUID) -> tuple[Statement, ...]:
    with tenant_scope(company.tenant_id):
        party = party_of(buyer(public_id).id)
        now = timezone.now()
        return (party and reads.statements_of(party.id, as_of=now.date(), known_at=now)) or ()


def form_of(answer: Any) -> dict[str, Any]:
    """What a browser would send of the form on a page, as it stands."""
    form = answer.context["form"]
    return {field.html_name: value for field in form if (value := field.value()) not in (None, "")}


def test_from_no_file_at_all_to_ratios_and_models(company: Company) -> None:
    public_id = company.buyers["Tardy GmbH"]
    where = reverse("statements", args=[public_id])
    assert "No company file yet" in text_of(company.client.get(where))
    for name in ("statements-new", "statements-import"):
        assert company.client.get(reverse(name, args=[public_id])).status_code == 302
    opened = company.client.post(reverse("statements-open", args=[public_id]), follow=True)
    assert "No statements yet" in text_of(opened)

    upload = SimpleUploadedFile("报表.csv", BALANCE.encode("gb18030"))
    preview = company.client.post(reverse("statements-import", args=[public_id]), {"file": upload})
    page = text_of(preview)
    assert "某新增项目" in page and "confirm it" in page
    said = form_of(preview) | {"periods": "2", "scope": "single"}
    assert (said["unit"], said["currency"], said["months_0"]) == (10_000, "CNY", 12)
    assert (str(said["ends_on_0"]), str(said["ends_on_1"])) == ("2023-12-31", "2022-12-31")
    assert statements(company, public_id) == ()

    spread = reverse("statements-new", args=[public_id])
    unstated = company.client.post(spread, said | {"unit": "", "step": "record"})
    assert unstated.status_code == 400 and statements(company, public_id) == ()
    off = company.client.post(spread, said | {"equity_0": "398", "step": "record"})
    assert off.status_code == 400
    assert "Total assets are 10,000,000, but liabilities and equity come to 9,980,000." in text_of(
        off
    )
    assert statements(company, public_id) == ()
    checked = text_of(company.client.post(spread, said | {"step": "check"}))
    assert "Total assets = Total liabilities + Equity 1,000.00 1,000.00 holds" in checked

    done = text_of(company.client.post(spread, said | {"step": "record"}, follow=True))
    assert "2 statements recorded." in done
    newest, before = statements(company, public_id)
    assert (newest.figures.total_assets, newest.unit) == (Decimal(10_000_000), 10_000)
    assert (newest.scope, before.figures.sales) == (Scope.SINGLE, 10_000_000)
    assert {each.name: each.line for each in newest.source_lines}["某新增项目"] is None
    assert newest.document_sha256 is not None
    for shown in (
        "Altman Z″ (other industries, emerging markets)",
        "2.7778",
        "The models do not all agree.",
        "Not stated: Market value of equity.",
        "Receivable days (DSO)",
        "Trade receivables ÷ Sales revenue × 365",
        "Not stated: Inventory.",
        "60.0%",
    ):
        assert shown in done, shown
    common = text_of(company.client.get(where, {"view": "common"}))
    assert "Trade receivables 20.0% 20.0%" in common

    restated = said | {"net_income_0": "45", "step": "record", "periods": "1"}
    company.client.post(spread, restated)
    one = text_of(company.client.get(reverse("statement", args=[public_id, newest.public_id])))
    assert "Net income: 500,000.00 → 450,000.00" in one and "某新增项目" in one
    assert "报表.csv SHA-256" in one
    listed = text_of(company.client.get(reverse("buyer-files", args=[public_id])))
    assert "报表.csv" in listed and "Financial statement" in listed

    answer = company.client.get(reverse("statements-export", args=[public_id, "csv"]))
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert rows[0] == ["Line", "Unit", "2023-12-31", "2022-12-31"]
    assert ["Sales revenue", "CNY", "12000000.0000", "10000000.0000"] in rows
    assert [
        "Liabilities to assets",
        "Total liabilities ÷ Total assets",
        "0.600000",
        "0.622222",
    ] in rows


def test_a_file_that_is_no_statement_is_refused_in_words(company: Company) -> None:
    public_id = company.buyers["Tardy GmbH"]
    company.client.post(reverse("statements-open", args=[public_id]))
    where = reverse("statements-import", args=[public_id])
    for name, content, why in (
        ("page.xlsx", b"<html></html>", "page.xlsx is no table by its content (HTML)"),
        ("list.csv", b"Customer,2023\nA,5\n", "list.csv holds no statement"),
    ):
        answer = company.client.post(where, {"file": SimpleUploadedFile(name, content)})
        assert answer.status_code == 400
        assert why in text_of(answer)
    assert statements(company, public_id) == ()
