"""Kill -9 of web server, worker and database at random points under load: all of it was once.

What a reader would get wrong: the minute that passes between two ticks of the periodic tasks is
passed by hand, so that the test need not wait for it; all work is done by the installation's own
worker. ``XINDUN_CRASH_SEED`` repeats the dice of a run, though not the machine's timing.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import psycopg
import pytest

from tests.races.installation import Installation, installed, until
from tests.races.load import (
    CHECK,
    MARK,
    REVIEW,
    START,
    UPLOAD,
    Answered,
    Load,
    Receiver,
    receiving,
    session_of,
)

WRITERS = 4
KILLS = ["web_server", "web_process", *["worker", "database"] * 2]
WRITES_BETWEEN = 8
MINUTELY = {
    "kit.take_over": "kit",
    "webhooks.sweep": "webhooks",
    "receivables.resume_imports": "imports",
    "monitoring.nightly": "monitoring",
}
UNDONE = {
    "jobs": "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')"
    " AND task_name <> ALL(%s)",
    "events": "SELECT count(*) FROM kit_outboxevent WHERE handed_over_at IS NULL",
    "deliveries": "SELECT count(*) FROM webhooks_delivery WHERE state <> 'delivered'",
    "evidence": "SELECT count(*) FROM evidence_pendingevidence",
    "imports": "SELECT count(*) FROM receivables_import_batch"
    " WHERE status IN ('reading', 'loading')",
    "reviews": "SELECT count(*) FROM receivables_ledger_version v WHERE NOT EXISTS ("
    " SELECT FROM monitoring_portfolio_run r WHERE r.is_current"
    " AND r.tenant_id = v.tenant_id AND r.ledger_version = v.version)",
}


LIMITED = (
    "SELECT b.public_id::text FROM limits_granted g JOIN parties_buyer b ON b.id = g.buyer_id"
    " ORDER BY b.id"
)
RESERVED = """
SELECT coalesce((SELECT sum(ordered) FROM exposure_commitment c WHERE c.buyer_id = g.buyer_id), 0),
       coalesce((SELECT sum(released) FROM orders_order o WHERE o.buyer_id = g.buyer_id), 0),
       coalesce((SELECT sum(amount) FROM exposure_posting p WHERE p.buyer_id = g.buyer_id
           AND p.cause_kind = 'order_change' AND p.component = 'ordered'), 0)
  FROM limits_granted g
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="finds processes in /proc")
def test_whatever_dies_under_load_everything_happened_once() -> None:
    seed = int(os.environ.get("XINDUN_CRASH_SEED") or random.SystemRandom().randrange(10**6))
    print(f"XINDUN_CRASH_SEED={seed}")
    with receiving() as receiver:
        root = receiver.url.rpartition(":")[0]
        variables = {"XINDUN_OUTGOING_ALLOW": root, "XINDUN_API_REQUESTS_PER_MINUTE": "100000"}
        with installed(receiver.url, **variables) as installation:
            dice = random.Random(seed)  # noqa: S311
            limited = [row[0] for row in installation.sql(LIMITED)]
            load = Load(f"{installation.address}/api/v1/", installation.key, seed, limited)
            under_load(installation, load, dice)
            until(lambda: is_quiet(installation), "everything is done")
            assert len(installation.web()) == 2  # the server and its process, no orphan
            check_writes(installation, load)
            check_repeats(installation, load)
            check_evidence(installation)
            check_outbox(installation, receiver)
            check_limits(installation)
            tell(load, receiver)


def tell(load: Load, receiver: Receiver) -> None:
    """What the run came to; shown by ``pytest -s``."""
    kinds = Counter(each.write.kind for each in load.answered)
    repeated = sum(each.replayed for each in load.answered)
    print(
        f"{len(load.answered)} writes answered {dict(kinds)}, {load.lost_answers} sendings lost,"
        f" {repeated} had been written all the same, {len(load.given_up)} given up;"
        f" {len(receiver.messages)} messages, {len({name for name, _ in receiver.messages})} events"
    )


def under_load(installation: Installation, load: Load, dice: random.Random) -> None:
    """Writers at work, and kills between their writes; ends when the last write is answered."""
    kills = dice.sample(KILLS, len(KILLS))
    with ThreadPoolExecutor(WRITERS) as pool:
        writers = [pool.submit(load.work, number) for number in range(WRITERS)]
        try:
            for target in kills:
                wanted = len(load.answered) + dice.randrange(1, WRITES_BETWEEN * 2)
                until(
                    lambda wanted=wanted: (
                        len(load.answered) >= wanted or any(each.done() for each in writers)
                    ),
                    "writes are answered",
                )
                kill(installation, target, dice)
            wanted = len(load.answered) + WRITES_BETWEEN
            until(lambda: len(load.answered) >= wanted, "writes are answered after the last kill")
        finally:
            load.stop.set()
        for each in writers:
            each.result()


def kill(installation: Installation, target: str, dice: random.Random) -> None:
    """Kill -9 of one process of the target, once it is there."""
    find = getattr(installation, target)
    until(find, f"{target} runs")
    with suppress(ProcessLookupError):  # it went down with something killed before
        os.kill(dice.choice(find() or [2**22]), signal.SIGKILL)


def is_quiet(installation: Installation) -> bool:
    """Whether nothing is left to do; lets a minute pass when something is."""
    try:
        left = {
            what: installation.sql(statement, *([list(MINUTELY)] if what == "jobs" else []))[0][0]
            for what, statement in UNDONE.items()
        }
        if any(left.values()):
            a_minute_passes(installation)
    except psycopg.OperationalError:
        return False  # the database is starting again
    return not any(left.values())


