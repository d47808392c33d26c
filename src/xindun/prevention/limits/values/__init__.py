"""Values that cross the border: recommended limits, requested ones and granted ones."""

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
from xindun.prevention.limits.values.requests import (
    CurrencyNote,
    FrozenRecommendation,
    LimitRequest,
    MemberLimit,
    NewRequest,
    NoteCode,
    Pays,
    RequestState,
    RequestStep,
    RollUp,
    Standing,
    Step,
    TradeReference,
)

__all__ = [
    "Change",
    "CurrencyNote",
    "Formula",
    "FrozenRecommendation",
    "GrantedLimit",
    "LimitInForce",
    "LimitKind",
    "LimitRecommendation",
    "LimitRequest",
    "MemberLimit",
    "NewRequest",
    "NoteCode",
    "Pays",
    "RequestState",
    "RequestStep",
    "RollUp",
    "Standing",
    "Step",
    "TradeReference",
    "formulas_of",
    "in_force",
]
