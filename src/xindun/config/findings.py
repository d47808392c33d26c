"""What a check says: one value, for the doctor, for the screen and for JSON alike."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Literal

State = Literal["ok", "note", "wrong"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One check's answer.

    Attributes:
        name: stable, for programs.
        what: what was found.
        why: why it matters; said when it is not ok.
        mend: what to do about it.
    """

    name: str
    state: State
    what: str
    why: str = ""
    mend: str = ""

    def as_json(self) -> dict[str, str]:
        """All parts as text."""
        return asdict(self)


def ok(name: str, what: str) -> Finding:
    """All is well."""
    return Finding(name, "ok", what)


def note(name: str, what: str, why: str = "", mend: str = "") -> Finding:
    """Worth knowing, and no fault."""
    return Finding(name, "note", what, why, mend)


def wrong(name: str, what: str, why: str, mend: str) -> Finding:
    """A fault."""
    return Finding(name, "wrong", what, why, mend)
