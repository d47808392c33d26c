"""Time stamps as others see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class TimeStamp:
    """An authority's word that a checkpoint existed by a time.

    Attributes:
        head: number of the tree head, whose checkpoint was stamped.
        size: records that it covers.
        stamped_at: by the authority's clock.
        answer: its whole answer, which ``openssl ts -verify`` reads too.
    """

    head: int
    size: int
    authority: str
    stamped_at: datetime
    received_at: datetime
    answer: bytes


@dataclass(frozen=True, slots=True)
class StampState:
    """How time stamping goes.

    Attributes:
        authority: the address that is asked; empty when none is configured.
        newest: the latest stamp of this log.
        failures: in a row since ``failing_since``, with the last one's code as ``reason``.
    """

    authority: str
    newest: TimeStamp | None
    failures: int = 0
    failing_since: datetime | None = None
    reason: str = ""
    next_try_at: datetime | None = None
