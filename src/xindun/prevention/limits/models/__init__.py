"""Tables of this context."""

from xindun.prevention.limits.models.recommended import LimitRecommendation

__all__ = ["LimitRecommendation"]
