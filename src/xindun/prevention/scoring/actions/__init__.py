"""The verbs of scoring: keep payment scores, grade companies, prove a grade, override one."""

from xindun.prevention.scoring.actions.drifting import measure_drift
from xindun.prevention.scoring.actions.grading import regrade, request_grades
from xindun.prevention.scoring.actions.overriding import (
    end_override,
    override_approved,
    propose_override,
)
from xindun.prevention.scoring.actions.predicting import predict_late
from xindun.prevention.scoring.actions.record import (
    COUNTERFACTUALS_JSON,
    REASONS_JSON,
    record,
)
from xindun.prevention.scoring.actions.replaying import replay_grade, replay_grades

__all__ = [
    "COUNTERFACTUALS_JSON",
    "REASONS_JSON",
    "end_override",
    "measure_drift",
    "override_approved",
    "predict_late",
    "propose_override",
    "record",
    "regrade",
    "replay_grade",
    "replay_grades",
    "request_grades",
]
