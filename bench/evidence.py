"""What evidence costs: through the sequencer, in a transaction, and to verify offline.

``evidence_per_s``: pending records to signed heads, by one worker, the lesser of two runs: one
company, and 100 companies. ``evidence_latency_share``: the same request (a person marks an action
of today's list as done) with and without writing its evidence, by turns. ``verify_1m_s``: the
command ``xindun evidence verify`` on a complete export of a million records, from start to exit.
"""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median
from time import perf_counter
from unittest.mock import patch

from bench._claims import Claim, fitted, main
from bench._house import new_tenant, own_house
from bench.pages import _ledger, _signed_in

COMPANIES = 100
SEQUENCED, QUICK_SEQUENCED = 200_000, 40_000
VERIFIED, QUICK_VERIFIED = (1_000_000,), (50_000, 150_000)
INVOICES, MARKS, WARM = 2_000, 80, 10
FILL = """
WITH record AS (
    INSERT INTO evidence_evidencerecord (tenant_id, public_id, kind, subject_type, subject_id,
        actor, occurred_at, inputs, versions, result, personal, content_hash)
    SELECT %s, gen_random_uuid(), 'action_marked', 'buyer', n::text, 'user:0197', now(),
           '{"rank": 1}', '{"ledger": 1}', '{"state": "done"}', '{}', sha256(n::text::bytea)
      FROM generate_series(1, %s) n RETURNING tenant_id, id
)
INSERT INTO evidence_pendingevidence (tenant_id, record_id) SELECT tenant_id, id FROM record
"""


def measure(quick: bool) -> list[Claim]:
    """All three claims."""
    with own_house() as home:
        return [_per_second(quick), _share(home, quick), _verified(home, quick)]


def _per_second(quick: bool) -> Claim:
    total = QUICK_SEQUENCED if quick else SEQUENCED
    _sequenced(1, 2_000)  # the first log also makes the key
    one, many = _sequenced(1, total), _sequenced(COMPANIES, total)
    method = (
        f"{total:,} pending records to entries and signed heads, one worker: {one:,.0f} a second"
        f" in one company, {many:,.0f} over {COMPANIES} companies; the lesser"
    )
    return Claim("evidence_per_s", round(min(one, many)), "records/s", {"min": 5_000}, method)


