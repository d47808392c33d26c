"""Compute stored grades again, from their stored inputs and their stored method alone.

What a reader would get wrong: nothing of today goes in. The model may have been replaced and the
company's file may have grown since; neither is looked at.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from xindun.engine.company_grades import graded
from xindun.engine.grade_changes import lifts
from xindun.kernel.merkle import merkle_root
from xindun.kit.tenancy import current_tenant_id
from xindun.prevention.scoring.actions.grading import outputs_of
from xindun.prevention.scoring.actions.method import method_of
from xindun.prevention.scoring.models import CompanyGrade
from xindun.prevention.scoring.reads.company import stored_grade
from xindun.prevention.scoring.rules import hash_of
from xindun.prevention.scoring.values import Replayed, ReplayedBlock

SHOWN = 20


def replay_grade(public_id: UUID) -> Replayed:
    """Whether the grade comes out the same, bit for bit; writes nothing.

    Raises:
        UnknownGrade: this tenant has no such grade.
    """
    (found,) = _replayed([stored_grade(public_id)])
    return found


def replay_grades(
    *, as_of: date, known_at: datetime, method: str, first: UUID, grades: int
) -> ReplayedBlock:
    """The grades that one record of evidence covers, computed again; writes nothing.

    Args:
        first: the first grade that the record covers; the others follow it as they were written.
        grades: how many it covers.

    Raises:
        UnknownGrade: the first is not stored.
    """
    given = CompanyGrade.objects.filter(
        tenant_id=current_tenant_id(), as_of=as_of, known_at=known_at, method=method
    )
    rows = list(given.filter(id__gte=stored_grade(first).id).order_by("id")[:grades])
    found = _replayed(rows)
    return ReplayedBlock(
        grades=len(found),
        root=merkle_root(bytes.fromhex(each.computed_hash) for each in found).hex(),
        differing=tuple(each.public_id for each in found if not each.same)[:SHOWN],
    )


def _replayed(rows: Sequence[CompanyGrade]) -> list[Replayed]:
    """Each row against what comes out now; all were given by one method."""
    if not rows:
        return []
    method = method_of(rows[0].method)
    columns = [json.loads(row.inputs) for row in rows]
    results = graded(columns, method.model, method.policy)
    lifted = lifts(columns, [each["grade"] for each in results], method.model, method.policy)
    found: list[Replayed] = []
    for row, asked, result, changes in zip(rows, columns, results, lifted, strict=True):
        # Through JSON once, as the recorded ones went: tuples become lists.
        computed = json.loads(json.dumps(outputs_of(result, changes)))
        recorded, digest = json.loads(row.outputs), hash_of(computed)
        inputs_same = hash_of(asked) == row.input_hash
        differing = [name for name in recorded if computed.get(name) != recorded[name]]
        found.append(
            Replayed(
                public_id=row.public_id,
                same=inputs_same and digest == row.output_hash and not differing,
                recorded_hash=row.output_hash,
                computed_hash=digest,
                differing=(*([] if inputs_same else ["inputs"]), *differing),
            )
        )
    return found
