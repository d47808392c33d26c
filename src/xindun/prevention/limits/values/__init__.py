"""Values that cross the border: recommended limits and granted ones."""

from xindun.prevention.limits.values.granted import (
    Change,
    GrantedLimit,
    LimitInForce,
    LimitKind,
    in_force,
)
from xindun.prevention.limits.values.recommended import (
    Formula,
    LimitRecommendation,
    formulas_of,
)

__all__ = [
    "Change",
    "Formula",
    "GrantedLimit",
    "LimitInForce",
    "LimitKind",
    "LimitRecommendation",
    "formulas_of",
    "in_force",
]