def a_minute_passes(installation: Installation) -> None:
    """Dead workers are long silent, delayed jobs are due, and the periodic tasks tick."""
    living = "(SELECT max(id) FROM procrastinate_workers)"
    installation.sql(
        "UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '1 minute'"
        f" WHERE id < {living}"
    )
    installation.sql(
        "UPDATE procrastinate_jobs SET scheduled_at = now()"
        " WHERE status = 'todo' AND scheduled_at > now()"
    )
    for task, queue in MINUTELY.items():
        with suppress(psycopg.errors.UniqueViolation):  # it waits already
            installation.sql(
                "SELECT procrastinate_defer_jobs_v1(ARRAY[ROW(%s, %s, 0, NULL, %s,"
                " '{\"timestamp\": 0}', NULL)::procrastinate_job_to_defer_v1])",
                *(queue, task, task),
            )


def counted(installation: Installation) -> dict[str, Counter[str]]:
    """How often each write stands in the database, by kind and what identifies it."""
    statements = {
        MARK: "SELECT note FROM monitoring_action_mark",
        UPLOAD: "SELECT replace(file_name, '.csv', '') FROM receivables_import_batch"
        " WHERE file_name <> 'ledger.csv'",
        START: "SELECT public_id::text FROM api_asked_job WHERE kind = 'import'",
        CHECK: "SELECT order_number FROM gate_decision",
        REVIEW: "SELECT public_id::text FROM api_asked_job WHERE kind = 'review'",
    }
    return {
        kind: Counter(row[0] for row in installation.sql(statement))
        for kind, statement in statements.items()
    }


def name_of(answer: Answered) -> str:
    """What identifies the write in the database."""
    named = answer.write.kind in (MARK, UPLOAD, CHECK)
    return answer.write.name if named else str(answer.body["id"])


def check_writes(installation: Installation, load: Load) -> None:
    """Each answered write stands once, one given up at most once, and nothing else."""
    found = counted(installation)
    assert {answer.status for answer in load.answered} <= {200, 201, 202}, load.answered
    for kind, names in found.items():
        answered = Counter(name_of(each) for each in load.answered if each.write.kind == kind)
        assert set(answered.values()) == {1}, kind
        assert not answered - names, kind
        more = names - answered
        if kind in (MARK, UPLOAD, CHECK):
            given_up = Counter(each.name for each in load.given_up if each.kind == kind)
            assert not more - given_up, kind
        else:
            assert more.total() <= sum(each.kind == kind for each in load.given_up), kind


def check_repeats(installation: Installation, load: Load) -> None:
    """Each write sent again is answered as before, and does nothing."""
    before = counted(installation)
    records = installation.sql("SELECT count(*) FROM evidence_evidencerecord")

    def again(answer: Answered) -> Answered:
        with session_of(installation.key) as session:
            return Answered.of(answer.write, answer.write.send(session, load.root))

    with ThreadPoolExecutor(WRITERS) as pool:
        for first, second in zip(load.answered, pool.map(again, load.answered), strict=True):
            assert second.replayed, second
            assert (second.status, second.body, second.location) == (
                *(first.status, first.body, first.location),
            )
    assert counted(installation) == before
    assert installation.sql("SELECT count(*) FROM evidence_evidencerecord") == records


def check_evidence(installation: Installation) -> None:
    """One record for each effect and none besides; all of it in the log, which holds."""
    effects = {
        "action_marked": "SELECT note FROM monitoring_action_mark",
        "order_checked": "SELECT public_id::text FROM gate_decision",
        "ledger_imported": "SELECT public_id::text FROM receivables_import_batch"
        " WHERE status = 'committed'",
        "portfolio_reviewed": "SELECT public_id::text FROM monitoring_portfolio_run"
        " WHERE status = 'finished'",
    }
    for kind, statement in effects.items():
        named = "result ->> 'note'" if kind == "action_marked" else "subject_id"
        rows = installation.sql(
            f"SELECT {named} FROM evidence_evidencerecord WHERE kind = %s", kind
        )
        assert Counter(rows) == Counter(installation.sql(statement)), kind
    done = installation.xindun("evidence", "audit", "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    (company,) = json.loads(done.stdout)["companies"]
    records = installation.sql("SELECT count(*) FROM evidence_evidencerecord")[0][0]
    assert (company["findings"], company["pending"], company["records"]) == ([], 0, records)


def check_limits(installation: Installation) -> None:
    """No limit is spent twice, and what is reserved is what the orders and the journal say."""
    rows = installation.sql(RESERVED)
    assert len(rows) == 3
    for balance, orders, journal in rows:
        assert balance == orders == journal <= 500
    assert sum(row[0] for row in rows) > 0


def check_outbox(installation: Installation, receiver: Receiver) -> None:
    """Every event came, the same under one id, first ones in the order of their subject."""
    events = installation.sql("SELECT public_id, topic, subject, number FROM kit_outboxevent")
    wanted = {f"msg_{row[0].hex}": row[1:] for row in events}
    first: dict[str, dict[str, object]] = {}
    numbers = defaultdict(list)
    for name, message in receiver.messages:
        assert first.setdefault(name, message) == message
    for message in first.values():
        numbers[message["data"]["subject"]].append(message["data"]["number"])  # type: ignore[index]
    came = {
        name: (message["type"], message["data"]["subject"], message["data"]["number"])  # type: ignore[index]
        for name, message in first.items()
    }
    assert came == wanted
    for subject, order in numbers.items():
        assert order == list(range(1, len(order) + 1)), subject
