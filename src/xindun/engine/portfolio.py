"""The whole review of a ledger in as few passes as possible.

Why this exists: a credit decision needs every figure at once, and reading ten million items once
for each figure would take minutes. The two large passes (what is open; what was paid, and when)
are made once, and everything else works on their much smaller results.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import pyarrow as pa

from xindun.engine.run import Ledger, naive_utc


@dataclass(frozen=True, slots=True)
class Review:
    """All figures of one ledger on one day, as known at one moment. See docs/explanation."""

    as_of: date
    known_at: datetime
    totals: pa.Table
    accounts: pa.Table


def review(ledger: Ledger, *, as_of: date, known_at: datetime) -> Review:
    """Compute every figure of the ledger on the day ``as_of``, as known at ``known_at``."""
    ledger.set_clock(as_of, known_at)
    ledger.materialise("open_parts")
    ledger.materialise("aged_accounts")
    return Review(
        as_of=as_of,
        known_at=naive_utc(known_at),
        totals=ledger.query("currency_totals"),
        accounts=ledger.query("account_report"),
    )
