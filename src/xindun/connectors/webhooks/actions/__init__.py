"""The verbs of webhooks: settle where events go, and see that they arrive."""

from xindun.connectors.webhooks.actions.delivering import deliver_due, next_call, note
from xindun.connectors.webhooks.actions.endpoints import (
    change_endpoint,
    create_endpoint,
    pause_endpoint,
    remove_endpoint,
    resume_endpoint,
    rotate_secret,
)
from xindun.connectors.webhooks.actions.queueing import (
    dispatch,
    prune,
    replay,
    replay_dead,
    send_test,
)

__all__ = [
    "change_endpoint",
    "create_endpoint",
    "deliver_due",
    "dispatch",
    "next_call",
    "note",
    "pause_endpoint",
    "prune",
    "remove_endpoint",
    "replay",
    "replay_dead",
    "resume_endpoint",
    "rotate_secret",
    "send_test",
]
