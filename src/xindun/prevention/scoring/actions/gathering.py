"""What is known of buyers on a day, as inputs of the company grade.

What a reader would get wrong: nothing is made up for what is missing. A dimension without a source
is left out of the columns, and the expression widens the interval for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from xindun.kit.tenancy import current_tenant_id
from xindun.prevention.scoring.actions.method import Method
from xindun.prevention.scoring.models import Score
from xindun.prevention.scoring.rules import is_calibrated, payment_inputs
from xindun.prevention.scoring.values import GradeInputs
from xindun.record.parties.reads import buyers_by_id
from xindun.record.reference import reads as reference


@dataclass(frozen=True, slots=True)
class Gathered:
    """One buyer's inputs, and where it is."""

    inputs: GradeInputs
    country: str | None
    sector: str | None


def gather(
    buyer_ids: Collection[int], method: Method, *, as_of: date, known_at: datetime
) -> dict[int, Gathered]:
    """The inputs of each buyer, by its id."""
    payments = _payments(buyer_ids, as_of, known_at)
    countries = {
        each.country: each.in_force for each in reference.countries(as_of=as_of, known_at=known_at)
    }
    return {
        buyer.id: _gathered(buyer.country, payments[buyer.id], countries, method, as_of)
        for buyer in buyers_by_id(buyer_ids).values()
    }


def _gathered(
    country: str | None,
    payments: list[tuple[Decimal | None, str | None, date]],
    countries: dict[str, Any],
    method: Method,
    as_of: date,
) -> Gathered:
    label = countries.get(country or "")
    columns = {
        "calibrated": is_calibrated(method.model, country),
        **payment_inputs(payments, as_of, method.policy),
        **({"country_label": label.value} if label else {}),
    }
    sources = {
        "reference": reference.edition(),
        "payments": sorted({day.isoformat() for _, _, day in payments}),
    }
    return Gathered(GradeInputs(columns, sources), country, None)


def _payments(
    buyer_ids: Collection[int], as_of: date, known_at: datetime
) -> dict[int, list[tuple[Decimal | None, str | None, date]]]:
    """Score, confidence and day of each account's latest payment grade."""
    rows = Score.objects.filter(
        tenant_id=current_tenant_id(),
        buyer_id__in=buyer_ids,
        as_of__lte=as_of,
        known_at__lte=known_at,
    )
    newest = rows.order_by("buyer_id", "currency", "-as_of", "-known_at", "-id")
    found: dict[int, list[tuple[Decimal | None, str | None, date]]] = defaultdict(list)
    for buyer_id, score, confidence, day in newest.distinct("buyer_id", "currency").values_list(
        "buyer_id", "health_score", "confidence", "as_of"
    ):
        found[buyer_id].append((score, confidence, day))
    return found
