"""Questions: which lists are loaded, what was found, where a party stands."""

from xindun.record.screening.reads.hits import (
    SORTS,
    NoSuchHit,
    hit,
    hits_after,
    hits_of,
    hits_page,
    iter_hits,
    opinion,
)
from xindun.record.screening.reads.lists import list_versions, newest_versions
from xindun.record.screening.reads.standing import (
    has_stopping_hit,
    standing,
    standings,
    thresholds,
)

__all__ = [
    "SORTS",
    "NoSuchHit",
    "has_stopping_hit",
    "hit",
    "hits_after",
    "hits_of",
    "hits_page",
    "iter_hits",
    "list_versions",
    "newest_versions",
    "opinion",
    "standing",
    "standings",
    "thresholds",
]
