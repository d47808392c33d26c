"""An order is held and explained, a second person releases it, and the evidence holds offline."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from tests.edges.web.conftest import Company, make_company
from tests.edges.web.orders import BUYER, joins, limits_alone, with_room
from tests.journeys.test_on_any_screen import sign_in
from xindun.cli.evidence.verify import report
from xindun.kit.tenancy import tenant_scope
from xindun.record.evidence.actions import sequence_batch
from xindun.record.evidence.ports import keyring
from xindun.record.evidence.rules.exported import lines_of
from xindun.record.evidence.rules.verifying import verify_export
from xindun.record.tenants.values import Role

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SELLER, MANAGER = "sam@seller.example", "mei@seller.example"


@pytest.fixture
def company(
    live_server: Any, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> Company:
    """A company whose seller asks, whose manager decides, and whose buyer has room for 1,000."""
    settings.XINDUN_HOME = tmp_path
    monkeypatch.setattr("xindun.prevention.credit_policy.reads.default_policy", limits_alone)
    made, now = make_company("Seller", "anna@seller.example"), timezone.now()
    with_room(made, "1000", now)
    joins(made, SELLER, Role.SALES, now)
    joins(made, MANAGER, Role.CREDIT_MANAGER, now)
    return made


def test_an_order_is_held_explained_released_and_proved(
    page: Page, browser: Browser, live_server: Any, company: Company, tmp_path: Path
) -> None:
    url = live_server.url
    sign_in(page, url, SELLER)
    page.goto(f"{url}/buyers/{company.buyers[BUYER]}/orders/")
    page.get_by_label("Order number", exact=True).fill("SO-7")
    page.get_by_label("Amount with tax").fill("1200")
    page.get_by_role("button", name="Check and reserve").click()
    answer = page.get_by_role("region", name="The answer")
    expect(answer).to_contain_text("the buyer would owe more than its limit")
    expect(answer.get_by_role("listitem").first).to_have_text("a prepayment of 200.00 EUR")
    expect(page.get_by_role("button", name="Release")).to_have_count(0)

    context = browser.new_context(java_script_enabled=False)
    manager = context.new_page()
    sign_in(manager, url, MANAGER)
    manager.get_by_role("link", name=re.compile("^Held orders")).click()
    manager.get_by_role("link", name=BUYER).click()
    expect(manager.get_by_role("region", name="Limits side by side")).to_contain_text("200.00 over")
    waits = manager.get_by_role("region", name="It waits for a decision")
    waits.get_by_label("Reason").first.fill("The transfer is on its way; I have seen the slip.")
    waits.get_by_role("button", name="Release").click()
    became = manager.get_by_role("region", name="What became of it")
    expect(became).to_contain_text("Released by a person")
    expect(became).to_contain_text("mei")
    manager.get_by_role("button", name="Check this answer again").click()
    expect(manager.get_by_role("status")).to_contain_text("it comes out the same")

    with tenant_scope(company.tenant_id):
        sequence_batch(now=timezone.now(), ring=keyring())
    manager.goto(f"{url}/evidence/")
    with manager.expect_download() as download:
        manager.get_by_role("link", name="All records with proofs").click()
    file = tmp_path / "evidence.jsonl"
    download.value.save_as(file)
    context.close()
    verdict = verify_export(lines_of([file.read_bytes()]))
    assert verdict.holds, list(report(verdict))
    assert verdict.pending == 0
    assert '"order_checked"' in file.read_text("utf-8")
