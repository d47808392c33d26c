"""Questions about the company files of the current tenant."""

from xindun.record.company_file.reads.documents import (
    UnknownDocument,
    content_path,
    document,
    document_with,
    documents_of,
)
from xindun.record.company_file.reads.facts import (
    UnknownFact,
    conflicts_of,
    event_history_of,
    events_of,
    fact,
    facts_of,
    history_of,
)

__all__ = [
    "UnknownDocument",
    "UnknownFact",
    "conflicts_of",
    "content_path",
    "document",
    "document_with",
    "documents_of",
    "event_history_of",
    "events_of",
    "fact",
    "facts_of",
    "history_of",
]
