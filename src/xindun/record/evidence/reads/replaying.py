"""Compute a recorded decision again, and say whether it comes out the same.

What a reader would get wrong: "the same" is measured against the record and never against what
today's tables say was decided, which is the very thing a replay is there to check.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from xindun.kernel.errors import DomainError
from xindun.record.evidence.ports import replayer_of
from xindun.record.evidence.reads.records import is_intact, record
from xindun.record.evidence.values import Replayed


class NoSuchRecord(DomainError):
    """This tenant has no such record."""

    code = "no_such_record"
    sentence = "There is no evidence record {record}."


class NothingToReplay(DomainError):
    """The record states a fact; nothing was computed."""

    code = "nothing_to_replay"
    sentence = "A record of {kind} states what happened; there is nothing to compute again."


class RecordChanged(DomainError):
    """The record's content does not have the hash that stands beside it."""

    code = "record_changed"
    sentence = "The record {record} was changed after it was written; run xindun evidence audit."


def can_replay(kind: str) -> bool:
    """Whether records of this kind are decisions that can be computed again."""
    return replayer_of(kind) is not None


def replay(record_id: UUID, *, now: datetime) -> Replayed:
    """Compute the decision of a record (public id) again; runs in the caller's tenant scope.

    Raises:
        NoSuchRecord, RecordChanged, NothingToReplay: as named.
        DomainError: whatever makes it impossible, such as a stored file that is gone or a model
            that this version no longer has.
    """
    found = record(record_id)
    if found is None:
        raise NoSuchRecord(record=record_id)
    if not is_intact(found):
        raise RecordChanged(record=record_id)
    replayer = replayer_of(found.kind)
    if replayer is None:
        raise NothingToReplay(kind=found.kind)
    return replayer(found, now=now)
