"""How long a program waits for a read of the API when sixteen ask at once.

``api_read_p99_ms``: the 99th percentile over a closed loop of 16 clients on persistent
connections, against Granian as ``xindun up`` starts it, over a sample ledger in the embedded
database. Each client asks in turn for a page of accounts, a customer's file, its documents, its
grades, the portfolio, the list for today and the company. The clients run in a process of their
own on the same machine, so two cores carry them as well; a server of its own does better.
"""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING

from bench._claims import Claim, main
from bench._house import new_tenant, own_house

if TYPE_CHECKING:
    from xindun.record.tenants.values import Permission

CLIENTS = 16
SECONDS, QUICK_SECONDS = 20, 6
INVOICES, QUICK_INVOICES = 100_000, 20_000
INVOICES_A_BUYER = 100
WARM = 3
WORKERS = 2
MOST_MS = 250
"""Seven kinds of reads at about 12 ms of work each, sixteen at a time on two cores, wait for seven
others before them: 100 ms at the median. A program that waits a quarter of a second is not held
up; beyond that people who watch it notice."""


def measure(quick: bool) -> list[Claim]:
    """The one claim; a quick run asks a smaller ledger for a shorter time."""
    invoices = QUICK_INVOICES if quick else INVOICES
    seconds = QUICK_SECONDS if quick else SECONDS
    with own_house() as home:
        tenant_id = ledger(home, invoices)
        token, addresses = _program(tenant_id)
        with server(home) as port:
            found = ask_all(port, token, addresses, seconds)
    took = sorted(each * 1000 for each in found)
    percentiles = quantiles(took, n=100)
    method = (
        f"{CLIENTS} clients in a closed loop for {seconds} s, {len(took):,} reads"
        f" ({len(took) / seconds:.0f} a second) of {len(addresses)} addresses, {invoices:,}"
        f" invoices, {os.cpu_count()} cores shared with the clients; median {median(took):.0f} ms,"
        f" 95th percentile {percentiles[94]:.0f} ms"
    )
    return [Claim("api_read_p99_ms", round(percentiles[98], 1), "ms", {"max": MOST_MS}, method)]


def ledger(home: Path, invoices: int) -> int:
    """Import and review a sample ledger; the tenant's id."""
    from xindun.cli.sample.slices import SampleSpec
    from xindun.cli.sample.writers import write_sample
    from xindun.control.monitoring.actions import run_portfolio

    file = home / "api.csv"
    write_sample(file, SampleSpec(max(50, invoices // INVOICES_A_BUYER), invoices, seed=7))
    tenant_id = new_tenant("Programs")
    command = [str(Path(sys.executable).with_name("xindun")), "import", str(file)]
    subprocess.run(
        [*command, "--tenant", "Programs", "--yes", "--json"],
        stdout=subprocess.DEVNULL,
        check=True,
    )
    run_portfolio(tenant_id, now=datetime.now(UTC), actor="system:bench")
    return tenant_id


def _program(tenant_id: int) -> tuple[str, list[str]]:
    """A key, and the addresses that a client goes through."""
    from django.db import connections

    from xindun.control.monitoring.reads import buyers_page
    from xindun.kit.tenancy import tenant_scope
    from xindun.record.tenants.values import Permission

    with connections["owner"].cursor() as cursor:
        cursor.execute("analyze")
    reads = frozenset({Permission.COMPANY_READ, Permission.LEDGER_READ, Permission.PORTFOLIO_READ})
    token = key_for(tenant_id, reads)
    with tenant_scope(tenant_id):
        page = buyers_page(size=20)
    assert page is not None
    buyers = [row.buyer_public_id for row in page.rows]
    addresses = ["accounts?sort=-overdue", "portfolio", "actions", "company"]
    for buyer in buyers:
        addresses += [f"customers/{buyer}", f"customers/{buyer}/documents?open=true"]
        addresses += [f"customers/{buyer}/grades", "accounts?overdue=true&limit=50"]
    return token, addresses


def key_for(tenant_id: int, scopes: frozenset[Permission]) -> str:
    """The token of a new key."""
    from xindun.kit.tenancy import tenant_scope
    from xindun.record.tenants import actions
    from xindun.record.tenants.reads import machine_actor

    with tenant_scope(tenant_id):
        key = actions.create_key(
            machine_actor("system:bench"), name="bench", scopes=scopes, now=datetime.now(UTC)
        )
    return key.token


@contextmanager
def server(home: Path) -> Iterator[int]:
    """Granian with the arguments of ``xindun up``, on a free port of this machine."""
    from xindun.config.serving import Serving

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "xindun.config.settings",
        "XINDUN_API_REQUESTS_PER_MINUTE": "10000000",
    }
    (home / "static").mkdir(exist_ok=True)
    serving = Serving("127.0.0.1", port, WORKERS, print)
    command = [sys.executable, *serving._web_command()]  # the very arguments of `xindun up`
    log = home / "web.log"
    with log.open("wb") as target:
        server = subprocess.Popen(command, env=environment, stdout=target, stderr=target)
        try:
            _wait(port, server, log)
            yield port
        finally:
            server.terminate()
            server.wait(timeout=20)


def _wait(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and server.poll() is None:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/api/v1/openapi.json")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit(f"The server does not answer:\n{log.read_text('utf-8', 'replace')[-2000:]}")


def ask_all(
    port: int, token: str, addresses: list[str], seconds: int, *, clients: int = CLIENTS
) -> list[float]:
    """Seconds of every read; the load runs in a process of its own."""
    asked = json.dumps([port, token, addresses, seconds, clients])
    done = subprocess.run(
        [sys.executable, "-c", "from bench.api import load; load()"],
        input=asked,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found: list[float] = json.loads(done.stdout)
    return found


def load() -> None:
    """The clients: reads what to do from standard input, writes what it took."""
    port, token, addresses, seconds, clients = json.loads(sys.stdin.read())
    found: list[list[float]] = [[] for _ in range(clients)]
    start = time.monotonic()

    def client(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        at = number * 7
        while time.monotonic() < start + WARM + seconds:
            warm, began = time.monotonic() > start + WARM, time.perf_counter()
            path = f"/api/v1/{addresses[at % len(addresses)]}"
            connection.request("GET", path, headers={"Authorization": f"Bearer {token}"})
            answer = connection.getresponse()
            answer.read()
            assert answer.status == 200, f"{path}: {answer.status}"
            if warm:  # the first requests also load the program
                found[number].append(time.perf_counter() - began)
            at += 1

    threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    print(json.dumps([took for each in found for took in each]))


if __name__ == "__main__":
    main(measure)
