"""``xindun score``: grade companies now, and prove a grade from its stored inputs.

Exit codes of ``replay``: 0 it came out the same, 1 it did not, 2 there is no such grade.
"""

from __future__ import annotations

import getpass
import json
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

import typer

DIFFERS = 1

app = typer.Typer(help="Grade companies, and prove a grade.", no_args_is_help=True)


@app.command()
def run() -> None:
    """Grade every company's buyers whose inputs changed or whose grade is a month old."""
    from xindun.config import startup

    startup.start()
    from xindun.prevention.scoring.actions import regrade
    from xindun.record.tenants.reads import all_tenant_ids

    for tenant_id in all_tenant_ids():
        done = regrade(
            tenant_id, actor=f"cli:{getpass.getuser()}", now=datetime.now(UTC), trigger="command"
        )
        typer.echo(f"company {tenant_id}: {done.looked_at} buyers, {done.graded} graded")


@app.command()
def replay(
    grade: Annotated[UUID, typer.Argument(help="The grade's id.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Compute a grade again from its stored inputs, and say whether it is the same bit for bit."""
    from xindun.config import startup

    startup.start()
    from xindun.kit.tenancy import tenant_scope
    from xindun.prevention.scoring.actions import replay_grade

    with tenant_scope(_tenant_of(grade)):
        found = replay_grade(grade)
    if as_json:
        typer.echo(json.dumps(asdict(found) | {"public_id": str(found.public_id)}))
    elif found.same:
        typer.echo(f"The same: {found.computed_hash}")
    else:
        typer.echo(f"It comes out differently: {', '.join(found.differing) or 'hash'}")
    if not found.same:
        raise typer.Exit(DIFFERS)


def _tenant_of(grade: UUID) -> int:
    """The company that has this grade; ids are unique across all of them."""
    from xindun.kit.tenancy import tenant_scope
    from xindun.prevention.scoring import reads
    from xindun.record.tenants.reads import all_tenant_ids

    for tenant_id in all_tenant_ids():
        with tenant_scope(tenant_id):
            try:
                reads.grade(grade)
            except reads.UnknownGrade:
                continue
            return tenant_id
    raise reads.UnknownGrade(public_id=grade)
