"""How fast the order gate decides, and that it never spends a limit twice.

``gate_http_p99_ms`` and ``gate_http_rps``: credit checks through the API, against Granian as
``xindun up`` starts it, from clients of their own processes on the same machine. The p99 is taken
in an open loop at 300 checks a second (a check that starts late counts its waiting), the rate in a
closed loop of eight clients. ``gate_hot_row_per_s``: decisions a second about one buyer, by
processes that call the action without HTTP. ``gate_over_limit`` counts buyers who were released
more than their limit in all of it, ``gate_failed`` checks that were not answered.
"""

from __future__ import annotations

import http.client
import json
import multiprocessing
import os
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from statistics import quantiles
from typing import Any
from uuid import UUID, uuid4

from bench._claims import Claim, main
from bench._house import own_house
from bench.api import key_for, ledger, server

INVOICES, QUICK_INVOICES = 1_000_000, 20_000
BUYERS = 2_000
PER_SECOND = 300
SECONDS, QUICK_SECONDS = 20, 6
HOT_PROCESSES = 4
LIMIT = Decimal(1_000_000_000)
HOT_LIMIT = Decimal(5_000)
AMOUNT = "10.00"
OVER = """
with owed as (
    select buyer_id, sum(amount) as amount from (
        select buyer_id, greatest(0, receivables + unbilled - credits - unapplied) as amount
        from exposure_balance
        union all select buyer_id, ordered + delivered + billed from exposure_commitment
    ) each group by buyer_id
)
select count(*) from owed join limits_granted g using (buyer_id)
where owed.amount > g.amount and exists (
    select from gate_decision d where d.buyer_id = g.buyer_id and d.outcome = 'release')
"""


def measure(quick: bool) -> list[Claim]:
    """All claims; a quick run has a smaller ledger and shorter loops."""
    invoices = QUICK_INVOICES if quick else INVOICES
    seconds = QUICK_SECONDS if quick else SECONDS
    with own_house() as home:
        tenant_id = ledger(home, invoices)
        buyers, hot_buyer, token = _prepared(tenant_id, 200 if quick else BUYERS)
        with server(home) as port:
            _loop(port, token, buyers, seconds=2, clients=2, rate=None)  # processes warm up
            rows = [
                _loop(port, token, buyers, seconds=seconds, clients=clients, rate=None)
                for clients in (1, 8, 64)
            ]
            paced = _loop(port, token, buyers, seconds=seconds, clients=16, rate=PER_SECOND)
        hot, hot_failed = _hot(tenant_id, hot_buyer, seconds)
        over = _over(tenant_id)
    failed = sum(row.failed for row in rows) + paced.failed + hot_failed
    closed = "; ".join(
        f"{row.clients} clients {row.per_second:.0f}/s, p50 {row.percentile(50):.1f},"
        f" p99 {row.percentile(99):.1f} ms"
        for row in rows
    )
    method = (
        f"{len(buyers):,} synthetic buyers in turn, {invoices:,} invoices, {seconds} s each,"
        f" {os.cpu_count()} cores shared with the clients; closed loops: {closed}; the p99 is of"
        f" {len(paced.took):,} checks due at {PER_SECOND} a second, counted from when each was due"
    )
    hot_method = f"{HOT_PROCESSES} processes call the action about one buyer for {seconds} s"
    return [
        Claim("gate_http_p99_ms", round(paced.percentile(99), 1), "ms", {"max": 25}, method),
        Claim("gate_http_rps", round(rows[1].per_second), "1/s", {"min": PER_SECOND}, method),
        Claim("gate_hot_row_per_s", round(hot), "1/s", {"min": 500}, hot_method),
        Claim(
            "gate_over_limit", over, "buyers", {"max": 0}, "released above the limit, by balance"
        ),
        Claim("gate_failed", failed, "checks", {"max": 0}, "not answered with a decision"),
    ]


class Loop:
    """What one loop came to."""

    def __init__(self, clients: int, took: list[float], seconds: float, failed: int) -> None:
        self.clients, self.took, self.failed = clients, took, failed
        self.per_second = len(took) / seconds

    def percentile(self, n: int) -> float:
        """In milliseconds."""
        return quantiles(self.took, n=100)[n - 1] * 1000


