"""The wiring between evidence and the contexts that decide: which record is computed again how.

Evidence knows a port and lies below everybody who decides; this is the one place that knows both.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from xindun.control.gate import actions as gate
from xindun.control.monitoring import actions as monitoring
from xindun.prevention.scoring import actions as scoring
from xindun.record.evidence.values import Difference, Evidence, Replayed
from xindun.record.receivables import actions as receivables
from xindun.record.receivables.ports import ledger_reader


def portfolio_reviewed(record: Evidence, *, now: datetime) -> Replayed:
    """Review the ledger with the run's own day and knowledge; the root covers every account."""
    found = monitoring.replay(record.tenant_id, UUID(record.subject.id), now=now)
    replayed = _compared(
        record.result, {"snapshot_root": found.computed_root, "accounts": found.accounts}
    )
    if replayed.same:
        return replayed
    accounts = tuple(
        Difference("account", f"{buyer}/{currency}", "") for buyer, currency in found.differing
    )
    return Replayed(replayed.compared, (*replayed.differences, *accounts))


def ledger_imported(record: Evidence, *, now: datetime) -> Replayed:  # noqa: ARG001 - the port's
    """Read the stored file again, and hash again the rows that the import wrote."""
    found = receivables.replay_import(
        UUID(record.subject.id), reader=ledger_reader(), recorded_at=record.occurred_at
    )
    counts: Any = record.result["counts"]
    recorded = {
        **record.inputs,
        "rows_read": record.result["rows_read"],
        "rejected": counts["rejected"],
        "control": record.result["control"],
        "documents": counts["documents_added"] + counts["documents_updated"],
        "settlements": counts["settlements_added"] + counts["settlements_updated"],
        "not_in_file": 0,
        "merkle_root": record.result["merkle_root"],
    }
    computed = {name: getattr(found, name) for name in recorded}
    return _compared(recorded, {**computed, "control": list(found.control)})


def order_checked(record: Evidence, *, now: datetime) -> Replayed:  # noqa: ARG001 - the port's
    """Decide the order again from the facts and the policy that are kept with the decision."""
    recorded = {**record.inputs, **record.versions, **record.result}
    return _compared(recorded, gate.replay(UUID(record.subject.id)))


def companies_graded(record: Evidence, *, now: datetime) -> Replayed:  # noqa: ARG001 - the port's
    """Compute the grades of the record's block from their stored inputs and method."""
    known_at: Any = record.inputs["known_at"]
    as_of: Any = record.inputs["as_of"]
    count: Any = record.result["grades"]
    found = scoring.replay_grades(
        as_of=date.fromisoformat(as_of),
        known_at=datetime.fromisoformat(known_at),
        method=str(record.versions["method"]),
        first=UUID(str(record.result["first"])),
        grades=count,
    )
    replayed = _compared(record.result, {"grades": found.grades, "root": found.root})
    altered = tuple(Difference("grade", str(each), "") for each in found.differing)
    return Replayed(replayed.compared, (*replayed.differences, *altered))


def _compared(recorded: Mapping[str, Any], computed: Mapping[str, Any]) -> Replayed:
    """Figure by figure, in the order of what was computed."""
    differences = (
        Difference(name, str(recorded.get(name)), str(value))
        for name, value in computed.items()
        if recorded.get(name) != value
    )
    return Replayed(tuple(computed), tuple(differences))
