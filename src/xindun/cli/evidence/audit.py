"""``xindun evidence audit``: check every row of the evidence in the database.

Exit codes: 0 all holds, 1 something does not.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from xindun.cli.evidence.export import Company

if TYPE_CHECKING:
    from xindun.record.evidence.values import Finding

WRONG = 1


def audit(
    tenant: Company = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Check records, log, heads and keys in the database; of all companies unless one is named."""
    from xindun.config import startup

    startup.start()
    from xindun.cli.companies import company_of
    from xindun.kit.tenancy import tenant_scope
    from xindun.record.evidence import reads
    from xindun.record.tenants.reads import all_tenant_ids, current_tenant

    ids = [company_of(tenant).id] if tenant else all_tenant_ids()
    results = []
    for tenant_id in ids:
        with tenant_scope(tenant_id):
            found, state = list(reads.audit()), reads.log_state()
            name = current_tenant().name
        results.append({"company": name, "records": state.size, "pending": state.pending})
        results[-1]["findings"] = [asdict(each) for each in found]
        if not as_json:
            _say(name, state.size, state.pending, found)
    wrong = any(each["findings"] for each in results)
    if as_json:
        typer.echo(json.dumps({"holds": not wrong, "companies": results}, ensure_ascii=False))
    if wrong:
        raise typer.Exit(WRONG)


def _say(name: str, size: int, pending: int, found: list[Finding]) -> None:
    verdict = f"WRONG, {len(found)} findings" if found else "all holds"
    typer.echo(f"{name}: {size} records in the log, {pending} wait: {verdict}.")
    for each in found:
        typer.echo(f"  {each.where}, {each.field}: {each.what}")
