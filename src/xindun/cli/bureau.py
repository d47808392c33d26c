"""``xindun bureau``: read a report file into a buyer's company file, show what would be asked.

What a reader would get wrong: without ``--record`` a file is only read and shown. A golden copy of
gigabytes is read as it lies, and stored with the company's files once it is recorded.
"""

from __future__ import annotations

import getpass
import json
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer

from xindun.cli.companies import company_of
from xindun.cli.import_ledger import FileMissing
from xindun.kernel.errors import DomainError

if TYPE_CHECKING:
    from xindun.connectors.bureau.values import Report
    from xindun.record.parties.values import BuyerValue

app = typer.Typer(no_args_is_help=True, help="Read reports on buyers, and say what would be asked.")

Company = Annotated[
    str | None, typer.Option("--tenant", help="The company's name or id; not needed when only one.")
]
Buyer = Annotated[str, typer.Option("--buyer", help="The buyer's id, number or name.")]
Lei = Annotated[str, typer.Option("--lei", help="The buyer's LEI; finds it in a golden copy.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for another program.")]


class NotOneBuyer(DomainError):
    """None, or several."""

    code = "not_one_buyer"
    sentence = "{question} names {count} buyers; give the id, or a name that only one has."


class ReportRefused(DomainError):
    """The file was stored and could not be read."""

    code = "report_refused"
    sentence = "Nothing was recorded: {why}"


@app.command("import")
def import_report(
    file: Annotated[Path, typer.Argument(help="GLEIF golden copy, SEC company facts, or other.")],
    buyer: Buyer,
    lei: Lei = "",
    mapping: Annotated[
        Path | None, typer.Option(help="YAML file that says how to read any other format.")
    ] = None,
    record: Annotated[bool, typer.Option("--record", help="Record what was read.")] = False,
    tenant: Company = None,
    as_json: Json = False,
) -> None:
    """Read a report file; with --record, put its facts and statements into the buyer's file."""
    for path in (file, *([mapping] if mapping else [])):
        if not path.is_file():
            raise FileMissing(file=path)
    from xindun.config import startup

    startup.start()
    from xindun.connectors.bureau import actions, reads, stored
    from xindun.connectors.bureau.mapping import read_mapping
    from xindun.connectors.bureau.report_files import read_report
    from xindun.kit.outgoing import send
    from xindun.kit.tenancy import tenant_scope
    from xindun.record.parties import actions as parties
    from xindun.record.parties.reads import party_of
    from xindun.record.tenants.reads import machine_actor

    numbers = {"lei": lei.strip().upper()} if lei else {}
    if not record:
        rules = read_mapping(mapping.read_bytes()) if mapping else None
        report = read_report(file, shown=file.name, identifiers=numbers, mapping=rules)
        typer.echo(
            json.dumps(stored.to_json(report), ensure_ascii=False) if as_json else _told(report)
        )
        return
    tenant_id = company_of(tenant).id
    actor, now = machine_actor(f"cli:{getpass.getuser()}"), datetime.now(UTC)
    with tenant_scope(tenant_id), file.open("rb") as content:
        named = _buyer(buyer)
        party = party_of(named.id)
        if party is None:
            party = parties.open_party(actor, named.name, named.country, now=now)
            parties.match_buyer(actor, named.public_id, party.public_id, {}, now=now)
        with mapping.open("rb") if mapping else nullcontext() as rules_file:
            asked = actions.receive_file(
                actor,
                party.public_id,
                content,
                file_name=file.name,
                identifiers=numbers,
                mapping=rules_file,
                now=now,
            )
    # A worker may have begun it meanwhile; then this leaves it alone.
    actions.work(tenant_id, asked.public_id, clock=lambda: datetime.now(UTC), send=send)
    with tenant_scope(tenant_id):
        found = reads.enquiry(asked.public_id)
        if found.error is not None:
            raise ReportRefused(why=str(found.error["sentence"]).format_map(found.error["params"]))
        done = actions.confirm(actor, asked.public_id, party.public_id, now=datetime.now(UTC))
    outcome = done.outcome
    told: dict[str, Any] = {
        "enquiry": str(asked.public_id),
        "facts": outcome.facts if outcome else 0,
        "statements": outcome.statements if outcome else 0,
        "refused": [[what, code] for what, code, _params in (outcome.refused if outcome else ())],
    }
    if as_json:
        typer.echo(json.dumps(told))
        return
    typer.echo(f"Recorded: {told['facts']} new facts, {told['statements']} new statements.")
    for what, code in told["refused"]:
        typer.echo(f"Refused: {what} ({code}).")


@app.command()
def plan(buyer: Buyer, lei: Lei = "", tenant: Company = None, as_json: Json = False) -> None:
    """Show which source would be asked for what, and at what price; nobody is asked."""
    from xindun.config import startup

    startup.start()
    from xindun.connectors.bureau import reads
    from xindun.connectors.bureau.ports import Query
    from xindun.kit.tenancy import tenant_scope
    from xindun.record.parties.reads import party_of

    with tenant_scope(company_of(tenant).id):
        named = _buyer(buyer)
        party = party_of(named.id)
        query = Query(named.name, named.country or "", {"lei": lei.strip().upper()} if lei else {})
        steps = reads.steps_of(party.id if party else 0, query, now=datetime.now(UTC))
        currency = reads.terms().currency
    if as_json:
        rows = [
            {
                "source": each.code,
                "verdict": each.verdict.value,
                "lacking": dict(each.lacking),
                "price": str(each.price),
                "currency": currency,
            }
            for each in steps
        ]
        typer.echo(json.dumps(rows))
        return
    for each in steps:
        wanted = ", ".join(f"{kind} ({why})" for kind, why in each.lacking.items()) or "nothing"
        typer.echo(f"{each.title}: {each.verdict}, for {wanted}, {each.price} {currency}")


def _buyer(question: str) -> BuyerValue:
    """The one buyer that the question names.

    Raises:
        NotOneBuyer, UnknownBuyer: as named.
    """
    from xindun.record.parties import reads

    try:
        return reads.buyer(UUID(question))
    except ValueError:
        found = reads.search_buyers(question, limit=2)
        same = [each for each in found.rows if question in (each.name, each.buyer_key)]
        rows = same if len(same) == 1 else found.rows
        if len(rows) != 1:
            raise NotOneBuyer(question=question, count=found.total) from None
        return rows[0]


def _told(report: Report) -> str:
    lines = [
        f"{report.subject.name} ({report.format}), as of {report.as_of}:"
        f" {len(report.facts)} facts, {len(report.statements)} statements"
    ]
    lines += [f"  {each.kind}: {each.value} ({each.as_of})" for each in report.facts]
    lines += [
        f"  {each.ends_on} {each.standard} {each.currency}, filed {each.filed_on}"
        + (", restated" if each.restates else "")
        for each in report.statements
    ]
    lines += [f"  note: {each.code} {dict(each.params)}" for each in report.notices]
    return "\n".join([*lines, "Nothing was recorded; --record does."])
