"""Values that cross the border of this context."""

from xindun.prevention.credit_policy.values.policy import (
    BEST_GRADE,
    WORST_GRADE,
    Authority,
    Backing,
    CheckRule,
    CreditPolicy,
    Knockout,
    Reaction,
    RuleCode,
    Segment,
    Starter,
    Tier,
)
from xindun.prevention.credit_policy.values.versions import Difference, Draft, Version, VersionState

__all__ = [
    "BEST_GRADE",
    "WORST_GRADE",
    "Authority",
    "Backing",
    "CheckRule",
    "CreditPolicy",
    "Difference",
    "Draft",
    "Knockout",
    "Reaction",
    "RuleCode",
    "Segment",
    "Starter",
    "Tier",
    "Version",
    "VersionState",
]
