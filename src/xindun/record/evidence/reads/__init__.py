"""Questions about the evidence of the current tenant: its records, and the log they stand in."""

from xindun.record.evidence.reads.audit import audit
from xindun.record.evidence.reads.checking import checked
from xindun.record.evidence.reads.exporting import export_lines
from xindun.record.evidence.reads.listing import NEWEST_FIRST, iter_records, kinds, records_page
from xindun.record.evidence.reads.log import (
    LogEmpty,
    NotInLog,
    checkpoint,
    checkpoint_of,
    consistency_proof,
    log_keys,
    log_state,
    newest_head,
    proof_of,
    public_keys,
    stored_hashes,
    tree_heads,
)
from xindun.record.evidence.reads.records import (
    is_intact,
    latest,
    personal_about,
    personal_of,
    record,
    records_after,
    records_of,
    subjects_by,
    subjects_holding,
    value_of,
)
from xindun.record.evidence.reads.replaying import (
    NoSuchRecord,
    NothingToReplay,
    RecordChanged,
    can_replay,
    replay,
)
from xindun.record.evidence.reads.stamps import stamp_covering, stamp_state, stamps
from xindun.record.evidence.rules import read_checkpoint

__all__ = [
    "NEWEST_FIRST",
    "LogEmpty",
    "NoSuchRecord",
    "NotInLog",
    "NothingToReplay",
    "RecordChanged",
    "audit",
    "can_replay",
    "checked",
    "checkpoint",
    "checkpoint_of",
    "consistency_proof",
    "export_lines",
    "is_intact",
    "iter_records",
    "kinds",
    "latest",
    "log_keys",
    "log_state",
    "newest_head",
    "personal_about",
    "personal_of",
    "proof_of",
    "public_keys",
    "read_checkpoint",
    "record",
    "records_after",
    "records_of",
    "records_page",
    "replay",
    "stamp_covering",
    "stamp_state",
    "stamps",
    "stored_hashes",
    "subjects_by",
    "subjects_holding",
    "tree_heads",
    "value_of",
]
