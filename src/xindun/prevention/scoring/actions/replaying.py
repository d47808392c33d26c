"""Compute a stored grade again, from its stored inputs and its stored method alone."""

from __future__ import annotations

import json
from uuid import UUID

from xindun.engine.company_grades import graded
from xindun.engine.grade_changes import lifts
from xindun.prevention.scoring.actions.grading import outputs_of
from xindun.prevention.scoring.actions.method import method_of
from xindun.prevention.scoring.reads.company import stored_grade
from xindun.prevention.scoring.rules import hash_of
from xindun.prevention.scoring.values import Replayed


def replay_grade(public_id: UUID) -> Replayed:
    """Whether the grade comes out the same, bit for bit; writes nothing.

    Raises:
        UnknownGrade: this tenant has no such grade.
    """
    row = stored_grade(public_id)
    method = method_of(row.method)
    columns = json.loads(row.inputs)
    (result,) = graded([columns], method.model, method.policy)
    (lifted,) = lifts([columns], [result["grade"]], method.model, method.policy)
    computed, recorded = outputs_of(result, lifted), json.loads(row.outputs)
    # Through JSON once, as the recorded ones went: tuples become lists.
    computed = json.loads(json.dumps(computed))
    digest = hash_of(computed)
    inputs_same = hash_of(columns) == row.input_hash
    differing = [name for name in recorded if computed.get(name) != recorded[name]]
    return Replayed(
        public_id=public_id,
        same=inputs_same and digest == row.output_hash and not differing,
        recorded_hash=row.output_hash,
        computed_hash=digest,
        differing=(*([] if inputs_same else ["inputs"]), *differing),
    )
