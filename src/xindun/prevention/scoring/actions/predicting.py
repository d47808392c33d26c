"""Predict when each open invoice will be paid; the newest answer replaces the one before.

What a reader would get wrong: what is replaced is not lost. Its evidence holds the ledger version,
the model and a Merkle root over the rows, and the same ledger and model give the same rows.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from xindun.engine.late_payment.payers import payers
from xindun.engine.late_payment.prediction import predictions
from xindun.engine.run import open_ledger
from xindun.kernel.merkle import merkle_root
from xindun.kit.tenancy import current_tenant_id
from xindun.prevention.models.reads import late_champion
from xindun.prevention.scoring.models import LatePredictionRow
from xindun.prevention.scoring.rules import hash_of
from xindun.record.evidence.actions import append
from xindun.record.evidence.values import Subject
from xindun.record.parties import reads as parties
from xindun.record.receivables.reads.ledger import ledger_state
from xindun.record.receivables.reads.mirror import open_mirror
from xindun.record.tenants.values import Actor

BATCH = 2_000
ROWS = """
select i.buyer_id, coalesce(i.number, '') as number,
    p.* exclude (item_id, payer_id, issued_on)
from predicted p join items i on i.item_id = p.item_id, clock
where i.recorded_at <= known_at and (i.superseded_at is null or i.superseded_at > known_at)
order by p.item_id"""


def predict_late(actor: Actor, *, now: datetime) -> int:
    """Predict the current tenant's open invoices by the champion, else by their histories.

    Returns:
        How many invoices were predicted; 0 without a ledger.
    """
    moved_on = ledger_state().last_movement_on
    if moved_on is None:
        return 0
    model = late_champion()
    as_of = min(moved_on, now.date())
    matched = parties.parties_of(parties.buyer_ids())
    known = {buyer: party.id for buyer, party in matched.items()}
    with open_mirror() as mirror, open_ledger(mirror.folder, threads=1) as ledger:
        names = ledger.rows("select buyer_id, name from buyers")
        pairs = zip(*(column.to_pylist() for column in names.columns), strict=True)
        known_at = max(now, mirror.recorded_at or now).replace(tzinfo=None)
        found = predictions(ledger, payers(pairs, known), model, as_of=as_of, known_at=known_at)
        ledger.put("predicted", found)
        rows: list[dict[str, Any]] = ledger.rows(ROWS).to_pylist()
        version = mirror.version
    digest = model.version if model else ""
    with transaction.atomic():
        LatePredictionRow.objects.filter(tenant_id=current_tenant_id()).delete()
        LatePredictionRow.objects.bulk_create(
            [
                LatePredictionRow(
                    tenant_id=current_tenant_id(), as_of=as_of, model_version=digest, **row
                )
                for row in rows
            ],
            batch_size=BATCH,
        )
        append(
            kind="late_payments_predicted",
            subject=Subject("late_payments", as_of.isoformat()),
            actor=actor.name,
            occurred_at=now,
            inputs={"as_of": as_of, "ledger_version": version},
            result={
                "invoices": len(rows),
                "root": merkle_root(bytes.fromhex(_hash(row)) for row in rows).hex(),
            },
            versions={"model": digest or "history"},
        )
    return len(rows)


def _hash(row: dict[str, Any]) -> str:
    return hash_of({name: str(value) for name, value in row.items()})
