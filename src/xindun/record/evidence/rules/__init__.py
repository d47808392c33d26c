"""What is hashed and signed, byte by byte; pure, so that an outsider's check runs the same code."""

from xindun.record.evidence.rules.canonical import (
    NotEvidence,
    canonical,
    content,
    content_hash,
    plain,
    salted_hash,
)
from xindun.record.evidence.rules.checking import (
    check_head,
    check_keys,
    check_record,
    signer_of,
)
from xindun.record.evidence.rules.log import (
    STORED_LEVELS,
    head_text,
    key_is_signed,
    key_statement,
    leaf_entry,
    moment,
    origin,
    read_checkpoint,
)
from xindun.record.evidence.rules.stamps import stamp_is_due, wait_after

__all__ = [
    "STORED_LEVELS",
    "NotEvidence",
    "canonical",
    "check_head",
    "check_keys",
    "check_record",
    "content",
    "content_hash",
    "head_text",
    "key_is_signed",
    "key_statement",
    "leaf_entry",
    "moment",
    "origin",
    "plain",
    "read_checkpoint",
    "salted_hash",
    "signer_of",
    "stamp_is_due",
    "wait_after",
]
