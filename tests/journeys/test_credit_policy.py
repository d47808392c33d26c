"""A credit policy is drafted by one person, compared, approved by another, and then in force."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from tests.edges.web.conftest import PASSWORD
from tests.journeys.test_on_any_screen import sign_in
from xindun.kit.tenancy import tenant_scope
from xindun.record.tenants import actions as tenants
from xindun.record.tenants.values import NewTenant, Role

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
ANNA, MEI = "anna@seller.example", "mei@seller.example"


@pytest.fixture
def two_people(live_server: Any, tmp_path: Path, settings: Any) -> None:
    """A company with an analyst, who drafts, and a manager, who approves."""
    settings.XINDUN_HOME = tmp_path
    now = timezone.now()
    new = NewTenant("Seller", "EUR", "Europe/Berlin", "DE")
    tenant = tenants.create_tenant(new, actor="system:test", now=now)
    for email, role in ((ANNA, Role.ANALYST), (MEI, Role.CREDIT_MANAGER)):
        tenants.create_user(email=email, password=PASSWORD, name=email.split("@")[0])
        with tenant_scope(tenant.id):
            tenants.add_member(email=email, actor="system:test", now=now, role=role)


def test_a_policy_is_drafted_compared_and_approved(
    page: Page, browser: Browser, live_server: Any, two_people: None
) -> None:
    url = live_server.url
    sign_in(page, url, ANNA)
    page.goto(f"{url}/policy/")
    expect(page.get_by_role("status")).to_contain_text("Nobody in the company has agreed to it.")
    page.get_by_role("link", name="Draft a change").click()
    page.get_by_role("link", name=re.compile("Edit.*Tiers by grade")).click()
    page.locator("[name=row-0-terms_days]").fill("75")
    page.get_by_role("button", name="Save in the draft").click()
    compared = page.get_by_role("region", name="Compared with the policy in force")
    expect(compared.get_by_role("row")).to_have_count(2)
    expect(compared.get_by_role("row").last).to_contain_text("Tier A: Payment terms, days")
    page.get_by_role("button", name="Submit for approval").click()
    expect(page.get_by_text("It waits for somebody else's approval")).to_be_visible()

    context = browser.new_context(java_script_enabled=False)
    manager = context.new_page()
    sign_in(manager, url, MEI)
    manager.goto(f"{url}/approvals/")
    manager.get_by_role("link", name="Change the credit policy").click()
    expect(manager.get_by_role("row", name="Tier A: Payment terms, days")).to_contain_text("75")
    manager.goto(f"{url}/approvals/")
    manager.get_by_role("button", name="Approve").click()
    expect(manager.get_by_text("Approved and done.")).to_be_visible()
    context.close()

    page.goto(f"{url}/policy/")
    expect(page.get_by_text("proposed by anna, approved by mei")).to_be_visible()
    expect(page.get_by_role("row", name="A 1–2")).to_contain_text("75 days")
    with page.expect_download() as found:
        page.get_by_role("link", name="YAML").click()
    assert "terms_days: 75" in found.value.path().read_text("utf-8")
