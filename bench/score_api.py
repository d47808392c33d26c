"""How long a program waits for one buyer's company grade.

``score_api_p95_ms``: the 95th percentile of ``GET /customers/{id}/score`` in a closed loop of two
clients (one a core) on persistent connections, against Granian as ``xindun up`` starts it, over a
graded sample ledger in the embedded database. The clients share the machine with the server.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from statistics import median, quantiles

from bench._claims import Claim, main
from bench._house import own_house
from bench.api import ask_all, key_for, ledger, server

CLIENTS = 2
SECONDS, QUICK_SECONDS = 15, 5
INVOICES, QUICK_INVOICES = 50_000, 10_000
MOST_MS = 50


def measure(quick: bool) -> list[Claim]:
    """The one claim; a quick run asks a smaller ledger for a shorter time."""
    invoices = QUICK_INVOICES if quick else INVOICES
    seconds = QUICK_SECONDS if quick else SECONDS
    with own_house() as home:
        tenant_id = ledger(home, invoices)
        graded, token, addresses = _graded(tenant_id)
        with server(home) as port:
            found = ask_all(port, token, addresses, seconds, clients=CLIENTS)
    took = sorted(each * 1000 for each in found)
    percentiles = quantiles(took, n=100)
    method = (
        f"{CLIENTS} clients in a closed loop for {seconds} s, {len(took):,} reads of the scores of"
        f" {graded:,} synthetic buyers, {os.cpu_count()} cores shared with the clients;"
        f" median {median(took):.1f} ms, 99th percentile {percentiles[98]:.1f} ms"
    )
    return [Claim("score_api_p95_ms", round(percentiles[94], 1), "ms", {"max": MOST_MS}, method)]


def _graded(tenant_id: int) -> tuple[int, str, list[str]]:
    """Grade everybody; how many, a key, and the addresses that a client goes through."""
    from xindun.kit.tenancy import tenant_scope
    from xindun.prevention.scoring.actions import regrade
    from xindun.record.parties.reads import buyers_after
    from xindun.record.tenants.values import Permission

    done = regrade(tenant_id, actor="system:bench", now=datetime.now(UTC), trigger="bench")
    token = key_for(tenant_id, frozenset({Permission.FILES_READ}))
    with tenant_scope(tenant_id):
        buyers = [each.public_id for each in buyers_after(limit=50)]
    return done.graded, token, [f"customers/{buyer}/score" for buyer in buyers]


if __name__ == "__main__":
    main(measure)
