"""What a check of the log says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from xindun.record.evidence.values.log import TreeHead


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it was sequenced, and where.

    Attributes:
        where: ``record 17``, ``head 3``, ``key 1``, ``node 2 of level 4``, ``line 9`` …
        field: the column or part, as exactly as it can be told.
        what: the sentence for a person, in English.
    """

    where: str
    field: str
    what: str


@dataclass(frozen=True, slots=True)
class Selection:
    """Which records an export holds; neither means all, which alone proves completeness."""

    subject: tuple[str, str] | None = None
    since: datetime | None = None

    @property
    def is_all(self) -> bool:
        """Whether nothing is left out."""
        return self.subject is None and self.since is None


@dataclass(frozen=True, slots=True)
class Compared:
    """A checkpoint that was kept outside: its size, and whether the log still agrees with it.

    ``agrees`` is None where the export holds nothing to compare by.
    """

    size: int
    agrees: bool | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Stamped:
    """A time stamp in an export: the first ``size`` records existed by ``at``.

    ``verified`` is None where no certificate of an authority was given, or nothing tells whether
    the log still begins with what was stamped.
    """

    size: int
    at: datetime
    authority: str
    verified: bool | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the offline check of an export found.

    Attributes:
        complete: whether the export claims to hold every record of the log.
        head: the signed tree head everything was checked against.
        records: how many were checked.
        pending: records in the export that were not sequenced: no proof covers them.
        key_given: whether the key came from outside; otherwise it is the file's own word.
        unchecked: kinds of lines this check does not know, and how many.
        findings: everything that is wrong; empty means that all holds.
    """

    log: str
    complete: bool
    head: TreeHead
    records: int
    pending: int
    key_id: str
    key_given: bool
    checkpoints: tuple[Compared, ...]
    unchecked: dict[str, int]
    findings: tuple[Finding, ...]
    stamps: tuple[Stamped, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings
