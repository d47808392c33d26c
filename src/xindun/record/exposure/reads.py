"""What is owed right now, per holder."""

from __future__ import annotations

from collections.abc import Iterable

from xindun.record.exposure.models import ExposureBalance
from xindun.record.exposure.values import COMPONENTS, Balance


def balances_of(buyer_ids: Iterable[int]) -> list[Balance]:
    """The balances of the given buyers, by buyer and currency; buyers without one are left out."""
    rows = (
        ExposureBalance.objects.filter(buyer_id__in=list(buyer_ids))
        .order_by("buyer_id", "currency")
        .values_list("buyer_id", "currency", *COMPONENTS)
    )
    return [Balance(*row) for row in rows]


def all_balances() -> list[Balance]:
    """Every balance of the tenant, by buyer and currency."""
    rows = ExposureBalance.objects.order_by("buyer_id", "currency")
    return [Balance(*row) for row in rows.values_list("buyer_id", "currency", *COMPONENTS)]
