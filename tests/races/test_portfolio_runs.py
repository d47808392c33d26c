"""Runs that meet, and a run that is killed: real commits, real processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections

from tests.contexts.monitoring.portfolio import EVENING, Console, small_ledger
from tests.contexts.receivables.conftest import new_tenant
from tests.contexts.receivables.ledgers import Doc, Importer
from xindun.control.monitoring import models
from xindun.control.monitoring.actions import run as running
from xindun.control.monitoring.values import RunStatus
from xindun.kit.tenancy import tenant_scope
from xindun.record.evidence.models import EvidenceRecord

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parents[2]

# A process of its own reviews a portfolio and stops before the transaction ends.
KILLED = """
import sys, time
from pathlib import Path
import django
django.setup()
from django.conf import settings
settings.XINDUN_HOME = Path(sys.argv[1])
settings.DATABASES["default"]["NAME"] = sys.argv[2]
from tests.contexts.monitoring.portfolio import ACTOR, EVENING
from xindun.control.monitoring.actions import run as running
def stop(*_args, **_kwargs):
    print("here", flush=True)
    time.sleep(120)
running._evidence = stop
running.run_portfolio(int(sys.argv[3]), now=EVENING, actor=ACTOR)
"""


@pytest.fixture
def console(tmp_path: Path, settings: Any) -> Console:
    settings.XINDUN_HOME = tmp_path
    made = Console(Importer(new_tenant("Seller")))
    made.take(*small_ledger())
    return made


def stored(console: Console) -> tuple[int, int, int]:
    """Finished runs, snapshots, evidence of reviews."""
    with tenant_scope(console.tenant_id):
        return (
            models.PortfolioRun.objects.filter(status=RunStatus.FINISHED).count(),
            models.BuyerSnapshot.objects.count(),
            EvidenceRecord.objects.filter(kind="portfolio_reviewed").count(),
        )


def test_two_workers_at_once_make_one_run(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = threading.Barrier(2, timeout=60)
    compute = running.compute

    def together(plan: Any) -> Any:
        review = compute(plan)
        both.wait()  # both have seen that there is no run yet
        return review

    monkeypatch.setattr(running, "compute", together)
    runs: list[Any] = []

    def work() -> None:
        try:
            runs.append(console.run())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert len(runs) == 2
    assert runs[0].run_id == runs[1].run_id
    assert stored(console) == (1, 6, 1)
    assert console.ask("latest_attempt").status is RunStatus.FINISHED


def test_a_slow_run_does_not_displace_one_that_knows_more(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    compute = running.compute

    def overtaken(plan: Any) -> Any:
        """While the first run computes, an import and a whole second run happen."""
        monkeypatch.setattr(running, "compute", compute)
        console.take(Doc("X-1", "10.00", buyer="X", name="Later Ltd"))
        console.run(now=EVENING + timedelta(minutes=1))
        return compute(plan)

    monkeypatch.setattr(running, "compute", overtaken)
    slow = console.run()
    assert slow.ledger_version == 1
    assert not slow.is_current
    assert console.ask("current_run").ledger_version == 2


def test_a_killed_run_leaves_nothing_but_its_row(console: Console, tmp_path: Path) -> None:
    first = console.run()
    console.take(Doc("X-1", "10.00", buyer="X", name="Later Ltd"))
    before = stored(console)
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(tmp_path), connection.settings_dict["NAME"],
         str(console.tenant_id)],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "xindun.config.settings"},
        stdout=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    with process.stdout:
        assert process.stdout.readline() == b"here\n"
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=30)
    assert stored(console) == before
    assert console.ask("current_run").run_id == first.run_id
    assert console.ask("latest_attempt").status is RunStatus.RUNNING
    assert console.run().is_current
