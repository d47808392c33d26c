"""Values that cross the border: payment scores by account, and the company grade by buyer."""

from xindun.prevention.scoring.values.company import (
    Change,
    CompanyGrade,
    CompanyReason,
    GradeInputs,
    GradeOverride,
    Lift,
    Outcome,
    OverrideOutcome,
    Peers,
    Regraded,
    Replayed,
    ReplayedBlock,
)
from xindun.prevention.scoring.values.late import LatePrediction
from xindun.prevention.scoring.values.payment import (
    Counterfactual,
    Reason,
    Scale,
    Score,
    Stamp,
    counterfactuals_of,
    decimal_or_none,
    reasons_of,
)

__all__ = [
    "Change",
    "CompanyGrade",
    "CompanyReason",
    "Counterfactual",
    "GradeInputs",
    "GradeOverride",
    "LatePrediction",
    "Lift",
    "Outcome",
    "OverrideOutcome",
    "Peers",
    "Reason",
    "Regraded",
    "Replayed",
    "ReplayedBlock",
    "Scale",
    "Score",
    "Stamp",
    "counterfactuals_of",
    "decimal_or_none",
    "reasons_of",
]
