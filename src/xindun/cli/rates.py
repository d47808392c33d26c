"""``xindun rates``: load a file of exchange rates, and say which are at hand."""

from __future__ import annotations

import getpass
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from xindun.cli.companies import company_of
from xindun.cli.import_ledger import FileMissing

app = typer.Typer(no_args_is_help=True, help="Load and list dated exchange rates.")

Company = Annotated[
    str | None, typer.Option("--tenant", help="The company's name or id; not needed when only one.")
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for another program.")]


@app.command("import")
def import_rates(
    file: Annotated[
        Path, typer.Argument(help="The ECB's CSV or XML, or a CSV: date,currency,rate,base.")
    ],
    source: Annotated[str, typer.Option(help="Who publishes the rates of one's own CSV.")] = "",
    requote: Annotated[
        bool, typer.Option(help="Convert by this file's quotation currency from now on.")
    ] = False,
    tenant: Company = None,
    as_json: Json = False,
) -> None:
    """Load what a file of rates brings that is new."""
    from xindun.config import startup
    from xindun.connectors.rate_files import read_rates

    if not file.is_file():
        raise FileMissing(file=file)
    startup.start()
    from xindun.kit.tenancy import tenant_scope
    from xindun.record.reference.actions import load_rates
    from xindun.record.reference.reads import quotation
    from xindun.record.tenants.reads import machine_actor

    with tenant_scope(company_of(tenant).id):
        read = read_rates(file.read_bytes(), source=source, prefer=quotation())
        actor = machine_actor(f"cli:{getpass.getuser()}")
        load = load_rates(actor, read, requote=requote, now=datetime.now(UTC))
    if as_json:
        told = {
            "source": read.source,
            "quoted_in": read.quoted_in,
            "rates": len(read.quotes),
            "added": load.added if load else 0,
            "corrected": load.corrected if load else 0,
            "left_out": read.left_out,
        }
        typer.echo(json.dumps(told))
        return
    if read.left_out:
        typer.echo(f"Left out, no longer in ISO 4217: {', '.join(read.left_out)}")
    if load is None:
        typer.echo("Every rate of this file was known; nothing changed.")
        return
    typer.echo(
        f"{read.source}, quoted in {read.quoted_in}, {load.first_on} to {load.last_on}: "
        f"{load.added:,} rates added, {load.corrected:,} corrected, {load.unchanged:,} known."
    )


@app.command("list")
def list_rates(
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day; today in UTC if absent.")
    ] = None,
    tenant: Company = None,
    as_json: Json = False,
) -> None:
    """Say which rate of each currency counts on a day."""
    from xindun.config import startup

    startup.start()
    from xindun.kit.tenancy import tenant_scope
    from xindun.record.reference.reads import exchange

    with tenant_scope(company_of(tenant).id):
        table = exchange(on=(on or datetime.now(UTC)).date())
    if as_json:
        rates = [
            {
                "currency": each.currency,
                "per_unit": str(each.per_unit),
                "on": each.on.isoformat(),
                "source": each.source,
                "stale": table.is_stale(each),
            }
            for each in table.rates.values()
        ]
        typer.echo(json.dumps({"quoted_in": table.quoted_in, "rates": rates}))
        return
    if not table.rates:
        typer.echo("No rate counts on that day: xindun rates import eurofxref-hist.csv")
    for each in table.rates.values():
        old = "  too old" if table.is_stale(each) else ""
        typer.echo(
            f"1 {table.quoted_in} = {each.per_unit} {each.currency}  {each.on}  {each.source}{old}"
        )
