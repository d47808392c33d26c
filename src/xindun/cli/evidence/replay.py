"""``xindun evidence replay``: compute a recorded decision again.

Exit codes: 0 it came out the same, 1 it did not, 2 it cannot be computed (the message says why).
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

import typer

DIFFERS = 1


def replay(
    record: Annotated[UUID, typer.Argument(help="The record's id.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Compute a recorded decision again, and say whether it comes out the same."""
    from xindun.config import startup

    startup.start()
    from xindun.kit.tenancy import tenant_scope
    from xindun.record.evidence import reads

    with tenant_scope(_tenant_of(record)):
        found = reads.replay(record, now=datetime.now(UTC))
    if as_json:
        typer.echo(json.dumps({"same": found.same, **asdict(found)}, ensure_ascii=False))
    elif found.same:
        typer.echo(f"The same: {', '.join(found.compared)}.")
    else:
        typer.echo("It comes out differently:")
        for each in found.differences:
            typer.echo(f"  {each.what}: recorded {each.recorded}, computed {each.computed or '-'}")
    if not found.same:
        raise typer.Exit(DIFFERS)


def _tenant_of(record: UUID) -> int:
    """The company that has this record; ids are unique across all of them."""
    from xindun.kit.tenancy import tenant_scope
    from xindun.record.evidence import reads
    from xindun.record.tenants.reads import all_tenant_ids

    for tenant_id in all_tenant_ids():
        with tenant_scope(tenant_id):
            if reads.record(record) is not None:
                return tenant_id
    raise reads.NoSuchRecord(record=record)
