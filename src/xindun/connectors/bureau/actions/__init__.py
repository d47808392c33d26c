"""The verbs: decide the terms and keys, ask, hand in a file, decide about it, do the work."""

from xindun.connectors.bureau.actions.enquire import ask, confirm, discard, receive_file
from xindun.connectors.bureau.actions.events import import_events
from xindun.connectors.bureau.actions.terms import change_terms, set_key
from xindun.connectors.bureau.actions.work import work

__all__ = [
    "ask",
    "change_terms",
    "confirm",
    "discard",
    "import_events",
    "receive_file",
    "set_key",
    "work",
]
