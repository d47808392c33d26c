"""``xindun events import``: record court lists and gazettes in the files of customers.

What a reader would get wrong: one row that cannot be recorded stops the whole file, unless
``--rejects`` says where such rows go.
"""

from __future__ import annotations

import csv
import getpass
import json
from datetime import UTC, datetime
from hashlib import file_digest
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xindun.cli.companies import company_of
from xindun.cli.import_ledger import FileMissing
from xindun.kernel.errors import DomainError
from xindun.kernel.spreadsheets import guarded

if TYPE_CHECKING:
    from xindun.connectors.bureau.actions.events import Imported

app = typer.Typer(no_args_is_help=True, help="Record public events of companies from a file.")


class UnknownEventKind(DomainError):
    """No event of the catalogue."""

    code = "unknown_event_kind"
    sentence = "{kind} is no kind of public event; the kinds are {kinds}."


@app.callback()
def main() -> None:
    """Keep ``import`` a subcommand."""


@app.command("import")
def import_events(
    file: Annotated[Path, typer.Argument(help="A list as CSV in UTF-8 or GB18030.")],
    source: Annotated[str, typer.Option(help="Who publishes it, always spelled the same.")],
    as_of: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="The day of the list.")],
    kind: Annotated[str, typer.Option(help="Kind of rows that name none.")] = "",
    currency: Annotated[str, typer.Option(help="Of amounts that name none.")] = "",
    rejects: Annotated[
        Path | None, typer.Option(help="Record the others; write rows that cannot be here.")
    ] = None,
    tenant: Annotated[str | None, typer.Option(help="The company's name or id.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Record a list of public events, all rows or none; the same again changes nothing."""
    if not file.is_file():
        raise FileMissing(file=file)
    from xindun.config import startup

    startup.start()
    from xindun.connectors.bureau.actions import import_events as record
    from xindun.connectors.bureau.event_files import Stated, read_events
    from xindun.kit.tenancy import tenant_scope
    from xindun.record.company_file.values import KINDS, FactKind
    from xindun.record.tenants.reads import machine_actor

    kinds = {each.value: each for each in FactKind if KINDS[each].event is not None}
    if kind and kind not in kinds:
        raise UnknownEventKind(kind=kind, kinds=", ".join(kinds))
    stated = Stated(source, as_of.date(), kinds.get(kind), currency.upper())
    now = datetime.now(UTC)
    with file.open("rb") as content:
        digest = file_digest(content, "sha256").hexdigest()
    with tenant_scope(company_of(tenant).id):
        done = record(
            machine_actor(f"cli:{getpass.getuser()}"),
            read_events(file, stated, retrieved_at=now),
            file_sha256=digest,
            whole=rejects is None,
            now=now,
        )
    _tell(done, rejects, as_json)
    if done.rejected and rejects is None:
        raise typer.Exit(1)


def _tell(done: Imported, rejects: Path | None, as_json: bool) -> None:
    if rejects is not None and done.rejected:
        with rejects.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(("line", "uscc", "lei", "name", "code", "reason"))
            for each in done.rejected:
                cells = (each.row.uscc, each.row.lei, each.row.name, each.why.code, str(each.why))
                writer.writerow((each.row.line, *map(guarded, cells)))
    told = {
        "recorded": done.recorded,
        "repeated": done.repeated,
        "rejected": [
            {"line": each.row.line, "code": each.why.code, "reason": str(each.why)}
            for each in done.rejected
        ],
    }
    if as_json:
        typer.echo(json.dumps(told, ensure_ascii=False))
        return
    for each in done.rejected:
        typer.echo(f"{each.row.line}: {each.row.name or each.row.uscc}: {each.why}", err=True)
    typer.echo(f"recorded {done.recorded}, repeated {done.repeated}, rejected {len(done.rejected)}")
