"""What computing a decision again gave."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure that did not come out as it was recorded."""

    what: str
    recorded: str
    computed: str


@dataclass(frozen=True, slots=True)
class Replayed:
    """A decision computed again; nothing was written.

    Attributes:
        compared: the recorded figures that were compared, by name.
        differences: those that came out differently; none is the proof.
    """

    compared: tuple[str, ...]
    differences: tuple[Difference, ...]

    @property
    def same(self) -> bool:
        """Whether everything came out as it was recorded."""
        return not self.differences