def _prepared(tenant_id: int, count: int) -> tuple[list[UUID], UUID, str]:
    """Limits, standings and a policy of limits alone; the buyers, the hot one, a key."""
    from django.db import connections

    from bench._grants import grant_all, use_limits_alone
    from xindun.control.gate.actions import prepare_all
    from xindun.kit.tenancy import tenant_scope
    from xindun.prevention.credit_policy.reads import policy_in_force
    from xindun.record.exposure.reads import all_balances
    from xindun.record.parties.reads import buyers_after
    from xindun.record.tenants.values import Permission

    now = datetime.now(UTC) - timedelta(minutes=1)
    with tenant_scope(tenant_id):
        # The sample mixes currencies; without rates an order of another one would be held.
        foreign = {each.buyer_id for each in all_balances() if each.currency != "EUR"}
        found: list[Any] = []
        last = None
        while len(found) <= count:
            page = buyers_after(limit=500, after=last)
            if not page:
                break
            last = (page[-1].sort_key, page[-1].id)
            found += [each for each in page if each.id not in foreign]
        hot, *others = found[: count + 1]
        use_limits_alone(now=now)
        grant_all([each.id for each in others], LIMIT, "EUR", now=now)
        grant_all([hot.id], HOT_LIMIT, "EUR", now=now)
        policy = policy_in_force(at=datetime.now(UTC))
        prepare_all(
            [each.id for each in (hot, *others)],
            policy,
            as_of=datetime.now(UTC).date(),
            now=datetime.now(UTC),
        )
    with connections["owner"].cursor() as cursor:
        cursor.execute("analyze")
    token = key_for(tenant_id, frozenset({Permission.ORDERS_CHECK}))
    return [each.public_id for each in others], hot.public_id, token


def _loop(
    port: int, token: str, buyers: list[UUID], *, seconds: int, clients: int, rate: int | None
) -> Loop:
    """Clients in a process of their own; with a rate the checks start by the clock."""
    asked = [port, token, [str(each) for each in buyers], seconds, clients, rate]
    done = subprocess.run(
        [sys.executable, "-c", "from bench.gate import load; load()"],
        input=json.dumps(asked),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    took, failed = json.loads(done.stdout)
    return Loop(clients, took, seconds, failed)


def load() -> None:
    """The clients: reads what to do from standard input, writes what it took."""
    port, token, buyers, seconds, clients, rate = json.loads(sys.stdin.read())
    found: list[list[float]] = [[] for _ in range(clients)]
    failed = [0] * clients
    start = time.perf_counter() + 0.5
    gap = clients / rate if rate else 0.0

    def client(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        due, at = start + number * gap / clients, number * 7
        while due < start + seconds:
            if rate:
                time.sleep(max(0.0, due - time.perf_counter()))
            began = due if rate else time.perf_counter()
            buyer = buyers[at % len(buyers)]
            if _ask(connection, token, buyer) != 201:
                failed[number] += 1
            now = time.perf_counter()
            found[number].append(now - began)
            due, at = (due + gap if rate else now), at + 1

    threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    print(json.dumps([[took for each in found for took in each], sum(failed)]))


def _ask(connection: http.client.HTTPConnection, token: str, buyer: str) -> int:
    order = {"number": uuid4().hex, "currency": "EUR", "amount": AMOUNT}
    headers = {
        "Authorization": f"Bearer {token}",
        "Content-Type": "application/json",
        "Idempotency-Key": uuid4().hex,
    }
    body = json.dumps({"customer": buyer, "order": order})
    connection.request("POST", "/api/v1/credit-checks", body, headers)
    answer = connection.getresponse()
    answer.read()
    return answer.status


def _hot(tenant_id: int, buyer: UUID, seconds: int) -> tuple[float, int]:
    """Decisions a second about one buyer, and what failed."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(HOT_PROCESSES) as pool:
        jobs = [(tenant_id, str(buyer), seconds)] * HOT_PROCESSES
        done = pool.starmap(decide_for, jobs)
    return sum(count for count, _ in done) / seconds, sum(failed for _, failed in done)


def decide_for(tenant_id: int, buyer: str, seconds: int) -> tuple[int, int]:
    """One process of the hot loop: how many it decided, how many failed."""
    from xindun.config import startup

    startup.start()
    from xindun.control.gate.actions import check
    from xindun.kit.tenancy import tenant_scope
    from xindun.record.orders.values import Asked
    from xindun.record.tenants.reads import machine_actor

    actor, decided, failed = machine_actor("system:bench"), 0, 0
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        asked = Asked("bench", uuid4().hex, "EUR", Decimal(AMOUNT))
        try:
            with tenant_scope(tenant_id):
                check(actor, UUID(buyer), asked, now=datetime.now(UTC))
            decided += 1
        except Exception:  # noqa: BLE001 - whatever it is, the check was not answered
            failed += 1
    return decided, failed


def _over(tenant_id: int) -> int:
    """Buyers whose orders and balances together lie above their limit."""
    from django.db import connection

    from xindun.kit.tenancy import tenant_scope

    with tenant_scope(tenant_id), connection.cursor() as cursor:
        cursor.execute(OVER)
        return int(cursor.fetchone()[0])


if __name__ == "__main__":
    main(measure)
