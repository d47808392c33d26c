"""What every source is to the waterfall, whoever answers behind it.

What a reader would get wrong: a source that does not know the company is no failure. It answers
None, costs what it costs, and the next source is asked. A failure says whether asking later may
help (``retryable``); a wrong key does not heal by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, Protocol

from xindun.connectors.bureau.values import Report
from xindun.kernel.errors import DomainError
from xindun.kit.outgoing import Answer

Send = Callable[..., Answer]
"""``kit.outgoing.send``, or in tests somebody who answers from a recording."""


class SourceFailed(DomainError):
    """No usable answer; ``retryable`` says whether later may be better."""

    code = "bureau_failed"
    sentence = "{source} did not answer as it should (status {status})."
    retryable: ClassVar[bool] = False


class SourceBusy(SourceFailed):
    """The source limits how often it is asked, or is down for a while."""

    code = "bureau_busy"
    sentence = "{source} cannot answer now (status {status}); ask again in {seconds} seconds."
    retryable = True


class KeyRefused(SourceFailed):
    """The source knows no such key, or the key may not do this."""

    code = "bureau_key_refused"
    sentence = "{source} refuses the key; check it in the settings of the sources."


class KeyMissing(SourceFailed):
    """The source wants a key and none is set."""

    code = "bureau_key_missing"
    sentence = "{source} needs a key; set it in the settings of the sources."


@dataclass(frozen=True, slots=True)
class Query:
    """Whom to report on.

    Attributes:
        country: ISO 3166-1 alpha-2, empty where it is not known.
        identifiers: scheme → number.
    """

    name: str
    country: str = ""
    identifiers: Mapping[str, str] = field(default_factory=dict)


class BureauSource(Protocol):
    """One source of reports.

    Attributes:
        code: stable, stands in settings and purchases.
        title: as people call it.
        provides: kinds of facts that it can tell, ``statements`` among them.
        needs_key: whether the company must have a key of its own.
    """

    code: str
    title: str
    provides: frozenset[str]
    needs_key: bool

    def covers(self, query: Query) -> bool:
        """Whether it can be asked about this company: by its identifiers, without a call."""
        ...

    def fetch(self, query: Query, *, key: str, now: datetime, send: Send) -> Report | None:
        """The report, or None where the source does not know the company.

        Raises:
            SourceFailed, OutgoingFailed: with ``retryable``.
        """
        ...


@dataclass(frozen=True, slots=True)
class Told:
    """One answer of an interface: its JSON and the bytes it came as."""

    value: Any
    body: bytes
