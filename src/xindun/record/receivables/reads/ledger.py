"""Which version of the ledger the tenant is at: one query of one row."""

from __future__ import annotations

from xindun.record.receivables.models import LedgerVersion
from xindun.record.receivables.values import LedgerState


def ledger_state() -> LedgerState:
    """The tenant's ledger version; version 0 when nothing was ever imported.

    A decision stores ``recorded_at`` as its ``known_at``: an import that is under way may carry
    an earlier moment than the clock shows now, never an earlier one than this.
    """
    row = LedgerVersion.objects.values_list(
        "version",
        "state_id",
        "recorded_at",
        "last_movement_on",
        "last_document_id",
        "last_settlement_id",
    ).first()
    return LedgerState(*row) if row else LedgerState(0, None, None, None, 0, 0)
