"""Grade every buyer whose inputs have changed, and everybody at least monthly.

What a reader would get wrong: a run that finds nothing changed writes nothing, so it may be asked
for after every change and every night. Buyers are graded in blocks, each in one transaction with
its evidence.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from xindun.engine.additive import canonical
from xindun.engine.company_grades import graded
from xindun.engine.grade_changes import Lift, lifts
from xindun.engine.grade_policy import DIRECTION, HORIZON_DAYS, SCALE_ID
from xindun.kernel.merkle import merkle_root
from xindun.kit.events import FILE_CHANGED, announce
from xindun.kit.tenancy import current_tenant_id, tenant_scope
from xindun.prevention.scoring.actions.gathering import Gathered, gather
from xindun.prevention.scoring.actions.method import Method, current_method, keep
from xindun.prevention.scoring.models import CompanyGrade
from xindun.prevention.scoring.rules import hash_of, is_due
from xindun.prevention.scoring.values import Regraded
from xindun.record.evidence.actions import append
from xindun.record.evidence.values import Subject
from xindun.record.parties.reads import buyer_ids
from xindun.record.tenants.reads import company_day

BLOCK = 1_000


def request_grades() -> None:
    """Ask a worker to regrade the current tenant's buyers; it commits with the caller."""
    announce(FILE_CHANGED)


def regrade(
    tenant_id: int,
    *,
    actor: str,
    now: datetime,
    trigger: str,
    as_of: date | None = None,
    method: Method | None = None,
    only: Collection[int] | None = None,
) -> Regraded:
    """Grade the buyers of a tenant whose grade is due.

    Args:
        trigger: why, such as ``change`` or ``month``; kept with each grade.
        as_of: the day; None is today in the tenant's zone.
        method: None is the current one.
        only: buyers to look at; None looks at all.
    """
    with tenant_scope(tenant_id):
        used = method or current_method()
        day = as_of or company_day(now)
        wanted = sorted(buyer_ids() if only is None else only)
    written = 0
    for start in range(0, len(wanted), BLOCK):
        with tenant_scope(tenant_id):
            block = wanted[start : start + BLOCK]
            written += _grade(block, used, day, now, actor, trigger)
    return Regraded(len(wanted), written)


def _grade(
    block: Sequence[int], method: Method, as_of: date, now: datetime, actor: str, trigger: str
) -> int:
    found = gather(block, method, as_of=as_of, known_at=now)
    hashes = {buyer: hash_of(dict(each.inputs.columns)) for buyer, each in found.items()}
    latest = _latest(block, as_of)
    due = [
        buyer for buyer in found if is_due(hashes[buyer], method.digest, as_of, latest.get(buyer))
    ]
    if not due:
        return 0
    keep(method)
    companies = [found[buyer].inputs.columns for buyer in due]
    results = graded(companies, method.model, method.policy)
    changes = lifts(companies, [row["grade"] for row in results], method.model, method.policy)
    rows = [
        _row(buyer, found[buyer], hashes[buyer], outputs_of(result, lifted), method)
        for buyer, result, lifted in zip(due, results, changes, strict=True)
    ]
    for row in rows:
        row.as_of, row.known_at, row.trigger = as_of, now, trigger
    CompanyGrade.objects.bulk_create(rows, batch_size=500)
    append(
        kind="companies_graded",
        subject=Subject("company_grades", as_of.isoformat()),
        actor=actor,
        occurred_at=now,
        inputs={"as_of": as_of, "known_at": now, "trigger": trigger},
        result={
            "grades": len(rows),
            "first": str(rows[0].public_id),
            "root": merkle_root(bytes.fromhex(row.output_hash) for row in rows).hex(),
        },
        versions={"method": method.digest, "model": method.model_version},
    )
    return len(rows)


def outputs_of(result: dict[str, Any], lifted: Sequence[Lift]) -> dict[str, Any]:
    """What a grade says, as plain JSON in one form; its hash is what a replay compares."""
    score = result["health_score"]
    return {
        **result,
        "health_score": None if score is None else str(score),
        "lifts": [
            {
                "reaches_grade": lift.reaches_grade,
                "changes": [[each.code, each.from_value, each.to_value] for each in lift.changes],
            }
            for lift in lifted
        ],
    }


def _row(
    buyer: int, gathered: Gathered, input_hash: str, outputs: dict[str, Any], method: Method
) -> CompanyGrade:
    return CompanyGrade(
        tenant_id=current_tenant_id(),
        buyer_id=buyer,
        scale_id=SCALE_ID,
        direction=DIRECTION,
        horizon_days=HORIZON_DAYS,
        model_version=method.model_version,
        policy_version=method.policy.version,
        method=method.digest,
        grade=outputs["grade"],
        pd_12m=outputs["pd_12m"],
        country=gathered.country,
        sector=gathered.sector,
        inputs=canonical(dict(gathered.inputs.columns)),
        sources=canonical(dict(gathered.inputs.sources)),
        outputs=canonical(outputs),
        input_hash=input_hash,
        output_hash=hash_of(outputs),
    )


def _latest(block: Sequence[int], as_of: date) -> dict[int, tuple[str, str, date]]:
    rows = CompanyGrade.objects.filter(
        tenant_id=current_tenant_id(), buyer_id__in=block, as_of__lte=as_of
    )
    newest = rows.order_by("buyer_id", "-as_of", "-id").distinct("buyer_id")
    return {
        buyer: (input_hash, method, day)
        for buyer, input_hash, method, day in newest.values_list(
            "buyer_id", "input_hash", "method", "as_of"
        )
    }
