"""Tables of this context."""

from xindun.prevention.limits.models.granted import GrantedLimit
from xindun.prevention.limits.models.recommended import LimitRecommendation
from xindun.prevention.limits.models.requests import LimitRequest, LimitStep

__all__ = ["GrantedLimit", "LimitRecommendation", "LimitRequest", "LimitStep"]
