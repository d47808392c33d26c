"""Questions about payment scores and company grades, inside the caller's tenant scope."""

from xindun.prevention.scoring.reads.company import (
    UnknownGrade,
    grade,
    grade_history,
    grade_of,
    grades_in_force,
    peers_of,
)
from xindun.prevention.scoring.reads.late import late_predictions
from xindun.prevention.scoring.reads.overrides import override_outcomes
from xindun.prevention.scoring.reads.payment import HISTORY, history, latest_score

__all__ = [
    "HISTORY",
    "UnknownGrade",
    "grade",
    "grade_history",
    "grade_of",
    "grades_in_force",
    "history",
    "late_predictions",
    "latest_score",
    "override_outcomes",
    "peers_of",
]
