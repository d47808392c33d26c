"""Values that cross the border of this context."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class GuessOf(StrEnum):
    """What a guess counts against; ``rules.PATIENCE`` says how many are free."""

    ACCOUNT = "account"
    """An e-mail address, whether somebody signs in with it or not."""
    ADDRESS = "address"
    """The network address that the guess came from."""
    CODE = "code"
    """A person's second factor."""


@dataclass(frozen=True, slots=True)
class Guess:
    """One thing that a try counts against.

    Attributes:
        name: the e-mail address, network address or user; stored as a keyed hash only.
    """

    of: GuessOf
    name: str


@dataclass(frozen=True, slots=True)
class Held:
    """What a try met.

    Attributes:
        until: when to try again; None lets the try through.
        failures: wrong tries in a row, this one counted as wrong until it is forgiven.
        locks_until: from when the next try may be made if this one was wrong; None for at once.
    """

    until: datetime | None
    failures: int
    locks_until: datetime | None


@dataclass(frozen=True, slots=True)
class SessionClock:
    """When a session began and when it was last used."""

    signed_in_at: datetime
    seen_at: datetime

    def is_over(self, now: datetime, *, idle: timedelta, longest: timedelta) -> bool:
        """Whether the session was not used for ``idle``, or is older than ``longest``."""
        return now - self.seen_at >= idle or now - self.signed_in_at >= longest
