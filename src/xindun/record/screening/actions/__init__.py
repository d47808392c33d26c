"""The verbs: load a list, screen parties, sweep after a list changed, decide about a hit."""

from xindun.record.screening.actions.comparing import NoListsLoaded
from xindun.record.screening.actions.hits import decide_hit, propose_decision
from xindun.record.screening.actions.lists import load_public, load_watch
from xindun.record.screening.actions.screen import (
    screen,
    screen_due,
    screen_parties,
    sweep,
)
from xindun.record.screening.actions.settings import change_settings
from xindun.record.screening.rules.changes import ListShrank
from xindun.record.screening.rules.standing import BadThresholds, ReasonMissing, WrongHitStep

__all__ = [
    "BadThresholds",
    "ListShrank",
    "NoListsLoaded",
    "ReasonMissing",
    "WrongHitStep",
    "change_settings",
    "decide_hit",
    "load_public",
    "load_watch",
    "propose_decision",
    "screen",
    "screen_due",
    "screen_parties",
    "sweep",
]
