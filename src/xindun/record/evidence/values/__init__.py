"""Values that cross the border of this context: records, and the log they stand in."""

from xindun.record.evidence.values.log import (
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

__all__ = [
    "Difference",
    "Evidence",
    "Json",
    "LogKey",
    "LogState",
    "PersonalContent",
    "Plain",
    "Proof",
    "Replayed",
    "SequencerRound",
    "SigningKey",
    "Subject",
    "TreeHead",
    "key_id_of",
]
