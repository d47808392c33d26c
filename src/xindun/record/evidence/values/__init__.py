"""Values that cross the border of this context: records, and the log they stand in."""

from xindun.record.evidence.values.checking import (
    Compared,
    Finding,
    Selection,
    Stamped,
    Verdict,
)
from xindun.record.evidence.values.listing import RecordFilter, RecordRow, RecordsPage
from xindun.record.evidence.values.log import (
    CheckedRecord,
    LogKey,
    LogState,
    Proof,
    SequencerRound,
    SigningKey,
    TreeHead,
    key_id_of,
)
from xindun.record.evidence.values.records import Evidence, Json, PersonalContent, Plain, Subject
from xindun.record.evidence.values.replay import Difference, Replayed
from xindun.record.evidence.values.stamps import StampState, TimeStamp

__all__ = [
    "CheckedRecord",
    "Compared",
    "Difference",
    "Evidence",
    "Finding",
    "Json",
    "LogKey",
    "LogState",
    "PersonalContent",
    "Plain",
    "Proof",
    "RecordFilter",
    "RecordRow",
    "RecordsPage",
    "Replayed",
    "Selection",
    "SequencerRound",
    "SigningKey",
    "StampState",
    "Stamped",
    "Subject",
    "TimeStamp",
    "TreeHead",
    "Verdict",
    "key_id_of",
]
