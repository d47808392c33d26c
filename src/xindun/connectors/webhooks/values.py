"""Values that cross the border of this connector, and the catalogue of topics."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

TEST = "xindun.test"
"""The topic of the test button; every endpoint gets it, asked for or not."""

TOPICS = {
    "import.finished": "A ledger file was imported.",
    "import.failed": "The import of a ledger file failed; the ledger is unchanged.",
    "ledger.changed": "The ledger has a new version.",
    "portfolio.reviewed": "A portfolio run finished; grades and the list for today are new.",
    "action.marked": "Somebody said what became of an action of the list for today.",
    "order.held": "A checked order is held.",
    "order.refused": "A checked order is refused by the rules.",
    "order.released": "A held order may go ahead.",
    "order.declined": "A held order was turned down.",
    "limit.requested": "A limit was requested.",
    "limit.escalated": "A request for a limit moved on to the next authority.",
    "limit.decided": "A request for a limit was decided or taken back.",
    "limit.changed": "A limit was granted, reviewed, reduced, withdrawn, or began or ended.",
    "security.changed": "A security was registered, accepted, preserved or released.",
    "security.ending": "A security ends soon, or a guarantor is free soon.",
    "member.added": "A person joined the company.",
    "member.role_changed": "A member has another role.",
    "member.deactivated": "A membership ended.",
    "member.reactivated": "A former member is back.",
    "key.created": "An API key was made.",
    "key.rotated": "An API key got a successor.",
    "key.revoked": "An API key was revoked.",
}
"""Topic → what it says. A topic is never renamed: programs elsewhere depend on it."""


class EndpointState(StrEnum):
    """Whether events are sent to an endpoint."""

    ACTIVE = "active"
    PAUSED = "paused"
    DISABLED = "disabled"
    REMOVED = "removed"


class DisabledBecause(StrEnum):
    """Why Xindun itself stopped sending."""

    GONE = "gone"
    FAILING = "failing"


class DeliveryState(StrEnum):
    """What became of one event for one endpoint."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    DEAD = "dead"


class Outcome(StrEnum):
    """What one attempt came to."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    GONE = "gone"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An address that wants events.

    Attributes:
        topics: what it wants; empty for everything.
        failing_since: since when no attempt has been accepted, None while all is well.
        secret_ends_at: until when the former secret still signs too, None without one.
    """

    id: int
    public_id: UUID
    url: str
    note: str
    topics: tuple[str, ...]
    state: EndpointState
    disabled_because: DisabledBecause | None
    failing_since: datetime | None
    made_at: datetime
    secret_ends_at: datetime | None
    waiting: int = 0
    dead: int = 0


@dataclass(frozen=True, slots=True)
class NewEndpoint:
    """An endpoint just made, or its new secret; the only moment the secret is seen."""

    endpoint: Endpoint
    secret: str


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try.

    Attributes:
        status: of the answer, None where there was none.
        error: code of the refusal or failure where there was no answer.
        answer: the first bytes of the answer's body.
    """

    tried_at: datetime
    outcome: Outcome
    status: int | None
    error: str
    milliseconds: int
    answer: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """One event for one endpoint."""

    public_id: UUID
    message_id: UUID
    endpoint_public_id: UUID
    url: str
    topic: str
    subject: str
    number: int
    state: DeliveryState
    attempts: int
    occurred_at: datetime
    next_try_at: datetime | None
    finished_at: datetime | None
    last_status: int | None
    last_error: str
    last_milliseconds: int | None


@dataclass(frozen=True, slots=True)
class Call:
    """What is sent once, signed for this moment."""

    delivery_id: int
    url: str
    body: bytes
    headers: dict[str, str]


@dataclass(frozen=True, slots=True)
class Tried:
    """What came back, before the rules judge it."""

    tried_at: datetime
    milliseconds: int
    status: int | None = None
    error: str = ""
    answer: str = ""
    retry_after_seconds: int | None = None


@dataclass(frozen=True, slots=True)
class DeliveryFilter:
    """Which deliveries a list shows; empty text means all."""

    state: str = ""
    topic: str = ""
    search: str = ""
    endpoint: UUID | None = None


@dataclass(frozen=True, slots=True)
class DeliveriesPage:
    """A page of deliveries; ``sort`` is the order that was applied, ``-`` in front for falling."""

    rows: tuple[Delivery, ...]
    total: int
    page: int
    pages: int
    sort: str
