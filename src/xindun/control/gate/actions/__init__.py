"""Verbs of the gate."""

from xindun.control.gate.actions.changes import cancel, close, confirm, tell
from xindun.control.gate.actions.check import check
from xindun.control.gate.actions.holds import (
    BadRelease,
    NotInAuthority,
    OwnOrder,
    ReleaseReasonMissing,
    StopInForce,
    recheck_waiting,
    refuse_hold,
    release_hold,
)
from xindun.control.gate.actions.replaying import replay
from xindun.control.gate.actions.standing import forget_standings, prepare_all
from xindun.control.gate.actions.stops import (
    OwnStop,
    StopReasonMissing,
    lift_stop,
    place_stop,
)
from xindun.control.gate.actions.sweep import sweep

__all__ = [
    "BadRelease",
    "NotInAuthority",
    "OwnOrder",
    "OwnStop",
    "ReleaseReasonMissing",
    "StopInForce",
    "StopReasonMissing",
    "cancel",
    "check",
    "close",
    "confirm",
    "forget_standings",
    "lift_stop",
    "place_stop",
    "prepare_all",
    "recheck_waiting",
    "refuse_hold",
    "release_hold",
    "replay",
    "sweep",
    "tell",
]
