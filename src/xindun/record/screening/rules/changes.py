"""What a new version of a list changed, entry by entry, and whether it may be believed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256

from xindun.kernel.errors import DomainError
from xindun.record.screening.values import Entry

SHRINKS_TO = 0.7
"""A public list that keeps fewer of its entries than this is taken for a broken download."""
_SMALL = 50


class ListShrank(DomainError):
    """Much of the list is gone."""

    code = "list_shrank"
    sentence = (
        "The file holds {now} entries and the version before {before}, so it is taken for"
        " incomplete. If the list was indeed shortened, load it with --shorter."
    )


@dataclass(frozen=True, slots=True)
class Changes:
    """Keys of entries that came, changed and went."""

    added: frozenset[str]
    changed: frozenset[str]
    removed: frozenset[str]

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


def entry_hash(entry: Entry) -> str:
    """SHA-256 in hex over all that the publisher says; a hit was cleared for exactly this."""
    said = json.dumps(asdict(entry), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(said.encode()).hexdigest()


def merged(entries: Iterable[Entry]) -> dict[str, Entry]:
    """Entries by key, without those that have no name; of two with one key the later counts."""
    return {each.key: each for each in entries if each.key and each.names}


def changes(before: Mapping[str, str], after: Mapping[str, str]) -> Changes:
    """The difference between two versions, each as key → hash.

    >>> changes({"1": "a", "2": "b"}, {"2": "c", "3": "d"})
    Changes(added=frozenset({'3'}), changed=frozenset({'2'}), removed=frozenset({'1'}))
    """
    both = before.keys() & after.keys()
    return Changes(
        added=frozenset(after.keys() - before.keys()),
        changed=frozenset(key for key in both if before[key] != after[key]),
        removed=frozenset(before.keys() - after.keys()),
    )


def check_size(before: int, now: int) -> None:
    """Refuse a version that lost a large part of the list.

    Raises:
        ListShrank: as the name says.
    """
    if before > _SMALL and now < before * SHRINKS_TO:
        raise ListShrank(before=before, now=now)
