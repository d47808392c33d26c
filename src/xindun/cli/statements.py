"""``xindun statements import``: record a buyer's statements from a file."""

from __future__ import annotations

import getpass
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from xindun.cli.companies import company_of
from xindun.cli.import_ledger import FileMissing
from xindun.kernel.errors import DomainError

app = typer.Typer(no_args_is_help=True, help="Record a buyer's statements from a file.")


class BuyerNotMatched(DomainError):
    """Statements belong to a company that the buyer is matched to."""

    code = "buyer_not_matched"
    sentence = "This buyer is not matched to a company yet; open a company file first."


class ClosingDayMissing(DomainError):
    """The file names no closing day."""

    code = "closing_day_missing"
    sentence = "The file names no closing day of {period}; state the newest with --ends-on."


@app.callback()
def main() -> None:
    """Keep ``import`` a subcommand."""


@app.command("import")
def import_statements(
    file: Annotated[Path, typer.Argument(help="A statement file: XLSX or CSV.")],
    buyer: Annotated[str, typer.Option(help="The buyer's id, as in the address of its page.")],
    unit: Annotated[int, typer.Option(help="What the amounts are written in: 10000 for 万元.")],
    scope: Annotated[str, typer.Option(help="consolidated or single.")],
    currency: Annotated[str, typer.Option(help="ISO 4217 code, for example CNY.")],
    standard: Annotated[str, typer.Option(help="cas, ifrs, us_gaap or other.")] = "cas",
    opinion: Annotated[str, typer.Option(help="The auditor's opinion.")] = "none_stated",
    ends_on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The newest closing day.")
    ] = None,
    months: Annotated[int | None, typer.Option(min=1, max=24, help="Months covered.")] = None,
    source: Annotated[str, typer.Option(help="Where it can be looked up.")] = "",
    tenant: Annotated[str | None, typer.Option(help="The company's name or id.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show, record nothing.")] = False,
) -> None:
    """Record every period of a statement file, all or none."""
    from xindun.config import startup
    from xindun.connectors.statement_files import closing_days, read_draft
    from xindun.record.statements.rules import check_figures, starts_of
    from xindun.record.statements.values import (
        AuditOpinion,
        NewStatement,
        Scope,
        SourceLine,
        Standard,
    )

    if not file.is_file():
        raise FileMissing(file=file)
    draft = read_draft(file)
    days: list[date] = []
    for day, period in zip(
        closing_days(draft, ends_on and ends_on.date()), draft.periods, strict=True
    ):
        if day is None:
            raise ClosingDayMissing(period=period.key)
        days.append(day)
    news = [
        NewStatement(
            starts_on=starts_of(day, months or period.months or 12),
            ends_on=day,
            standard=Standard(standard),
            currency=currency.upper(),
            unit=unit,
            scope=Scope(scope),
            audit_opinion=AuditOpinion(opinion),
            figures=period.figures.scaled(unit),
            source=source or file.name,
            source_lines=tuple(
                SourceLine(each.name, each.amount * unit, each.line) for each in period.lines
            ),
            document_sha256=sha256(file.read_bytes()).hexdigest(),
        )
        for day, period in zip(days, draft.periods, strict=True)
    ]
    for new, period in zip(news, draft.periods, strict=True):
        check_figures(new.figures, new.unit)
        unknown = f" ({', '.join(period.unknown)}?)" if period.unknown else ""
        typer.echo(f"{new.ends_on}: {len(new.figures.stated())}{unknown}")
    if dry_run:
        return
    startup.start()
    from xindun.kit.tenancy import tenant_scope
    from xindun.record.parties import reads as parties
    from xindun.record.statements.actions import record_statements
    from xindun.record.tenants.reads import machine_actor

    with tenant_scope(company_of(tenant).id):
        party = parties.party_of(parties.buyer(UUID(buyer)).id)
        if party is None:
            raise BuyerNotMatched
        actor = machine_actor(f"cli:{getpass.getuser()}")
        for each in record_statements(actor, party.public_id, news, now=datetime.now(UTC)):
            typer.echo(f"{each.ends_on} v{each.version} {each.public_id}")
