"""Tables of the evidence: the records, and the log that proves them."""

from xindun.record.evidence.models.log import (
    EvidenceLog,
    LogEntry,
    LogKey,
    LogNode,
    TreeHead,
)
from xindun.record.evidence.models.records import (
    EvidenceRecord,
    PendingEvidence,
    PersonalContent,
)
from xindun.record.evidence.models.stamps import StampTrouble, TimeStamp

__all__ = [
    "EvidenceLog",
    "EvidenceRecord",
    "LogEntry",
    "LogKey",
    "LogNode",
    "PendingEvidence",
    "PersonalContent",
    "StampTrouble",
    "TimeStamp",
    "TreeHead",
]
