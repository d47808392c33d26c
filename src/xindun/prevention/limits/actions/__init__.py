"""The verbs: keep what a run recommends; request, decide and change limits."""

from xindun.prevention.limits.actions.changing import (
    NothingStands,
    record_insured,
    reduce,
    review,
    withdraw,
)
from xindun.prevention.limits.actions.clock import tick
from xindun.prevention.limits.actions.deciding import approve, refuse
from xindun.prevention.limits.actions.recommended import FORMULAS_JSON, record
from xindun.prevention.limits.actions.requesting import (
    NoGroup,
    RequestWaits,
    request_limit,
    take_back,
)
from xindun.prevention.limits.rules import (
    AloneTooEarly,
    BadLimitRequest,
    BeyondAuthority,
    MoreThanRequested,
    NoAuthority,
    NotLess,
    NotPossibleNow,
    OtherCurrency,
    OwnRequest,
    TemporaryNeedsEnd,
)

__all__ = [
    "FORMULAS_JSON",
    "AloneTooEarly",
    "BadLimitRequest",
    "BeyondAuthority",
    "MoreThanRequested",
    "NoAuthority",
    "NoGroup",
    "NotLess",
    "NotPossibleNow",
    "NothingStands",
    "OtherCurrency",
    "OwnRequest",
    "RequestWaits",
    "TemporaryNeedsEnd",
    "approve",
    "record",
    "record_insured",
    "reduce",
    "refuse",
    "request_limit",
    "review",
    "take_back",
    "tick",
    "withdraw",
]
