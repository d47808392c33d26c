"""What a run reviews: which ledger version, which day, which knowledge, which model.

What a reader would get wrong: without a knowledge time a run knows everything its ledger version
holds, whatever the clocks of two machines say to each other; with an earlier one it is
*restated*, says what was known then, and is never the current run.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

from xindun.control.monitoring.rules import day_to_review, local_day
from xindun.engine.parameters import Parameters
from xindun.engine.portfolio import Review, review
from xindun.engine.run import open_ledger
from xindun.kit.tenancy import tenant_scope
from xindun.prevention.scoring.reads import grades_in_force
from xindun.record.receivables.reads.ledger import ledger_state
from xindun.record.receivables.reads.mirror import open_mirror
from xindun.record.tenants.reads import current_tenant

BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that determines a run's figures."""

    folder: Path
    ledger_version: int
    as_of: date
    as_of_reason: str
    known_at: datetime
    restated: bool
    parameters: Parameters
    company_grades: Mapping[int, int]


@contextmanager
def planned(
    tenant_id: int,
    parameters: Parameters,
    now: datetime,
    as_of: date | None = None,
    known_at: datetime | None = None,
    *,
    with_company_grades: bool = True,
) -> Iterator[Plan]:
    """Decide what to review; the ledger's mirror is made first when it is behind.

    The mirror's folder stays as it is until the block ends, whatever is imported meanwhile.

    Args:
        with_company_grades: False for the replay of a run that used none.
    """
    with ExitStack() as stack:
        with tenant_scope(tenant_id):
            mirror = stack.enter_context(open_mirror())
            moved_on = ledger_state().last_movement_on
            zone = current_tenant().time_zone
        learned_at = mirror.recorded_at or now
        known = max(now, learned_at) if known_at is None else known_at
        today = local_day(now, zone)
        last = None if moved_on is None else min(moved_on, today)
        day, reason = day_to_review(today, last, as_of)
        restated = known < learned_at
        grades: Mapping[int, int] = {}
        if with_company_grades:
            with tenant_scope(tenant_id):
                grades = grades_in_force(as_of=day, known_at=known)
        yield Plan(mirror.folder, mirror.version, day, reason, known, restated, parameters, grades)


def compute(plan: Plan) -> Review:
    """The engine's figures; needs no database."""
    with open_ledger(plan.folder) as ledger:
        return review(
            ledger,
            as_of=plan.as_of,
            known_at=plan.known_at,
            parameters=plan.parameters,
            company_grades=plan.company_grades,
        )


def content_of(folder: Path) -> str:
    """SHA-256 over the names and bytes of the ledger's files: what exactly was looked at."""
    digest = sha256()
    for path in sorted(folder.rglob("*.parquet")):
        digest.update(path.relative_to(folder).as_posix().encode())
        with path.open("rb") as source:
            while block := source.read(BLOCK):
                digest.update(block)
    return digest.hexdigest()
