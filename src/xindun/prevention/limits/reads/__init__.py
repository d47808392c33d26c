"""Questions about limits, inside the caller's tenant scope."""

from xindun.prevention.limits.reads.recommended import HISTORY, history, latest_recommendation

__all__ = ["HISTORY", "history", "latest_recommendation"]
