"""The screen "System health" says what is well, what is not, and what to do."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.utils.html import escape

from tests.edges.operations.test_probes import a_worker
from tests.edges.web.conftest import Company
from xindun.config import production
from xindun.config.backups.last import LastBackup
from xindun.config.operations import state
from xindun.record.tenants.actions import create_user
from xindun.record.tenants.models import User
from xindun.web.system import checks
from xindun.web.system.words import UNSAFE


def told(page: str) -> dict[str, tuple[str, str]]:
    """Name → word and what was found, from the page's first table."""
    rows = re.findall(
        r'<th scope="row">([^<]+)</th><td><span class="grade grade-\w+">([^<]+)</span></td>'
        r'<td class="wide">([^<]*)',
        page,
    )
    return {name: (word, found) for name, word, found in rows}


def read(company: Company, **headers: str) -> str:
    answer = company.client.get("/system/", headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_is_well_and_what_is_not(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XINDUN_PUBLIC_URL", "http://credit.example.com")
    a_worker()
    now = datetime.now(UTC)
    backup = LastBackup(now - timedelta(days=8), "b", 10**6, False, "0")
    monkeypatch.setattr(checks, "last_backup", lambda: None)
    found = told(read(company))
    assert list(found) == [
        *("Database", "Migrations", "Worker", "Jobs", "Evidence log", "Time stamps"),
        *("Webhooks", "Backup", "Disk"),
    ]
    assert found["Worker"][0] == "Well"
    assert found["Migrations"] == ("Well", "0 not applied")
    assert found["Time stamps"] == ("Not set up", "No authority is named")
    assert found["Backup"] == ("Not well", "No backup was made yet")
    assert "XINDUN_PUBLIC_URL names no https" in read(company)

    monkeypatch.setattr(checks, "last_backup", lambda: backup)
    monkeypatch.setattr(state, "missing_migrations", lambda: 2)
    monkeypatch.setattr(production, "last_backup", lambda: replace(backup, at=now))
    monkeypatch.setenv("XINDUN_PUBLIC_URL", "https://credit.example.com")
    a_worker(seconds_ago=90)
    part = read(company, **{"HX-Request": "true"})
    found = told(part)
    assert "<html" not in part
    assert found["Worker"][0] == "Not well"
    assert found["Migrations"] == ("Not well", "2 not applied")
    assert found["Backup"][0] == "Not well"
    assert "or the last one is not encrypted." in part
    assert "No worker runs" in part
    assert "XINDUN_PUBLIC_URL" not in part


def test_in_chinese_and_without_a_name_of_another_company(company: Company, rival: Company) -> None:
    company.client.post("/language/", {"language": "zh-hans"})
    page = read(company)
    assert "系统状态" in page
    assert "后台进程" in page
    assert "Rival" not in page


def test_the_screen_says_in_words_what_the_doctor_finds(
    company: Company, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    now = datetime.now(UTC)
    monkeypatch.delenv("XINDUN_PUBLIC_URL", raising=False)
    alone = states(now)
    assert alone.keys() == UNSAFE.keys()
    assert (alone["second_factors"], alone["worker"], alone["mail"]) == ("note", "note", "note")
    create_user(email=production.DEMO_EMAIL, password="correct-horse-battery", name="Demo")
    assert states(now)["demo_user"] == "ok"
    settings.DEBUG, settings.ALLOWED_HOSTS = True, ["*"]
    monkeypatch.setenv("XINDUN_PUBLIC_URL", "http://credit.example.com")
    found = states(now)
    for name in ("second_factors", "worker", "demo_user", "debug", "hosts", "address"):
        assert found[name] == "wrong", name
    page = read(company)
    for name, answer in found.items():
        assert (str(escape(UNSAFE[name])) in page) == (answer != "ok"), name
    for user in User.objects.filter(email__contains="@"):
        Authenticator.objects.create(user=user, type="webauthn", data={})
    a_worker()
    settings.MAIL_IS_SET_UP = True
    found = states(now)
    assert (found["second_factors"], found["worker"], found["mail"]) == ("ok", "ok", "ok")


def states(now: datetime) -> dict[str, str]:
    return {each.name: each.state for each in production.production_findings(now)}
