"""The figures on the pages are those of the run, with their day; an old one says so."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from django.test import Client
from django.urls import reverse

from tests.contexts.monitoring.portfolio import Console
from tests.contexts.receivables.ledgers import Doc, Importer
from tests.edges.web.conftest import Company
from xindun.record.tenants.reads import memberships_of, user_by_email
from xindun.web.formats import amount_text, money, money_with_code


def text_of(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_the_portfolio_shows_the_run_s_totals_and_buckets_per_currency(company: Company) -> None:
    found = company.console.ask("portfolio_page")
    assert {each.currency for each in found.totals} == {"EUR", "USD"}
    for totals in found.totals:
        page = company.client.get(f"/?currency={totals.currency}").content.decode()
        for amount in (totals.open_total, totals.overdue, totals.net):
            assert money(amount, totals.currency) in page
        for one in totals.buckets:
            assert f'data-value="{amount_text(one.amount, totals.currency)}"' in page
    assert f"As of {found.run.as_of}" in text_of(company.client.get("/").content.decode())


def test_a_buyer_s_reasons_add_up_on_the_page(company: Company) -> None:
    public_id = company.buyers["Tardy GmbH"]
    page = company.client.get(reverse("buyer", args=[public_id])).content.decode()
    points = re.findall(r"<span class=\"num\">([\d.]+) / \d+</span>", page)
    score = company.console.ask("buyer_file", public_id).accounts[0].row.health_score
    assert sum(map(Decimal, points)) == score
    assert 'aria-current="true" class="grade-' in page
    assert page.count("binding") >= 1


def test_an_account_that_is_not_rated_says_why_and_gets_no_middle_grade(company: Company) -> None:
    page = company.client.get(
        reverse("buyer", args=[company.buyers["Newcomer SA"]])
    ).content.decode()
    assert "Not rated" in page
    assert "a middle grade would only look like knowledge" in page
    assert 'class="ladder"' not in page


def test_figures_older_than_the_ledger_say_so_until_they_are_recomputed(company: Company) -> None:
    warning = "These figures are older than your ledger."
    places = ["/", "/buyers/", "/today/", reverse("buyer", args=[company.buyers["Prompt Ltd"]])]
    for where in places:
        assert warning not in company.client.get(where).content.decode(), where
    company.console.take(Doc("LATE-1", buyer="GOOD", name="Prompt Ltd", issued="2025-06-25"))
    for where in places:
        assert warning in company.client.get(where).content.decode(), where
    company.console.run()
    for where in places:
        assert warning not in company.client.get(where).content.decode(), where


def test_recompute_queues_one_run_and_waits_for_it(company: Company) -> None:
    company.console.take(Doc("LATE-1", buyer="GOOD", name="Prompt Ltd", issued="2025-06-25"))
    first = company.client.post("/recompute/", follow=True).content.decode()
    second = company.client.post("/recompute/", follow=True).content.decode()
    assert "already waiting" not in first
    assert "already waiting" in second
    poll = re.search(r'hx-get="(/run-state/[^"]+)"', first)
    assert poll
    address = poll[1].replace("&amp;", "&")
    assert "HX-Refresh" not in company.client.get(address)
    company.console.run()
    assert company.client.get(address)["HX-Refresh"] == "true"


def test_another_day_is_waited_for_and_then_shown(company: Company) -> None:
    answer = company.client.post("/recompute/", {"as_of": "2025-03-31"}, follow=True)
    assert "The figures as of 2025-03-31 are being prepared" in answer.content.decode()
    company.console.run(as_of=date(2025, 3, 31), current=False)
    assert "As of 2025-03-31" in text_of(company.client.get("/?as_of=2025-03-31").content.decode())
    assert "As of 2025-06-30" in text_of(company.client.get("/").content.decode())


def test_an_earlier_day_stays_chosen_from_page_to_page(company: Company) -> None:
    company.console.run(as_of=date(2025, 3, 31), current=False)
    slow = reverse("buyer", args=[company.buyers["Tardy GmbH"]])
    for where in ("/", "/buyers/", "/today/", slow):
        page = company.client.get(f"{where}?as_of=2025-03-31").content.decode()
        assert "You are looking at 2025-03-31" in page, where
        for link in re.findall(r'href="(/buyers/[0-9a-f-]{36}/[^"]*)"', page):
            assert "as_of=2025-03-31" in link, (where, link)
    past = company.console.ask("buyers_page", as_of=date(2025, 3, 31))
    export = company.client.get("/buyers/export/csv/?as_of=2025-03-31")
    lines = b"".join(export.streaming_content).decode().splitlines()  # type: ignore[attr-defined]
    assert len(lines) == past.total + 1
    assert "buyers-2025-03-31" in export["Content-Disposition"]


def test_a_day_that_has_not_come_is_refused_in_words(company: Company) -> None:
    answer = company.client.post("/recompute/", {"as_of": "2999-01-01"}, follow=True)
    assert "2999-01-01 has not come yet." in answer.content.decode()


def test_every_figure_names_its_method_where_the_keyboard_reaches_it(company: Company) -> None:
    page = company.client.get("/").content.decode()
    for tile in re.findall(r"<div class=\"figure-tile.*?</dt>", page, flags=re.DOTALL):
        button = re.search(r"<button type=\"button\"[^>]*aria-describedby=\"([^\"]+)\"", tile)
        assert button, tile
        tip = re.search(rf'role="tooltip" id="{button[1]}">([^<]+)<', page)
        assert tip and len(tip[1]) > 10
    assert 'id="methods"' in page


def test_a_ledger_of_open_items_only_shows_no_empty_charts_and_no_behaviour(
    company: Company, newcomer: Client
) -> None:
    with_payments = company.client.get("/").content.decode()
    assert 'id="dso-title"' in with_payments
    user = user_by_email("new@empty.example")
    assert user is not None
    console = Console(Importer(memberships_of(user.id)[0].tenant_id))
    console.take(Doc("O-1", "1000.00", buyer="O", name="Open Ltd", issued="2025-01-10"))
    console.run()
    page = newcomer.get("/").content.decode()
    assert 'id="dso-title"' not in page
    assert "Import the settled invoices or the receipts too" in page
    (row,) = console.ask("buyers_page").rows
    assert row.not_rated_reason == "no_settlements_in_ledger"
    buyer = text_of(newcomer.get(reverse("buyer", args=[row.buyer_public_id])).content.decode())
    assert buyer.count("no payments in the ledger") == 3
    assert "Shown once the ledger holds payments" in buyer


def test_amounts_without_a_currency_carry_no_code() -> None:
    assert money_with_code(Decimal("1234.5"), "EUR") == "1,234.50 EUR"
    assert money_with_code(Decimal("1234.5"), "XXX") == "1,234.50"
    assert money_with_code(None, "XXX") == "–"
