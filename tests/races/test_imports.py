"""Imports that meet, and imports that are killed: real commits, real processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, connections

from tests.contexts.receivables.conftest import new_tenant
from tests.contexts.receivables.ledgers import Doc, Importer, Paid, file_of, ledger_of, read
from xindun.kit.tenancy import tenant_scope
from xindun.record.evidence.models import EvidenceRecord
from xindun.record.exposure import reads as exposure
from xindun.record.receivables import actions, reads
from xindun.record.receivables.actions import imports
from xindun.record.receivables.values import BatchStatus

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parents[2]

# A process of its own imports one batch and stops inside the step that it is told.
KILLED = """
import os, sys, time
from datetime import UTC, datetime
from uuid import UUID
import django
django.setup()
from django.conf import settings
from pathlib import Path
settings.XINDUN_HOME = Path(sys.argv[1])
settings.DATABASES["default"]["NAME"] = sys.argv[2]
from tests.contexts.receivables.ledgers import START, read
from xindun.record.receivables.actions import imports, loading
step = sys.argv[5]
def stop(*_args, **_kwargs):
    print("here", flush=True)
    time.sleep(120)
def slow(*args, **kwargs):
    stop()
reader = slow if step == "reading" else read
if step == "loading":
    loading._record_evidence = stop
imports.import_batch(int(sys.argv[3]), UUID(sys.argv[4]), reader=reader, clock=lambda: START)
"""


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, settings: Any) -> None:
    settings.XINDUN_HOME = tmp_path


@pytest.fixture
def importer(own_home: None) -> Importer:
    return Importer(new_tenant("Seller"))


def start_and_kill(importer: Importer, public_id: UUID, step: str, home: Path) -> None:
    """Kill -9 a real process in the middle of ``step``; wait until the server has noticed."""
    database = connection.settings_dict["NAME"]
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(home), database, str(importer.tenant_id),
         str(public_id), step],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "xindun.config.settings"},
        stdout=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    with process.stdout:
        assert process.stdout.readline() == b"here\n"
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=30)
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute(
                "select count(*) from pg_locks where locktype = 'advisory' and classid = %s",
                [imports.LOCK_CLASS],
            )
            if cursor.fetchone()[0] == 0:
                return
        time.sleep(0.05)
    raise AssertionError("the server never noticed that the import died")


@pytest.mark.parametrize("step", ["reading", "loading"])
def test_a_killed_import_leaves_nothing_and_then_resumes(
    importer: Importer, tmp_path: Path, step: str
) -> None:
    importer.take(Doc("A-1"))
    before = ledger_of(importer.tenant_id)
    outcome = importer.hand_in(file_of(Doc("A-1", "90.00"), Doc("A-2")))
    start_and_kill(importer, outcome.batch.public_id, step, tmp_path)
    with tenant_scope(importer.tenant_id):
        assert ledger_of(importer.tenant_id) == before
        assert reads.batch(outcome.batch.public_id).status.value == step
        assert reads.ledger_state().version == 1
        assert exposure.all_balances()[0].receivables == 100
        records = EvidenceRecord.objects.filter(subject_id=str(outcome.batch.public_id))
        assert records.count() == 0
    (resumed,) = actions.resume_interrupted(
        importer.tenant_id, reader=read, clock=lambda: importer.now
    )
    assert resumed.status is BatchStatus.COMMITTED
    assert (resumed.counts.documents_added, resumed.counts.documents_updated) == (1, 1)
    with tenant_scope(importer.tenant_id):
        assert exposure.all_balances()[0].receivables == 190
    assert list((tmp_path / "work").glob("*/*")) == []


def test_resuming_leaves_a_running_import_alone(importer: Importer) -> None:
    outcome = importer.hand_in(file_of(Doc("A-1")))
    met: list[Any] = []

    def slow(*args: Any, **kwargs: Any) -> Any:
        met.append(in_another_connection(resume))
        return read(*args, **kwargs)

    def resume() -> Any:
        return actions.resume_interrupted(
            importer.tenant_id, reader=read, clock=lambda: importer.now
        )

    batch = actions.import_batch(
        importer.tenant_id, outcome.batch.public_id, reader=slow, clock=lambda: importer.now
    )
    assert batch.status is BatchStatus.COMMITTED
    assert met == [[]]


def test_two_imports_at_once_end_as_one_after_the_other(importer: Importer) -> None:
    files = [
        (Doc(f"A-{n}", "100.00"), Doc("SHARED", f"{n}00.00", paid=(Paid("10.00", "2025-02-01"),)))
        for n in (1, 2, 3)
    ]
    outcomes = [importer.hand_in(file_of(*docs)) for docs in files]
    barrier = threading.Barrier(len(outcomes))
    failures: list[BaseException] = []

    def together(*args: Any, **kwargs: Any) -> Any:
        folder = read(*args, **kwargs)
        barrier.wait(timeout=30)
        return folder

    def run(public_id: UUID) -> None:
        try:
            actions.import_batch(
                importer.tenant_id, public_id, reader=together, clock=lambda: importer.now
            )
        except BaseException as error:  # noqa: BLE001 - told to the test's own thread
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(o.batch.public_id,)) for o in outcomes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with tenant_scope(importer.tenant_id):
        assert reads.ledger_state().version == 3
        (balance,) = exposure.all_balances()
        shared = [row for row in ledger_of(importer.tenant_id) if row[3] == "SHARED"]
    assert len(shared) == 1
    assert balance.receivables == 300 + shared[0][5] - 10


def in_another_connection(work: Any) -> Any:
    """Run ``work`` in a thread, which has a connection of its own."""
    results: list[Any] = []

    def run() -> None:
        try:
            results.append(work())
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return results[0]
