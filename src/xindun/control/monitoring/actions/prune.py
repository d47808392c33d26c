"""Forget what old runs prepared for the screens; what was decided stays.

What a reader would get wrong: nothing that a decision rests on is removed. Scores,
recommendations, evidence and the runs themselves are append-only; a pruned day can be reviewed
again, because the ledger keeps every version of every fact.
"""

from __future__ import annotations

from collections.abc import Collection

from xindun.control.monitoring import models
from xindun.control.monitoring.rules import Kept, to_prune
from xindun.control.monitoring.values import RunStatus
from xindun.kit.tenancy import current_tenant_id

WIDE = (models.SnapshotDetail, models.BuyerSnapshot, models.TodayAction)


def prune() -> int:
    """Apply ``rules.to_prune`` to the current tenant's runs; returns how many runs were touched."""
    runs = models.PortfolioRun.objects.filter(
        tenant_id=current_tenant_id(), status=RunStatus.FINISHED
    ).exclude(pruned="snapshots")
    wholly, details = to_prune(
        Kept(key, as_of, made_at, is_current)
        for key, as_of, made_at, is_current in runs.values_list(
            "id", "as_of", "finished_at", "is_current"
        )
        if made_at is not None
    )
    already = set(runs.filter(pruned="details").values_list("id", flat=True))
    details -= already
    _remove(wholly, WIDE, "snapshots")
    _remove(details, (models.SnapshotDetail,), "details")
    return len(wholly) + len(details)


def _remove(
    keys: Collection[int],
    tables: tuple[type[models.SnapshotDetail | models.BuyerSnapshot | models.TodayAction], ...],
    pruned: str,
) -> None:
    if not keys:
        return
    for table in tables:
        rows = table.objects.filter(tenant_id=current_tenant_id(), run_id__in=keys)
        rows._raw_delete(rows.db)  # no cascade to look for: nothing points to these rows
    models.PortfolioRun.objects.filter(tenant_id=current_tenant_id(), id__in=keys).update(
        pruned=pruned
    )
