"""``xindun screening``: load sanctions lists, compare parties with them, say where it stands.

What a reader would get wrong: a public list is loaded once for every company of the installation;
right after it, each company's parties are compared with what changed.
"""

from __future__ import annotations

import getpass
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from xindun.cli.companies import company_of
from xindun.cli.import_ledger import FileMissing

if TYPE_CHECKING:
    from xindun.record.screening.values import ListVersion, Screened
    from xindun.record.tenants.values import Actor

app = typer.Typer(no_args_is_help=True, help="Load sanctions lists and compare parties with them.")

Company = Annotated[
    str | None, typer.Option("--tenant", help="The company's name or id; not needed when only one.")
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for another program.")]


@app.command()
def load(
    which: Annotated[
        str, typer.Argument(metavar="LIST", help="ofac, un, eu, uk; or watch, a company's own.")
    ],
    files: Annotated[
        list[Path], typer.Argument(help="The publisher's file; of OFAC's CSV all three.")
    ],
    shorter: Annotated[
        bool, typer.Option(help="Load it although much of the list is gone.")
    ] = False,
    tenant: Company = None,
    as_json: Json = False,
) -> None:
    """Load a list, then compare every company's parties with what changed in it."""
    from xindun.config import startup
    from xindun.connectors.sanctions_lists import read_list
    from xindun.record.screening.values import ListCode

    if which not in set(ListCode):
        known = ", ".join(ListCode)
        raise typer.BadParameter(f"Write one of: {known}.", param_hint="LIST")
    for file in files:
        if not file.is_file():
            raise FileMissing(file=file)
    read = read_list(ListCode(which), files)
    startup.start()
    from xindun.kit.tenancy import tenant_scope
    from xindun.record.screening import actions
    from xindun.record.tenants.reads import all_tenant_ids

    now = datetime.now(UTC)
    if read.code is ListCode.WATCH:
        tenants = [company_of(tenant).id]
        with tenant_scope(tenants[0]):
            version = actions.load_watch(_actor(), read, now=now)
    else:
        tenants = all_tenant_ids()
        version = actions.load_public(read, shorter=shorter, now=now)
    swept = []
    for tenant_id in tenants:
        with tenant_scope(tenant_id):
            found = actions.sweep(_actor(), now=now)
        if found is not None:
            swept.append(found)
    if as_json:
        told = None if version is None else _plain(version)
        typer.echo(json.dumps({"version": told, "swept": [*map(_counts, swept)]}))
        return
    if version is None:
        typer.echo("This very file was loaded last; nothing changed.")
    else:
        typer.echo(_line(version))
    for found in swept:
        typer.echo(
            f"Compared again: {found.parties:,} parties, {found.new_hits:,} new hits, "
            f"{found.open_hits:,} open."
        )


@app.command()
def run(
    everybody: Annotated[
        bool, typer.Option("--all", help="Everybody, not only whose screening is due.")
    ] = False,
    tenant: Company = None,
    as_json: Json = False,
) -> None:
    """Compare a company's parties with every list."""
    from xindun.config import startup

    startup.start()
    from xindun.kit.tenancy import tenant_scope
    from xindun.record.screening import actions
    from xindun.record.screening.values import Occasion

    now = datetime.now(UTC)
    found: Screened | None
    with tenant_scope(company_of(tenant).id):
        if everybody:
            found = actions.screen_parties(_actor(), Occasion.REVIEW, now=now)
        else:
            found = actions.screen_due(_actor(), now=now)
    if as_json:
        typer.echo(json.dumps(None if found is None else _counts(found)))
    elif found is None:
        typer.echo("Nobody's screening is due; --all compares everybody.")
    else:
        typer.echo(
            f"Compared {found.parties:,} parties ({found.subjects:,} names): "
            f"{found.new_hits:,} new hits, {found.open_hits:,} open."
        )


@app.command()
def status(tenant: Company = None, as_json: Json = False) -> None:
    """Say which lists are loaded, and where a company's parties stand."""
    from xindun.config import startup

    startup.start()
    from xindun.kit.tenancy import tenant_scope
    from xindun.record.parties import reads as parties
    from xindun.record.screening import reads

    with tenant_scope(company_of(tenant).id):
        versions = [*reads.newest_versions().values()]
        known = [each.id for each in parties.parties()]
        counts: dict[str, int] = {}
        for each in reads.standings(known, datetime.now(UTC)).values():
            counts[each.state.value] = counts.get(each.state.value, 0) + 1
    if as_json:
        typer.echo(json.dumps({"lists": [*map(_plain, versions)], "parties": counts}))
        return
    for version in versions:
        typer.echo(_line(version))
    if not versions:
        typer.echo("No list is loaded yet: xindun screening load ofac sdn.xml")
    for state, count in sorted(counts.items()):
        typer.echo(f"{state}: {count:,} parties")


def _actor() -> Actor:
    from xindun.record.tenants.reads import machine_actor

    return machine_actor(f"cli:{getpass.getuser()}")


def _line(version: ListVersion) -> str:
    dated = version.published_on.isoformat() if version.published_on else "not dated"
    return (
        f"{version.code.value}: {version.entries:,} entries, published {dated}, loaded "
        f"{version.loaded_at:%Y-%m-%d}; {version.added:,} added, {version.changed:,} changed, "
        f"{version.removed:,} removed."
    )


def _plain(version: ListVersion) -> dict[str, Any]:
    return {
        "list": version.code.value,
        "published_on": version.published_on.isoformat() if version.published_on else None,
        "sha256": version.sha256,
        "loaded_at": version.loaded_at.isoformat(),
        "entries": version.entries,
        "added": version.added,
        "changed": version.changed,
        "removed": version.removed,
    }


def _counts(found: Screened) -> dict[str, int]:
    return {
        "parties": found.parties,
        "subjects": found.subjects,
        "new_hits": found.new_hits,
        "open_hits": found.open_hits,
    }
