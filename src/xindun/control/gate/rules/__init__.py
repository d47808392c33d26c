"""What the gate decides, from facts and a policy alone."""

from xindun.control.gate.rules.authority import release_comes_to
from xindun.control.gate.rules.decide import decide
from xindun.control.gate.rules.neutral import NeutralCode, neutral
from xindun.control.gate.rules.position import Position, position_of

__all__ = [
    "NeutralCode",
    "Position",
    "decide",
    "neutral",
    "position_of",
    "release_comes_to",
]
