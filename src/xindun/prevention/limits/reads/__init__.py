"""Questions about limits, inside the caller's tenant scope."""

from xindun.prevention.limits.reads.granted import (
    granted_history,
    group_limit_in_force,
    limit_in_force,
    limits_for_gate,
    limits_of,
)
from xindun.prevention.limits.reads.recommended import HISTORY, history, latest_recommendation

__all__ = [
    "HISTORY",
    "granted_history",
    "group_limit_in_force",
    "history",
    "latest_recommendation",
    "limit_in_force",
    "limits_for_gate",
    "limits_of",
]
