"""Many workers at once, and one killed in the middle: every record stands in the log once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import connection

from tests.contexts.evidence.conftest import a_company, records
from tests.contexts.evidence.keys import MemoryKeys
from xindun.config import worker
from xindun.kit.tenancy import tenant_scope
from xindun.record.evidence import models, reads
from xindun.record.evidence.actions import sequence, sequence_batch

NOW = datetime(2025, 6, 30, 12, tzinfo=UTC)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> MemoryKeys:
    kept = MemoryKeys()
    monkeypatch.setattr(sequence, "keyring", lambda: kept)
    return kept


def test_appending_and_sequencing_at_once_lose_and_double_nothing(ring: MemoryKeys) -> None:
    companies = [a_company(name) for name in ("Acme", "Other")]
    stop = threading.Event()
    each, writers = 25, 4

    def write(number: int) -> None:
        try:
            for _ in range(each):
                with tenant_scope(companies[number % 2]):
                    records(1)
        finally:
            connection.close()

    def drain() -> None:
        try:
            while not stop.is_set():
                worker.sequence_all(stop)
        finally:
            connection.close()

    with ThreadPoolExecutor(writers + 2) as pool:
        drains = [pool.submit(drain) for _ in range(2)]
        for done in [pool.submit(write, number) for number in range(writers)]:
            done.result()
        stop.set()
        for done in drains:
            done.result()
    worker.sequence_all(threading.Event())
    for company in companies:
        with tenant_scope(company):
            total = each * writers // 2 + 2
            assert models.EvidenceRecord.objects.count() == total
            numbers = models.LogEntry.objects.order_by("number").values_list("number", flat=True)
            assert list(numbers) == list(range(total))
            assert reads.log_state().size == total
            assert models.PendingEvidence.objects.count() == 0


def test_a_worker_that_dies_in_the_middle_leaves_nothing_behind(
    ring: MemoryKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    company = a_company("Acme")
    with tenant_scope(company):
        sequence_batch(now=NOW, ring=ring)
        before = reads.log_state()
        records(3)

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(sequence, "_sign", die)
        with pytest.raises(KeyboardInterrupt), tenant_scope(company):
            sequence_batch(now=NOW, ring=ring)
    with tenant_scope(company):
        assert (reads.log_state().size, reads.log_state().pending) == (before.size, 3)
        assert models.LogEntry.objects.count() == before.size
        assert sequence_batch(now=NOW, ring=ring) == 3


def test_a_log_that_another_worker_writes_is_left_to_it(ring: MemoryKeys) -> None:
    company = a_company("Acme")

    def other() -> int:
        try:
            with tenant_scope(company):
                return sequence_batch(now=NOW, ring=ring)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool, tenant_scope(company):
        assert sequence_batch(now=NOW, ring=ring) == 2
        assert pool.submit(other).result() == 0


def test_a_failing_round_is_said_once_and_tried_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    stop = threading.Event()
    answers: list[object] = [("tenant 1: no key",), ("tenant 1: no key",), OSError("gone"), ()]

    def round_(_stop: threading.Event) -> object:
        answer = answers.pop(0)
        if not answers:
            stop.set()
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(worker, "sequence_all", round_)
    monkeypatch.setattr(worker, "LOOK_AGAIN_SECONDS", 0.001)
    monkeypatch.setattr(worker, "LOOK_EVERY_SECONDS", 0.001)
    worker.keep_sequencing(stop)
    assert caplog.text.count("tenant 1: no key") == 1
    assert caplog.text.count("could not be sequenced") == 1
    assert answers == []
