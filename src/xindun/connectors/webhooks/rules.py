"""How often to try, what an answer means, and what an event looks like on the wire.

What a reader would get wrong: a failing event holds back the later ones of its own subject only,
and only until it is accepted or dead. The schedule is the one that the Standard Webhooks
specification recommends: at once, 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from xindun.connectors.webhooks.values import TEST, TOPICS, EndpointState, Outcome
from xindun.kernel.errors import DomainError

WAITS = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
JITTER_RATIO = 0.2
DISABLE_AFTER = timedelta(days=5)
SECRET_OVERLAP = timedelta(hours=24)
KEEP_DELIVERED = timedelta(days=30)
KEEP_DEAD = timedelta(days=90)
ANSWER_LENGTH = 500
MOST_ENDPOINTS = 20
NOTE_LENGTH = 200
GONE = 410

MOVES = {
    EndpointState.ACTIVE: {EndpointState.PAUSED, EndpointState.DISABLED, EndpointState.REMOVED},
    EndpointState.PAUSED: {EndpointState.ACTIVE, EndpointState.REMOVED},
    EndpointState.DISABLED: {EndpointState.ACTIVE, EndpointState.REMOVED},
    EndpointState.REMOVED: set[EndpointState](),
}


class UnknownTopic(DomainError):
    """Nothing is ever published under this name."""

    code = "webhook_topic_unknown"
    sentence = "There is no topic {topic}."


class TooManyEndpoints(DomainError):
    """A company has as many endpoints as it may have."""

    code = "webhook_endpoints_full"
    sentence = "A company can have {most} webhooks at most."


class WrongEndpointStep(DomainError):
    """The endpoint's state does not allow this."""

    code = "webhook_step_wrong"
    sentence = "This is not possible while the webhook is {state}."


class NoteTooLong(DomainError):
    """The note does not fit."""

    code = "webhook_note_too_long"
    sentence = "The note can have {length} characters at most."


def check_topics(topics: Iterable[str]) -> tuple[str, ...]:
    """The topics sorted, each once.

    Raises:
        UnknownTopic: as named.
    """
    wanted = sorted(set(topics))
    for topic in wanted:
        if topic not in TOPICS:
            raise UnknownTopic(topic=topic)
    return tuple(wanted)


def check_note(note: str) -> str:
    """The note, trimmed.

    Raises:
        NoteTooLong: as named.
    """
    if len(note.strip()) > NOTE_LENGTH:
        raise NoteTooLong(length=NOTE_LENGTH)
    return note.strip()


def check_step(state: EndpointState, wanted: EndpointState) -> None:
    """Refuse a change of state that makes no sense.

    Raises:
        WrongEndpointStep: as named.
    """
    if wanted not in MOVES[state]:
        raise WrongEndpointStep(state=state.value)


def wants(topics: Collection[str], topic: str) -> bool:
    """Whether an endpoint with these topics gets an event; no topics means all."""
    return topic == TEST or not topics or topic in topics


def outcome_of(status: int | None) -> Outcome:
    """What an answer means: any 2xx accepts, 410 asks never to be called again.

    >>> outcome_of(204).value, outcome_of(302).value, outcome_of(410).value, outcome_of(None).value
    ('accepted', 'refused', 'gone', 'unreachable')
    """
    if status is None:
        return Outcome.UNREACHABLE
    if 200 <= status < 300:
        return Outcome.ACCEPTED
    return Outcome.GONE if status == GONE else Outcome.REFUSED


def next_try(
    attempts: int, now: datetime, *, chance: float, retry_after_seconds: int | None = None
) -> datetime | None:
    """When to try again after that many attempts; None when it was the last.

    Args:
        attempts: made so far, at least 1.
        chance: 0 to 1; up to a fifth of the wait is added by it, so that endpoints that failed
            together are not called together again.
        retry_after_seconds: the other side's wish, which can only lengthen the wait, to a day.
    """
    if attempts > len(WAITS):
        return None
    wait = WAITS[attempts - 1] * (1 + JITTER_RATIO * chance)
    if retry_after_seconds is not None:
        wait = max(wait, min(timedelta(seconds=retry_after_seconds), WAITS[-1]))
    return now + wait


def has_failed_too_long(failing_since: datetime | None, now: datetime) -> bool:
    """Whether no attempt has been accepted for so long that sending stops."""
    return failing_since is not None and now - failing_since >= DISABLE_AFTER


def message(
    *, topic: str, subject: str, number: int, occurred_at: datetime, payload: dict[str, Any]
) -> str:
    """The body that is signed and sent, as text: type, timestamp and data.

    >>> message(topic="a.b", subject="x:1", number=1, occurred_at=datetime(2025, 1, 2, tzinfo=UTC),
    ...     payload={})
    '{"type":"a.b","timestamp":"2025-01-02T00:00:00+00:00","data":{"subject":"x:1","number":1}}'
    """
    content = {
        "type": topic,
        "timestamp": occurred_at.astimezone(UTC).isoformat(),
        "data": {"subject": subject, "number": number, **payload},
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def message_id(public_id: UUID) -> str:
    """The value of the header ``webhook-id``: the same at each attempt and each replay."""
    return f"msg_{public_id.hex}"


def beginning(body: bytes) -> str:
    """The first characters of an answer, for people to read."""
    text = body.decode("utf-8", errors="replace")[:ANSWER_LENGTH]
    return "".join(each if each.isprintable() or each == "\n" else "·" for each in text)


def seconds_of(retry_after: str) -> int | None:
    """The header ``Retry-After`` where it counts seconds; dates are not followed."""
    return int(retry_after) if retry_after.isdecimal() and len(retry_after) < 10 else None
