"""Values that cross the border: recommended limits."""

from xindun.prevention.limits.values.recommended import (
    Formula,
    LimitRecommendation,
    formulas_of,
)

__all__ = ["Formula", "LimitRecommendation", "formulas_of"]
