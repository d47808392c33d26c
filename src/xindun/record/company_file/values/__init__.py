"""What the company file takes in and tells others."""

from xindun.record.company_file.values.documents import Document, DocumentKind
from xindun.record.company_file.values.events import EventState, NewEvent, PublicEvent
from xindun.record.company_file.values.facts import (
    Comparison,
    Fact,
    Json,
    NewFact,
    Statement,
    Verdict,
)
from xindun.record.company_file.values.kinds import (
    KINDS,
    Compare,
    EventRule,
    FactKind,
    KindSpec,
    Severity,
    ValueType,
)

__all__ = [
    "KINDS",
    "Compare",
    "Comparison",
    "Document",
    "DocumentKind",
    "EventRule",
    "EventState",
    "Fact",
    "FactKind",
    "Json",
    "KindSpec",
    "NewEvent",
    "NewFact",
    "PublicEvent",
    "Severity",
    "Statement",
    "ValueType",
    "Verdict",
]
