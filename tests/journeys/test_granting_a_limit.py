"""A seller requests a limit in one browser; the owner grants a part of it in another."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from tests.edges.web.conftest import PASSWORD, Company, make_company
from tests.journeys.test_on_any_screen import sign_in
from xindun.kit.tenancy import tenant_scope
from xindun.record.tenants import actions as tenants
from xindun.record.tenants.values import Role

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SELLER = "sam@seller.example"


@pytest.fixture
def company(live_server: Any, tmp_path: Path, settings: Any) -> Company:
    settings.XINDUN_HOME = tmp_path
    made = make_company("Seller", "anna@seller.example")
    tenants.create_user(email=SELLER, password=PASSWORD, name="Sam")
    with tenant_scope(made.tenant_id):
        tenants.add_member(email=SELLER, actor="system:test", now=timezone.now(), role=Role.SALES)
    return made


def test_a_limit_is_requested_and_approved_by_a_second_person(
    page: Page, browser: Browser, live_server: Any, company: Company
) -> None:
    sign_in(page, live_server.url, SELLER)
    page.goto(f"{live_server.url}/buyers/{company.buyers['Tardy GmbH']}/limit/")
    form = page.locator("#request")
    form.get_by_label("Amount").fill("4000")
    form.get_by_label("Reason").fill("Orders double in autumn.")
    form.get_by_role("button", name="Request").click()
    expect(page.get_by_text("You requested it, so somebody else decides.")).to_be_visible()
    expect(page.get_by_role("button", name="Grant")).to_have_count(0)

    owner = browser.new_context().new_page()
    sign_in(owner, live_server.url, company.email)
    owner.goto(f"{live_server.url}/limits/")
    expect(owner.get_by_text("1 request waits for you.")).to_be_visible()
    owner.get_by_role("link", name="Tardy GmbH").click()
    owner.get_by_label("Amount to grant").fill("3000")
    owner.get_by_label("Conditions").fill("With a deposit.")
    owner.get_by_role("button", name="Grant").click()
    expect(owner.get_by_role("status").get_by_text("In effect")).to_be_visible()
    owner.context.close()

    page.goto(f"{live_server.url}/buyers/{company.buyers['Tardy GmbH']}/limit/")
    expect(page.locator("section", has_text="Limits side by side")).to_contain_text("3,000.00 EUR")
    expect(page.locator("section", has_text="History")).to_contain_text("Permanent limit")
