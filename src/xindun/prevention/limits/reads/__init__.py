"""Questions about limits, inside the caller's tenant scope."""

from xindun.prevention.limits.reads.authority import person_of, standing_of
from xindun.prevention.limits.reads.granted import (
    granted_history,
    group_limit_in_force,
    limit_in_force,
    limits_for_gate,
    limits_of,
)
from xindun.prevention.limits.reads.recommended import HISTORY, history, latest_recommendation
from xindun.prevention.limits.reads.requests import (
    SORTS,
    RequestsPage,
    UnknownLimitRequest,
    count_waiting,
    group_roll_up,
    iter_requests,
    limit_request,
    notes_on,
    requests_after,
    requests_of,
    requests_page,
    steps_of,
    waits_for,
)

__all__ = [
    "HISTORY",
    "SORTS",
    "RequestsPage",
    "UnknownLimitRequest",
    "count_waiting",
    "granted_history",
    "group_limit_in_force",
    "group_roll_up",
    "history",
    "iter_requests",
    "latest_recommendation",
    "limit_in_force",
    "limit_request",
    "limits_for_gate",
    "limits_of",
    "notes_on",
    "person_of",
    "requests_after",
    "requests_of",
    "requests_page",
    "standing_of",
    "steps_of",
    "waits_for",
]
