"""When an open invoice will be paid, as it was predicted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class LatePrediction:
    """One open invoice.

    Attributes:
        late, late_15, late_30: chances to be paid after the due date, and more than 15 and 30
            days after it.
        early_on, expected_on, slow_on: days by which payment has a chance of 10, 50, 90 in 100.
        method: ``model``; ``history``, the buyer's own; ``seller``, all invoices with such terms,
            where too little is known of the buyer.
        outcomes: invoices of the payer whose outcome was known when this one was issued.
        model_version: empty without a model.
    """

    number: str
    currency: str
    amount: Decimal
    due_on: date
    late: float
    late_15: float
    late_30: float
    early_on: date
    expected_on: date
    slow_on: date
    method: str
    outcomes: int
    as_of: date
    model_version: str
