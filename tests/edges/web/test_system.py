"""The screen "System health" says what is well, what is not, and what to do."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.edges.operations.test_probes import a_worker
from tests.edges.web.conftest import Company
from xindun.config.backups.last import LastBackup
from xindun.config.operations import state
from xindun.web.system import checks


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


def test_what_is_well_and_what_is_not(
    company: Company, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
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
    settings.SESSION_COOKIE_SECURE = True
    a_worker(seconds_ago=90)
    part = read(company, **{"HX-Request": "true"})
    found = told(part)
    assert "<html" not in part
    assert found["Worker"][0] == "Not well"
    assert found["Migrations"] == ("Not well", "2 not applied")
    assert found["Backup"][0] == "Not well"
    assert "The last backup is not encrypted." in part
    assert "XINDUN_PUBLIC_URL" not in part


def test_in_chinese_and_without_a_name_of_another_company(company: Company, rival: Company) -> None:
    company.client.post("/language/", {"language": "zh-hans"})
    page = read(company)
    assert "系统状态" in page
    assert "后台进程" in page
    assert "Rival" not in page
