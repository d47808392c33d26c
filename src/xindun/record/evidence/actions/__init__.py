"""The verbs: append a record, erase personal content, sequence the log, change its key."""

from xindun.record.evidence.actions.append import append, on_behalf_of
from xindun.record.evidence.actions.personal import erase_personal
from xindun.record.evidence.actions.rotate import NoKeyYet, rotate_key
from xindun.record.evidence.actions.sequence import sequence_batch, sequence_pending
from xindun.record.evidence.actions.signing import SigningKeyMismatch, SigningKeyMissing
from xindun.record.evidence.actions.stamp import stamp_log, stamp_logs

__all__ = [
    "NoKeyYet",
    "SigningKeyMismatch",
    "SigningKeyMissing",
    "append",
    "erase_personal",
    "on_behalf_of",
    "rotate_key",
    "sequence_batch",
    "sequence_pending",
    "stamp_log",
    "stamp_logs",
]
