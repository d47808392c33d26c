"""Questions to the gate; every one runs inside the caller's tenant scope."""

from xindun.control.gate.reads.decisions import (
    UnknownDecision,
    decision,
    decisions_after,
    decisions_of_order,
    facts_of,
)
from xindun.control.gate.reads.holds import (
    HOLD_SORTS,
    UnknownHold,
    hold,
    holds_after,
    holds_page,
    iter_holds,
    waiting_count,
)
from xindun.control.gate.reads.stops import NoSuchStop, stops_of
from xindun.control.gate.rules import NeutralCode, neutral

__all__ = [
    "HOLD_SORTS",
    "NeutralCode",
    "NoSuchStop",
    "UnknownDecision",
    "UnknownHold",
    "decision",
    "decisions_after",
    "decisions_of_order",
    "facts_of",
    "hold",
    "holds_after",
    "holds_page",
    "iter_holds",
    "neutral",
    "stops_of",
    "waiting_count",
]
