"""What the late-payment model is made of: days past due, histories, features and their order.

Why this exists: training, use and the stored artefact must mean the same columns by the same
names. What a reader would get wrong: changing anything here makes a new ``FEATURES_VERSION``,
because an artefact trained on other columns must be refused, not misread.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

FEATURES_VERSION: Final = "late-1"

THRESHOLDS: Final = (
    *(-30, -20, -15, -12, -10),
    *range(-8, 9),
    *(10, 12, 15, 20, 25, 30, 45, 60, 90),
)
"""Days past due at whose end an invoice is owed or not; most payments fall near the due date."""

ASKED: Final = (0, 15, 30)
"""Late, more than 15 days late, more than 30 days late."""

QUANTILES: Final = (0.1, 0.5, 0.9)
RECENT_DAYS: Final = 90
HISTORY_DAYS: Final = 1096
"""Invoices issued longer ago are not read: three years hold each season more than twice."""


@dataclass(frozen=True, slots=True)
class Level:
    """A history that an invoice belongs to.

    Attributes:
        name: of the level's columns.
        keys: columns of the invoice that name the history; none: the whole ledger.
        strength: how many imagined invoices of the level above each history starts with.
    """

    name: str
    keys: tuple[str, ...]
    strength: float


LEVELS: Final = (
    Level("seller", (), 1.0),
    Level("terms", ("terms_days",), 20.0),
    Level("payer", ("payer_id",), 5.0),
    Level("payer_terms", ("payer_id", "terms_days"), 5.0),
    Level("payer_terms_weekday", ("payer_id", "terms_days", "due_weekday"), 5.0),
)
"""From the widest to the narrowest; each is pulled to the one before it (empirical Bayes)."""

INVOICE_COLUMNS: Final = (
    *("terms_days", "due_weekday", "amount_log", "amount_relative"),
    *("batch_items", "batch_log", "gap_days", "issued_30", "paid_gap_days"),
    *("open_items", "open_log", "overdue_items", "overdue_log"),
)
"""What was known of the invoice and its payer on the day of issue."""

SHARE_LEVELS: Final = tuple(level.name for level in LEVELS[1:])
COUNTED_LEVELS: Final = ("payer_terms", "payer_terms_weekday")
COLUMNS: Final = (
    "days",
    "weekday_then",
    "narrow_slope",
    *(f"{level}_{span}share" for span in ("", "recent_") for level in SHARE_LEVELS),
    *(f"{level}_{span}n" for span in ("", "recent_") for level in COUNTED_LEVELS),
    *INVOICE_COLUMNS,
)
"""The model's inputs in their order: one row an invoice and threshold."""

MISSING: Final = -1e6
"""Stands for what is not known (a payer's first invoice), in training and in use."""

LEAST_OUTCOMES: Final = 5
"""Invoices of a payer whose outcome must be known before its own history is called one."""
