"""``xindun statements import``: record a buyer's statements from a file."""

from __future__ import annotations

import getpass
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from xindun.cli.companies import company_of
from xindun.cli.import_ledger import FileMissing
from xindun.kernel.errors import DomainError

if TYPE_CHECKING:
    from xindun.record.statements.values import NewStatement

app = typer.Typer(no_args_is_help=True, help="Record a buyer's statements from a file.")


class BuyerNotMatched(DomainError):
    """Statements belong to a company that the buyer is matched to."""

    code = "buyer_not_matched"
    sentence = "This buyer is not matched to a company yet; open a company file first."


class BadDollarRate(DomainError):
    """Not a positive number, or more of them than periods."""

    code = "bad_dollar_rate"
    sentence = "{value} is no rate: state US dollars for one unit, one for each closing day."


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
    usd_rate: Annotated[
        list[str] | None,
        typer.Option(help="US dollars for one unit on each closing day, the newest first."),
    ] = None,
    source: Annotated[str, typer.Option(help="Where it can be looked up.")] = "",
    tenant: Annotated[str | None, typer.Option(help="The company's name or id.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show, record nothing.")] = False,
) -> None:
    """Record every period of a statement file, all or none."""
    from xindun.config import startup
    from xindun.connectors.statement_files import Stated, read_draft, statements_of
    from xindun.record.statements.rules import check_figures
    from xindun.record.statements.values import AuditOpinion, Scope, Standard

    if not file.is_file():
        raise FileMissing(file=file)
    rates = [*map(_rate, usd_rate or [])]
    draft = read_draft(file)
    stated = Stated(
        unit=unit,
        currency=currency.upper(),
        standard=Standard(standard),
        scope=Scope(scope),
        source=source or file.name,
        audit_opinion=AuditOpinion(opinion),
        ends_on=ends_on and ends_on.date(),
        months=months,
    )
    digest = sha256(file.read_bytes()).hexdigest()
    news = statements_of(draft, stated, document_sha256=digest)
    for new, period in zip(news, draft.periods, strict=True):
        check_figures(new.figures, new.unit)
        unknown = f" ({', '.join(period.unknown)}?)" if period.unknown else ""
        typer.echo(f"{new.ends_on}: {len(new.figures.stated())}{unknown}")
    if dry_run:
        return
    startup.start()
    from xindun.kit.tenancy import tenant_scope
    from xindun.record.company_file.actions import store_document
    from xindun.record.company_file.values import DocumentKind
    from xindun.record.parties import reads as parties
    from xindun.record.statements.actions import record_statements
    from xindun.record.tenants.reads import machine_actor

    with tenant_scope(company_of(tenant).id):
        party = parties.party_of(parties.buyer(UUID(buyer)).id)
        if party is None:
            raise BuyerNotMatched
        actor, now = machine_actor(f"cli:{getpass.getuser()}"), datetime.now(UTC)
        with file.open("rb") as content:
            store_document(
                actor,
                party.public_id,
                content,
                file_name=file.name,
                kind=DocumentKind.STATEMENT,
                source=source or file.name,
                as_of=news[0].ends_on,
                now=now,
            )
        news = [_with_dollars(each, rate) for each, rate in zip_longest(news, rates)]
        for each in record_statements(actor, party.public_id, news, now=now):
            typer.echo(f"{each.ends_on} v{each.version} {each.public_id}")


def _rate(text: str) -> Decimal:
    try:
        rate = Decimal(text)
    except InvalidOperation as error:
        raise BadDollarRate(value=text) from error
    if not rate.is_finite() or rate <= 0:
        raise BadDollarRate(value=text)
    return rate


def _with_dollars(new: NewStatement | None, stated: Decimal | None) -> NewStatement:
    """The statement with the rate of its closing day: as stated, else by the company's own."""
    from xindun.record.statements.reads import dollar_rate

    if new is None:
        raise BadDollarRate(value=stated)
    return replace(new, usd_rate=stated or dollar_rate(new.currency, new.ends_on))
