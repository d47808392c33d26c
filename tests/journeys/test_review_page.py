"""The report in a real browser: offline, sortable, linked, and readable on a phone and on paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Request, expect
from typer.testing import CliRunner

from xindun.cli.review import app
from xindun.cli.sample.slices import SampleSpec
from xindun.cli.sample.writers import write_sample

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The report of a small sample in both languages."""
    folder = tmp_path_factory.mktemp("page")
    spec = SampleSpec(buyers=60, invoices=1500, seed=11)
    write_sample(folder / "ledger.csv", spec)
    made = {}
    for lang in ("en", "zh"):
        asked = [str(folder / "ledger.csv"), "--as-of", str(spec.as_of), "--lang", lang]
        done = CliRunner().invoke(app, [*asked, "--out", str(folder / lang)])
        assert done.exit_code == 0, done.output
        made[lang] = folder / lang / "report.html"
    return made


@pytest.fixture
def report(page: Page, reports: dict[str, Path]) -> Iterator[Page]:
    """The English report; nothing but the file itself may be asked for."""
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    page.on("request", note)
    page.goto(reports["en"].as_uri())
    yield page
    assert {url.split("#")[0] for url in asked} == {reports["en"].as_uri()}


def column(page: Page, place: int) -> list[float]:
    cells = page.locator(f"table.accounts tbody tr td:nth-of-type({place})")
    values = cells.evaluate_all("cells => cells.map(cell => cell.dataset.v)")
    return [float(value) for value in values if value]


def test_a_heading_sorts_its_column_down_and_then_up(report: Page) -> None:
    heading = report.locator("table.accounts thead th", has_text="Overdue")
    heading.get_by_role("button").click()
    expect(heading).to_have_attribute("aria-sort", "descending")
    down = column(report, 3)
    assert down == sorted(down, reverse=True)
    heading.get_by_role("button").click()
    expect(heading).to_have_attribute("aria-sort", "ascending")
    assert column(report, 3) == sorted(down)


def test_a_buyer_is_found_by_name_in_either_script(report: Page) -> None:
    shown = report.locator("table.accounts tbody tr:visible")
    before = shown.count()
    report.get_by_label("Find a buyer").fill("有限公司")
    expect(shown).not_to_have_count(before)
    assert 0 < shown.count() < before
    assert all("有限公司" in text for text in shown.all_inner_texts())


def test_a_buyer_in_the_table_leads_to_its_open_credit_file(report: Page) -> None:
    link = report.locator("table.accounts tbody a").nth(30)
    name = link.inner_text()
    link.click()
    opened = report.locator("details.buyer:target")
    expect(opened).to_have_attribute("open", "")
    expect(opened.locator("summary").first).to_contain_text(name)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("width", [390, 1440])
def test_no_page_scrolls_sideways(
    page: Page, reports: dict[str, Path], lang: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(reports[lang].as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_every_part_that_scrolls_is_reachable_by_keyboard_and_named(report: Page) -> None:
    wide = report.locator(".scroll")
    unreachable = wide.evaluate_all(
        """parts => parts.filter(part => part.scrollWidth > part.clientWidth
            && (part.tabIndex !== 0 || !part.getAttribute("aria-label")))
            .map(part => part.outerHTML.slice(0, 120))"""
    )
    assert unreachable == []


def test_the_page_reads_without_any_script(page: Page, reports: dict[str, Path]) -> None:
    context = page.context.browser.new_context(java_script_enabled=False)  # type: ignore[union-attr]
    plain = context.new_page()
    plain.goto(reports["en"].as_uri())
    expect(plain.get_by_role("heading", name="What to do today")).to_be_visible()
    assert plain.locator("table.accounts tbody tr").count() >= 60
    expect(plain.locator(".tools")).to_be_hidden()
    context.close()
