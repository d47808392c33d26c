"""A real browser on a real server; jobs run when the test says so.

Chromium missing: the journeys are skipped with a reason, except in continuous integration
(CI set), where they fail.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection, connections
from playwright.sync_api import Browser, Page, sync_playwright
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

CHROMIUM = os.environ.get("XINDUN_CHROMIUM", "/usr/bin/chromium")
DATA = Path(os.environ.get("XINDUN_DATA", Path(__file__).parents[2] / ".." / "shared" / "data"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser a module, not a session: while it is open, its event loop owns this thread."""
    if not Path(CHROMIUM).exists():
        reason = f"Chromium is missing at {CHROMIUM}; set XINDUN_CHROMIUM to its path"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    arguments = ["--no-sandbox"] if os.getuid() == 0 else []
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as play:
        # Django would refuse to be called beside that loop.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        found = play.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield found
        found.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh browser window that notes every refused script, failed load and console error."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    opened = context.new_page()
    opened.set_default_timeout(15_000)
    problems: list[str] = []
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.on("console", lambda said: problems.append(said.text) if said.type == "error" else None)
    yield opened
    context.close()
    assert problems == []


@pytest.fixture(scope="session")
def ledgers() -> Path:
    folder = DATA / "ledgers"
    if not folder.is_dir():
        reason = f"the folder of real ledgers is missing: {folder} (set XINDUN_DATA)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return folder


def work() -> None:
    """Do every waiting job, and those that they ask for, as a worker would one after the other.

    In a thread of its own, because its database connection must not be the test's.
    """

    def do() -> None:
        try:
            while _next_job():
                pass
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(do).result()


def _next_job() -> bool:
    job = ProcrastinateJob.objects.filter(status="todo").order_by("id").first()
    if job is None:
        return False
    app.tasks[job.task_name].func(**job.args)
    with connection.cursor() as cursor:
        cursor.execute("update procrastinate_jobs set status = 'succeeded' where id = %s", [job.id])
    return True
