"""The console on a phone, by keyboard alone, and without JavaScript."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.edges.web.conftest import PASSWORD, Company, make_company

LANGUAGES = {"简体中文": "zh-Hans", "English": "en"}
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def company(live_server: Any, tmp_path: Path, settings: Any) -> Company:
    settings.XINDUN_HOME = tmp_path
    return make_company("Seller", "anna@seller.example")


def sign_in(page: Page, url: str, email: str) -> None:
    page.goto(f"{url}/login/")
    page.locator("input[name=username]").fill(email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("button.btn-primary").click()
    page.wait_for_url(f"{url}/")


def addresses(company: Company) -> list[str]:
    slow = company.buyers["Tardy GmbH"]
    return [
        "/",
        "/today/",
        "/buyers/",
        f"/buyers/{slow}/",
        "/imports/",
        f"/imports/{company.batch}/",
        *("/policy/draft/", "/policy/draft/segments/0/"),
        "/security/",
        "/security/app/",
    ]


def test_no_page_is_wider_than_a_phone(page: Page, live_server: Any, company: Company) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    sign_in(page, live_server.url, company.email)
    for language in LANGUAGES:
        for address in addresses(company):
            page.goto(f"{live_server.url}{address}")
            wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert wide <= 0, (language, address)
        page.get_by_role("button", name="Menu").or_(page.get_by_role("button", name="菜单")).click()
        page.get_by_role("button", name=language).click()
        expect(page.locator(f"html[lang={LANGUAGES[language]}]")).to_be_attached()


def test_the_keyboard_reaches_content_menu_and_methods(
    page: Page, live_server: Any, company: Company
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    sign_in(page, live_server.url, company.email)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    menu = page.get_by_role("button", name="Menu")
    menu.press("Enter")
    expect(page.get_by_role("link", name="To do today")).to_be_visible()
    page.get_by_role("link", name="To do today").press("Escape")
    expect(menu).to_be_focused()
    method = page.get_by_role("button", name="How “Open total” is made")
    method.focus()
    tip = page.locator(f"#{method.get_attribute('aria-describedby')}")
    expect(tip).to_be_visible()
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()


def test_everything_is_there_without_javascript(
    browser: Browser, live_server: Any, company: Company
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, live_server.url, company.email)
    expect(page.get_by_role("link", name="Buyers")).to_be_visible()
    expect(page.get_by_role("table").first).to_contain_text("Not due")
    page.goto(f"{live_server.url}/buyers/")
    page.get_by_label("Search").fill("huaxin")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("#buyers-list tbody tr")).to_have_count(1)
    page.get_by_role("link", name="北京华信贸易有限公司").click()
    page.get_by_role("link", name="Settled ones too").click()
    expect(page.get_by_role("link", name="Open ones only")).to_be_visible()
    context.close()


def test_a_list_is_sorted_in_place_and_going_back_shows_the_page(
    page: Page, live_server: Any, company: Company
) -> None:
    sign_in(page, live_server.url, company.email)
    page.goto(f"{live_server.url}/buyers/")
    page.evaluate("window.kept = true")
    page.get_by_role("link", name="Buyer", exact=True).click()
    page.wait_for_url("**sort=name**")
    assert page.evaluate("window.kept") is True
    expect(page.locator("th[aria-sort=ascending]")).to_have_text("Buyer↑")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Buyers")
    expect(page.locator("th[aria-sort=descending]")).to_contain_text("Overdue")
