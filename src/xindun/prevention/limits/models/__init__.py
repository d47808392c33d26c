"""Tables of this context."""

from xindun.prevention.limits.models.granted import GrantedLimit
from xindun.prevention.limits.models.recommended import LimitRecommendation

__all__ = ["GrantedLimit", "LimitRecommendation"]
