"""Photograph the running console at desktop and phone width in both languages.

Usage, beside a running ``xindun demo``::

    .venv/bin/python scripts/screens.py http://127.0.0.1:8000 --out docs/images

Signs in with the demo's own login from the data home. Pictures above 300 KB are
named, because they are committed for the README.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"
WIDTHS = {"desktop": (1440, 900), "phone": (390, 844)}
LANGUAGES = {"en": "en", "zh": "zh-hans"}
PAGES = {"portfolio": "/", "today": "/today/", "buyers": "/buyers/", "import": "/imports/"}
MAX_BYTES = 300_000


def login_of_the_demo() -> tuple[str, str]:
    """E-mail and password that ``xindun demo`` made."""
    from xindun.config.home import home

    found = json.loads((home() / "demo" / "login.json").read_text(encoding="utf-8"))
    return found["email"], found["password"]


def sign_in(page: Page, url: str, email: str, password: str) -> None:
    """Fill the sign-in form."""
    page.goto(f"{url}/login/")
    page.fill("input[name=username]", email)
    page.fill("input[name=password]", password)
    page.click("form[method=post] button[type=submit].btn-primary")
    page.wait_for_url(f"{url}/")


def shoot(page: Page, path: Path, full: bool) -> None:
    """One picture, once the charts have come to rest."""
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(700)
    page.screenshot(path=path, full_page=full)
    if not full and path.stat().st_size > MAX_BYTES:
        sys.stderr.write(f"screens: {path} is larger than {MAX_BYTES} bytes.\n")


def buyer_address(page: Page, url: str) -> str:
    """The address of the buyer with most overdue."""
    page.goto(f"{url}/buyers/?sort=-overdue&grade=rated")
    return f"{url}{page.get_attribute('#buyers-list tbody a', 'href')}"


def record_address(page: Page, url: str) -> str:
    """The address of the evidence of the newest review."""
    page.goto(f"{url}/evidence/?kind=portfolio_reviewed")
    return f"{url}{page.get_attribute('#records-list tbody a', 'href')}"


def photograph(browser: Browser, options: argparse.Namespace) -> None:
    """All pages, widths and languages."""
    email, password = login_of_the_demo()
    for device, (width, height) in WIDTHS.items():
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=options.theme
        )
        page = context.new_page()
        page.goto(f"{options.url}/login/")
        if "signin" in options.only or not options.only:
            shoot(page, options.out / f"signin-{device}-en.png", options.full)
        sign_in(page, options.url, email, password)
        wanted = {**{n: f"{options.url}{p}" for n, p in PAGES.items()}}
        wanted["buyer"] = buyer_address(page, options.url)
        wanted["evidence"] = record_address(page, options.url)
        for language, code in LANGUAGES.items():
            page.goto(f"{options.url}/")
            page.evaluate(
                """code => { const form = document.querySelector('form[action="/language/"]');
                const button = form.querySelector('button'); button.value = code;
                form.requestSubmit(button); }""",
                code,
            )
            page.wait_for_load_state("networkidle")
            for name, address in wanted.items():
                if options.only and name not in options.only:
                    continue
                page.goto(address)
                shoot(page, options.out / f"{name}-{device}-{language}.png", options.full)
        context.close()


def main() -> None:
    """Parse the command line and take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("--out", type=Path, default=Path("docs/images"))
    parser.add_argument("--full", action="store_true", help="the whole page, not one screenful")
    parser.add_argument("--only", nargs="*", default=[], help="names of pages")
    parser.add_argument("--theme", choices=["light", "dark"], default="light")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    arguments = ["--no-sandbox"] if os.getuid() == 0 else []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=arguments)
        photograph(browser, options)
        browser.close()


if __name__ == "__main__":
    main()
