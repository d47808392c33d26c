"""Names normalised, ordered, found and compared; everything here is pure."""

from xindun.record.parties.rules.names import (
    BadPartyName,
    check_party_name,
    name_key,
    question_key,
    search_key,
    sort_key,
)

__all__ = [
    "BadPartyName",
    "check_party_name",
    "name_key",
    "question_key",
    "search_key",
    "sort_key",
]
