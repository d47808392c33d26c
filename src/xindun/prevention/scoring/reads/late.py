"""When a buyer's open invoices will be paid, as it was last predicted."""

from __future__ import annotations

from xindun.kit.tenancy import current_tenant_id
from xindun.prevention.scoring.models import LatePredictionRow
from xindun.prevention.scoring.values import LatePrediction


def late_predictions(
    buyer_id: int, *, currency: str | None = None, limit: int = 50
) -> tuple[LatePrediction, ...]:
    """The buyer's open invoices, the one expected first in front."""
    rows = LatePredictionRow.objects.filter(tenant_id=current_tenant_id(), buyer_id=buyer_id)
    if currency is not None:
        rows = rows.filter(currency=currency)
    return tuple(
        LatePrediction(
            number=row.number,
            currency=row.currency,
            amount=row.amount,
            due_on=row.due_on,
            late=row.late,
            late_15=row.late_15,
            late_30=row.late_30,
            early_on=row.early_on,
            expected_on=row.expected_on,
            slow_on=row.slow_on,
            method=row.method,
            outcomes=row.outcomes,
            as_of=row.as_of,
            model_version=row.model_version,
        )
        for row in rows.order_by("expected_on", "due_on", "id")[:limit]
    )
