"""A finance manager uploads her ledger, finds the worst payer, reads why, and takes it with her.

Everything is checked against a plain reading of the same file, not against the engine.
"""

from __future__ import annotations

import csv
import io
import re
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import work
from xindun.kit.tenancy import tenant_scope
from xindun.record.tenants import actions as tenants
from xindun.record.tenants.values import NewTenant

pytestmark = [
    pytest.mark.journey,
    pytest.mark.shared_data,
    pytest.mark.django_db(transaction=True),
]

EMAIL, PASSWORD = "finance@seller.example", "correct-horse-battery"
LEDGER = "receivables_2012_2013.csv"
DAY = date(2013, 6, 30)


@pytest.fixture
def console(live_server: Any, tmp_path: Path, settings: Any) -> str:
    settings.XINDUN_HOME = tmp_path
    now = datetime.fromisoformat("2025-06-01T08:00:00+00:00")
    tenant = tenants.create_tenant(
        NewTenant(name="Seller", base_currency="USD", time_zone="UTC", country="US"),
        actor="system:test",
        now=now,
    )
    tenants.create_user(email=EMAIL, password=PASSWORD, name="Finance")
    with tenant_scope(tenant.id):
        tenants.add_member(email=EMAIL, actor="system:test", now=now)
    return str(live_server.url)


def american(text: str) -> date:
    month, day, year = map(int, text.split("/"))
    return date(year, month, day)


def read_plainly(path: Path) -> tuple[dict[str, Decimal], Decimal]:
    """What each customer owes at the day, and what of all of it is overdue."""
    owed: dict[str, Decimal] = {}
    overdue = Decimal(0)
    with path.open(newline="", encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            if not american(row["InvoiceDate"]) <= DAY < american(row["SettledDate"]):
                continue
            amount = Decimal(row["InvoiceAmount"])
            owed[row["customerID"]] = owed.get(row["customerID"], Decimal(0)) + amount
            overdue += amount if american(row["DueDate"]) < DAY else 0
    return owed, overdue


def sign_in(page: Page, console: str) -> None:
    page.goto(console)
    page.get_by_label("E-mail address").fill(EMAIL)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Portfolio")


def begin(page: Page) -> None:
    """Import; the job waits once the page says that the import is on its way."""
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.locator("#progress")).to_be_visible()


def upload(page: Page, ledger: Path) -> None:
    page.get_by_role("link", name="Import a ledger").click()
    page.get_by_label("Drop the file here, or choose it").set_input_files(ledger)
    page.get_by_role("button", name="Upload and preview").click()
    expect(page.get_by_role("heading", name="Recognised columns")).to_be_visible()
    expect(page.get_by_label("Column InvoiceAmount is read as")).to_have_value("amount")
    expect(page.get_by_label("Column SettledDate is read as")).to_have_value("paid_on")
    page.get_by_label("Currency of amounts without one").fill("usd")
    begin(page)


def exported(page: Page) -> list[dict[str, str]]:
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").first.click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_she_uploads_a_real_ledger_and_learns_who_pays_worst_and_why(
    page: Page, console: str, ledgers: Path
) -> None:
    owed, overdue = read_plainly(ledgers / LEDGER)
    sign_in(page, console)
    upload(page, ledgers / LEDGER)
    work()
    expect(page.get_by_role("heading", name="Control totals")).to_be_visible()
    expect(page.locator("#main")).to_contain_text("2,466")

    page.get_by_role("link", name="To the portfolio").click()
    page.locator("summary", has_text="Another day").click()
    page.get_by_label("Review the ledger as of").fill(DAY.isoformat())
    page.get_by_role("button", name="Compute").click()
    expect(page).to_have_url(re.compile(rf"as_of={DAY}"))
    work()
    expect(page.locator(".figure-tile").first).to_contain_text(f"{sum(owed.values()):,.2f}")
    expect(page.locator(".figure-tile").nth(1)).to_contain_text(f"{overdue:,.2f}")
    expect(page.locator("canvas").first).to_be_visible()

    page.get_by_role("navigation", name="Main").get_by_role("link", name="Buyers").click()
    page.get_by_role("table").get_by_role("link", name="Grade").first.click()
    expect(page).to_have_url(re.compile(r"sort=-grade"))
    worst = page.locator("#buyers-list tbody tr").first
    name = worst.locator("a").inner_text()
    worst.locator("a").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    expect(page.locator(".reason-row")).to_have_count(7)
    expect(page.get_by_role("heading", name="Recommended limit")).to_be_visible()
    points = page.locator(".reason-row .num").all_inner_texts()
    score = page.locator("#main strong").filter(has_text=re.compile(r"^\d+\.\d$")).first
    assert sum(Decimal(text.partition("/")[0].strip()) for text in points) == Decimal(
        score.inner_text()
    )

    page.get_by_role("link", name="Settled ones too").click()
    expect(page.get_by_role("link", name="Open ones only")).to_be_visible()
    assert len(exported(page)) > 0
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Buyers").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Buyers")
    rows = exported(page)
    assert {row["Buyer"] for row in rows} >= set(owed)
    assert {row["Currency"] for row in rows} == {"USD"}


def test_the_same_file_again_adds_nothing_and_says_so(
    page: Page, console: str, ledgers: Path
) -> None:
    sign_in(page, console)
    upload(page, ledgers / LEDGER)
    work()
    expect(page.get_by_role("heading", name="Control totals")).to_be_visible()
    page.get_by_role("link", name="Another import").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Import a ledger")
    page.get_by_label("Drop the file here, or choose it").set_input_files(ledgers / LEDGER)
    page.get_by_role("button", name="Upload and preview").click()
    page.get_by_label("Currency of amounts without one").fill("USD")
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.locator("#main")).to_contain_text("The same file was imported on")
    expect(page.get_by_role("link", name="See that import")).to_be_visible()


def test_an_ambiguous_date_is_asked_and_the_answer_imports(
    page: Page, console: str, tmp_path: Path
) -> None:
    ledger = tmp_path / "ambiguous.csv"
    ledger.write_text(
        "客户名称,发票号,开票日期,到期日,金额,币种\n北京华信,F-1,01/02/2025,03/04/2025,1000.00,CNY\n",
        encoding="gb18030",
    )
    sign_in(page, console)
    page.get_by_role("link", name="Import a ledger").click()
    page.get_by_label("Drop the file here, or choose it").set_input_files(ledger)
    page.get_by_role("button", name="Upload and preview").click()
    expect(page.get_by_role("heading", name="Please answer before the import")).to_be_visible()
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.locator("#main")).to_contain_text("One more answer is needed")
    page.get_by_label("Day first: 31/12/2025").check()
    begin(page)
    work()
    expect(page.get_by_role("heading", name="Control totals")).to_be_visible()
    page.goto(f"{console}/buyers/?q=huaxin")
    page.get_by_role("link", name="北京华信").click()
    expect(page.locator("#documents")).to_contain_text("2025-04-03")
