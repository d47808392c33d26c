"""The verbs of the ledger: take a file in, load it, resume what was cut off."""

from xindun.record.receivables.actions.imports import import_batch, resume_interrupted
from xindun.record.receivables.actions.receive import (
    discard,
    named_file,
    receive_file,
    start_import,
)
from xindun.record.receivables.actions.replay import replay_import

__all__ = [
    "discard",
    "import_batch",
    "named_file",
    "receive_file",
    "replay_import",
    "resume_interrupted",
    "start_import",
]
