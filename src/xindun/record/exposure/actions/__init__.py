"""Verbs of the exposure context: the only ways a balance moves, and the lock before a decision."""

from xindun.record.exposure.actions.commitments import commit, lock_holders
from xindun.record.exposure.actions.ledger import (
    CREATE_POSTINGS,
    POSTINGS_TABLE,
    post_bulk,
)

__all__ = ["CREATE_POSTINGS", "POSTINGS_TABLE", "commit", "lock_holders", "post_bulk"]
