"""Questions to the gate; every one runs inside the caller's tenant scope."""

from xindun.control.gate.reads.decisions import (
    CHECK_SORTS,
    UnknownDecision,
    checks_page,
    composition_of,
    decision,
    decisions_after,
    decisions_by_id,
    decisions_of_order,
    facts_of,
    iter_checks,
    newest_checks,
    roles_that_may_release,
)
from xindun.control.gate.reads.holds import (
    HOLD_SORTS,
    UnknownHold,
    hold,
    hold_of_order,
    holds_after,
    holds_page,
    iter_holds,
    waiting_count,
)
from xindun.control.gate.reads.stops import NoSuchStop, stops_of
from xindun.control.gate.rules import NeutralCode, Position, neutral

__all__ = [
    "CHECK_SORTS",
    "HOLD_SORTS",
    "NeutralCode",
    "NoSuchStop",
    "Position",
    "UnknownDecision",
    "UnknownHold",
    "checks_page",
    "composition_of",
    "decision",
    "decisions_after",
    "decisions_by_id",
    "decisions_of_order",
    "facts_of",
    "hold",
    "hold_of_order",
    "holds_after",
    "holds_page",
    "iter_checks",
    "iter_holds",
    "neutral",
    "newest_checks",
    "roles_that_may_release",
    "stops_of",
    "waiting_count",
]
