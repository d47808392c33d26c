"""How long the server works on a page with a million invoices in the database.

``buyer_page_ms``: one buyer's credit file with its first page of documents, and
``portfolio_page_ms``: the portfolio. Each is the median of requests through the whole Django
stack (sign-in, tenant scope, queries, template) in this process, warm; the network and the
browser are not in it. Half of the buyers asked for are those with most documents.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from math import log
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from uuid import uuid4

from bench._claims import Claim, fitted, main
from bench._house import new_tenant, own_house

FULL = 1_000_000
QUICK = (10_000, 50_000)
INVOICES_A_BUYER = 200
REQUESTS = 60
WARM = 5
EMAIL = "bench@example.com"


@dataclass(frozen=True)
class Run:
    """Seconds of every request at one size."""

    invoices: int
    documents: int
    buyer: list[float]
    portfolio: list[float]


def measure(quick: bool) -> list[Claim]:
    """Both claims, at full size or fitted from two smaller ones."""
    with own_house() as home:
        runs = [_run(home, size) for size in (QUICK if quick else (FULL,))]
    return [
        _claim("buyer_page_ms", 100, runs, [run.buyer for run in runs], quick),
        _claim("portfolio_page_ms", 300, runs, [run.portfolio for run in runs], quick),
    ]


def _claim(
    name: str, most: float, runs: Sequence[Run], seconds: list[list[float]], quick: bool
) -> Claim:
    sizes = [run.invoices for run in runs]
    found = [median(each) * 1000 for each in seconds]
    slowest = quantiles(seconds[-1], n=20)[-1] * 1000
    # What grows with the ledger is the depth of indexes, so the line runs over log(invoices);
    # a slope below zero is noise, a page never becomes quicker with more invoices.
    line = fitted([log(size) for size in sizes], found, log(FULL)) if quick else 0.0
    value = max(found[-1], line)
    how = f"fitted to {FULL:,} invoices from {sizes[0]:,} and {sizes[-1]:,}; " if quick else ""
    method = (
        f"{how}median of {REQUESTS} requests in process, {runs[-1].documents:,} documents in the"
        f" database; 95th percentile {slowest:.0f} ms"
    )
    return Claim(name, round(value, 1), "ms", {"max": most}, method)


def _run(home: Path, invoices: int) -> Run:
    from xindun.control.monitoring.actions import run_portfolio

    tenant_id = _ledger(home, invoices)
    run_portfolio(tenant_id, now=datetime.now(UTC), actor="system:bench")
    _analyse()
    client = _signed_in(tenant_id, invoices)
    buyers, documents = _buyers(tenant_id)
    addresses = [f"/buyers/{buyers[n % len(buyers)]}/" for n in range(REQUESTS)]
    return Run(
        invoices,
        documents,
        _timed(client, addresses),
        _timed(client, ["/"] * REQUESTS),
    )


def _ledger(home: Path, invoices: int) -> int:
    """Import a sample ledger by the command; the tenant's id."""
    from xindun.cli.sample.slices import SampleSpec
    from xindun.cli.sample.writers import write_sample

    file = home / f"pages-{invoices}.csv"
    write_sample(file, SampleSpec(max(50, invoices // INVOICES_A_BUYER), invoices, seed=11))
    name = f"Pages {invoices}"
    tenant_id = new_tenant(name)
    command = [str(Path(sys.executable).with_name("xindun")), "import", str(file)]
    subprocess.run(
        [*command, "--tenant", name, "--yes", "--json"], stdout=subprocess.DEVNULL, check=True
    )
    file.unlink()
    return tenant_id


def _analyse() -> None:
    """What autovacuum does within a minute of an import, done now."""
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute("analyze")


def _signed_in(tenant_id: int, invoices: int):  # type: ignore[no-untyped-def]
    from django.contrib.auth import get_user_model
    from django.test import Client

    from xindun.kit.tenancy import tenant_scope
    from xindun.record.tenants import actions

    email = f"{invoices}-{EMAIL}"
    actions.create_user(email=email, password=f"{uuid4()}", name="Bench")
    with tenant_scope(tenant_id):
        actions.add_member(email=email, actor="system:bench", now=datetime.now(UTC))
    client = Client(SERVER_NAME="localhost")
    client.force_login(get_user_model().objects.get(email=email))
    return client


def _buyers(tenant_id: int) -> tuple[list[str], int]:
    """Public ids of buyers, those with most documents and ordinary ones by turns."""
    from django.db import connection

    from xindun.kit.tenancy import tenant_scope

    with tenant_scope(tenant_id), connection.cursor() as cursor:
        cursor.execute(
            "select b.public_id, count(*) from receivables_document d"
            " join parties_buyer b on b.id = d.buyer_id group by 1 order by 2 desc"
        )
        rows = cursor.fetchall()
    ids = [str(row[0]) for row in rows]
    half = REQUESTS // 2
    step = max(1, len(ids) // half)
    mixed = [each for pair in zip(ids[:half], ids[::step][:half], strict=False) for each in pair]
    return mixed, sum(row[1] for row in rows)


def _timed(client, addresses: list[str]) -> list[float]:  # type: ignore[no-untyped-def]
    found = []
    for number, address in enumerate([*addresses[:WARM], *addresses]):
        started = perf_counter()
        answer = client.get(address)
        seconds = perf_counter() - started
        assert answer.status_code == 200, f"{address}: {answer.status_code}"
        if number >= WARM:
            found.append(seconds)
    return found


if __name__ == "__main__":
    main(measure)