def _sequenced(companies: int, total: int) -> float:
    """Records a second."""
    from django.db import connection
    from django.utils import timezone

    from xindun.kit.tenancy import tenant_scope
    from xindun.record.evidence.actions import sequence_pending

    ids = [new_tenant(f"Of {companies}, {total}: {number}") for number in range(companies)]
    while sequence_pending(clock=timezone.now).sequenced:
        pass  # the logs are open, as they are on every day but the first
    for tenant_id in ids:
        with tenant_scope(tenant_id), connection.cursor() as cursor:
            cursor.execute(FILL, [tenant_id, total // companies])
    started, done = perf_counter(), 0
    while now := sequence_pending(clock=timezone.now).sequenced:
        done += now
    assert done >= total
    return done / (perf_counter() - started)


def _share(home: Path, quick: bool) -> Claim:
    from xindun.control.monitoring.actions import run_portfolio
    from xindun.control.monitoring.models import TodayAction
    from xindun.kit.tenancy import tenant_scope

    tenant_id = _ledger(home, INVOICES)
    run_portfolio(tenant_id, now=datetime.now(UTC), actor="system:bench")
    client = _signed_in(tenant_id, INVOICES)
    with tenant_scope(tenant_id):
        ids = list(TodayAction.objects.order_by("rank").values_list("id", flat=True)[:50])
    seconds: dict[bool, list[float]] = {True: [], False: []}
    count = MARKS // 2 if quick else MARKS
    for number in range(WARM + count):
        for written in (True, False):
            took = _mark(client, ids[number % len(ids)], written)
            if number >= WARM:
                seconds[written].append(took)
    with_it, without = (median(seconds[written]) * 1000 for written in (True, False))
    method = (
        f"median of {count} requests each way, by turns, in process: a signed-in person marks an"
        f" action as done, {with_it:.2f} ms with evidence, {without:.2f} ms without"
    )
    share = max(0.0, with_it / without - 1)
    return Claim("evidence_latency_share", round(share, 4), "ratio", {"max": 0.1}, method)


def _mark(client, action: int, written: bool) -> float:  # type: ignore[no-untyped-def]
    """Seconds of one request, with the evidence written or left out."""
    skipped = patch("xindun.record.evidence.actions.append")
    if not written:
        skipped.start()
    started = perf_counter()
    answer = client.post(f"/today/{action}/", {"state": "done"})
    took = perf_counter() - started
    if not written:
        skipped.stop()
    assert answer.status_code in {200, 302}, answer.status_code
    return took


def _verified(home: Path, quick: bool) -> Claim:
    sizes = QUICK_VERIFIED if quick else VERIFIED
    before = getrusage(RUSAGE_CHILDREN).ru_utime
    found = [_verify(home, size) for size in sizes]
    value = fitted(sizes, found, VERIFIED[0]) if quick else found[0]
    how = f"fitted from {sizes[0]:,} and {sizes[-1]:,}; " if quick else ""
    spent = getrusage(RUSAGE_CHILDREN).ru_utime - before
    method = (
        f"{how}xindun evidence verify FILE --key KEY, wall time of the whole command;"
        f" {spent / sum(sizes) * 1e6:.1f} s of processor time for a million"
    )
    return Claim("verify_1m_s", round(value, 1), "s", {"max": 60}, method)


def _verify(home: Path, size: int) -> float:
    """Write an export as the database would, verify it in a process of its own."""
    from xindun.kernel.signed_notes import write_verifier_key

    log, public = f"xindun/evidence/bench-{size}", _export(home / "export.jsonl", size)
    key = write_verifier_key(log, public)
    command = [str(Path(sys.executable).with_name("xindun")), "evidence", "verify"]
    started = perf_counter()
    subprocess.run(
        [*command, str(home / "export.jsonl"), "--key", key],
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return perf_counter() - started


def _export(file: Path, size: int) -> bytes:
    """A complete export of made-up records; the public key that signed it."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from xindun.kernel.merkle import GrowingTree, leaf_hash
    from xindun.kernel.signed_notes import write_note
    from xindun.record.evidence.rules import canonical, head_text, key_statement, leaf_entry, moment
    from xindun.record.evidence.rules import exported as form
    from xindun.record.evidence.values import LogKey, SigningKey

    key, now = SigningKey(Ed25519PrivateKey.generate()), datetime.now(UTC)
    log = f"xindun/evidence/bench-{size}"
    begun = LogKey(0, key.key_id, key.public_key, "", 0, now, b"", b"")
    signed = key.sign(key_statement(log, begun))
    begun = LogKey(0, key.key_id, key.public_key, "", 0, now, signed, b"")
    tree, at = GrowingTree(), moment(now)
    body = file.with_suffix(".body")
    with body.open("wb") as lines:
        for number in range(size):
            content = canonical(_content(number))
            digest = sha256(content).digest()
            leaf = leaf_hash(leaf_entry(digest.hex(), at))
            lines.write(form.record_line(number, content, digest, at, leaf))
            for level, position, joined in tree.add(leaf):
                if level == form.NODE_LEVEL:
                    lines.write(form.node_line(position, joined))
    text = head_text(log, 0, size, tree.root(), now)
    note = write_note(text, [(log, key.public_key, key.sign(text.encode()))])
    with file.open("wb") as target, body.open("rb") as lines:
        target.write(form.header_line(log, note, complete=True) + form.key_line(begun))
        while block := lines.read(1 << 20):
            target.write(block)
        target.write(form.end_line(size, 0))
    body.unlink()
    return key.public_key


def _content(number: int) -> dict[str, object]:
    """As large as the record of a marked action."""
    return {
        "id": f"01987a3c-0000-7000-8000-{number:012d}",
        "tenant": 1,
        "kind": "action_marked",
        "subject": {"type": "buyer", "id": f"01987a3c-1111-7000-8000-{number % 5000:012d}"},
        "actor": "user:01987a3c-2222-7000-8000-000000000000",
        "occurred_at": "2025-06-30T12:00:00+00:00",
        "inputs": {"run": "01987a3c-3333-7000-8000-000000000000", "rank": 7, "reason": "late"},
        "versions": {"ledger": 12, "model": "scorecard-1"},
        "result": {"code": "call", "currency": "EUR", "stake": "1234.50", "state": "done"},
    }


if __name__ == "__main__":
    main(measure)
