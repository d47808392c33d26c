"""What every page keeps: no foreign address, no inline code, both languages, the error pages."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.edges.web.conftest import PASSWORD, Company

INLINE_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)", re.IGNORECASE)
HANDLER = re.compile(r"<[^>]+\son[a-z]+\s*=", re.IGNORECASE)
STYLE = re.compile(r"<[^>]+\sstyle\s*=|<style", re.IGNORECASE)
ADDRESS = re.compile(r"(?:href|src|action|hx-get|hx-post)=\"((?:https?:)?//[^\"]*)\"")
HAN = re.compile(r"[\u4e00-\u9fff]")


def pages(company: Company) -> dict[str, str]:
    addresses = {
        "portfolio": "/",
        "portfolio in dollars": "/?currency=USD",
        "today": "/today/?state=all",
        "buyers": "/buyers/?sort=name",
        "no buyer": "/buyers/?q=nobody",
        "slow buyer": reverse("buyer", args=[company.buyers["Tardy GmbH"]]),
        "not rated": reverse("buyer", args=[company.buyers["Newcomer SA"]]),
        "imports": "/imports/",
        "import": reverse("import", args=[company.batch]),
        "security": "/security/",
        "password": "/security/password/",
        "app": "/security/app/",
        "passkey": "/security/passkeys/",
        "confirm": "/security/confirm/",
        "missing": "/nowhere/",
    }
    found = {}
    for name, where in addresses.items():
        answer = company.client.get(where)
        assert answer.status_code == (404 if name == "missing" else 200), name
        found[name] = answer.content.decode()
    found["sign in"] = Client().get("/login/").content.decode()
    return found


def test_no_page_asks_another_host_or_carries_inline_code(company: Company) -> None:
    for name, page in pages(company).items():
        assert not ADDRESS.findall(page), name
        assert not INLINE_SCRIPT.search(page), name
        assert not HANDLER.search(page), name
        assert not STYLE.search(page), name


def test_the_policy_header_forbids_inline_scripts(company: Company) -> None:
    for where in ("/", "/login/", "/nowhere/"):
        policy = company.client.get(where)["Content-Security-Policy"]
        script = next(part for part in policy.split("; ") if part.startswith("script-src "))
        assert script == "script-src 'self'"
        assert "default-src 'self'" in policy


def test_every_page_has_one_title_one_main_and_one_first_heading(company: Company) -> None:
    for name, page in pages(company).items():
        assert len(re.findall(r"<h1[ >]", page)) == 1, name
        assert len(re.findall(r"<main[ >]", page)) == 1, name
        assert len(re.findall(r"<title>[^<]+ · ", page)) == 1, name


def test_ids_are_unique_and_labels_and_descriptions_point_at_them(company: Company) -> None:
    for name, page in pages(company).items():
        ids = re.findall(r"\sid=\"([^\"]+)\"", page)
        assert len(ids) == len(set(ids)), name
        pointed = re.findall(r"(?:\sfor|aria-describedby|aria-labelledby)=\"([^\"]+)\"", page)
        assert set(pointed) <= set(ids), name


def test_the_language_is_chosen_and_kept_for_the_person(company: Company) -> None:
    answer = company.client.post("/language/", {"language": "zh-hans", "next": "/buyers/"})
    assert answer["Location"] == "/buyers/"
    page = company.client.get("/").content.decode()
    assert '<html lang="zh-Hans"' in page
    assert "应收总览" in page
    elsewhere = Client()
    elsewhere.post("/login/", {"username": company.email, "password": PASSWORD})
    assert '<html lang="zh-Hans"' in elsewhere.get("/").content.decode()


def test_a_language_that_is_none_is_refused_and_nobody_is_sent_away(company: Company) -> None:
    assert company.client.post("/language/", {"language": "xx"}).status_code == 400
    answer = company.client.post(
        "/language/", {"language": "en", "next": "https://elsewhere.example/"}
    )
    assert answer["Location"] == "/"


def test_chinese_pages_leave_no_english_sentence(company: Company) -> None:
    company.client.post("/language/", {"language": "zh-hans"})
    names = re.compile(r"Prompt Ltd|Tardy GmbH|Newcomer SA|Zwei AG|Seller|Xindun|English|Excel")
    for name, page in pages(company).items():
        if name == "sign in":
            continue
        text = re.sub(r"<head>.*?</head>|<[^>]+>", " ", page, flags=re.DOTALL)
        left = re.findall(r"(?:[A-Za-z]{2,}[ ,]+){3,}[A-Za-z]{2,}", names.sub("", text))
        assert not left, (name, left[:5])
        assert HAN.search(text), name


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_failure_has_a_page_of_its_own(
    company: Company, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    company.client.post("/language/", {"language": language})

    def broken(**_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("xindun.control.monitoring.reads.portfolio_page", broken)
    company.client.raise_request_exception = False
    answer = company.client.get("/")
    assert answer.status_code == 500
    wanted = "Something broke" if language == "en" else "系统出了问题"
    assert wanted in answer.content.decode()


def test_an_empty_console_says_what_to_do_next(newcomer: Client) -> None:
    page = newcomer.get("/").content.decode()
    assert "Start with your receivables ledger" in page
    assert 'href="/imports/"' in page
    for where in ("/buyers/", "/today/"):
        assert newcomer.get(where)["Location"] == "/"
    assert "No import yet" in newcomer.get("/imports/").content.decode()
