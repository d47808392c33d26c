"""What a fact must look like, which facts stand on a day, what conflicts, what counts."""

from xindun.record.company_file.rules.compare import compared
from xindun.record.company_file.rules.content import check_document
from xindun.record.company_file.rules.events import NotAnEvent, event_of, fact_of
from xindun.record.company_file.rules.facts import (
    EVENT_FIELDS,
    BadFact,
    FactInFuture,
    UnknownFactKind,
    check_fact,
    check_source,
)
from xindun.record.company_file.rules.standing import is_stale, standing

__all__ = [
    "EVENT_FIELDS",
    "BadFact",
    "FactInFuture",
    "NotAnEvent",
    "UnknownFactKind",
    "check_document",
    "check_fact",
    "check_source",
    "compared",
    "event_of",
    "fact_of",
    "is_stale",
    "standing",
]
