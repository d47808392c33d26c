"""``xindun person``: list, export and erase what a company knows about one of its people."""

from __future__ import annotations

import getpass
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from xindun.cli.companies import company_of

app = typer.Typer(no_args_is_help=True, help="List, export and erase what is known about a person.")

Company = Annotated[
    str | None, typer.Option("--tenant", help="The company's name or id; not needed when only one.")
]
Email = Annotated[str, typer.Argument(help="The person's address.")]


@app.command("list")
def list_places(email: Email, tenant: Company = None) -> None:
    """List where personal data of a person lie, and what an erasure would do with them."""
    with _company(tenant):
        for each in _dossier(email)["places"]:
            typer.echo(f"{each['rows']:>6}  {each['place']}  ({each['treatment']})")
            for law in each["laws"]:
                typer.echo(f"        kept under {law}")


@app.command()
def export(
    email: Email,
    out: Annotated[Path | None, typer.Option(help="The new file; else standard output.")] = None,
    tenant: Company = None,
) -> None:
    """Write everything known about a person as JSON."""
    from xindun.config.backups.places import new_file

    with _company(tenant):
        text = json.dumps(_dossier(email, rows=True), ensure_ascii=False, indent=1, default=str)
    if out is None:
        typer.echo(text)
        return
    with new_file(out.absolute()) as stream:
        stream.write(f"{text}\n".encode())
    typer.echo(f"{out} holds what is known about {email}; hand it over safely.")


@app.command()
def erase(
    email: Email,
    reason: Annotated[str, typer.Option(help="A code, such as asked_by_person.")] = (
        "asked_by_person"
    ),
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask again.")] = False,
    tenant: Company = None,
) -> None:
    """Erase a person: this cannot be undone. The evidence keeps salted hashes only."""
    if not yes:
        typer.confirm(f"Erase {email} for good?", abort=True)
    with _company(tenant):
        from xindun.record.privacy import actions, reads
        from xindun.record.tenants.reads import machine_actor

        member = reads.person_by_email(email)
        done = actions.erase_person(
            machine_actor(f"cli:{getpass.getuser()}"),
            member.public_id,
            now=datetime.now(UTC),
            reason=reason,
        )
    closed = "closed" if done.login_closed else "left open for the person's other companies"
    typer.echo(f"Erased {email}; the login is {closed}.")
    typer.echo(f"Kept, see `xindun person list`: {', '.join(done.kept)}.")


@contextmanager
def _company(tenant: str | None) -> Iterator[None]:
    from xindun.config import startup

    startup.start()
    from xindun.kit.tenancy import tenant_scope

    with tenant_scope(company_of(tenant).id):
        yield


def _dossier(email: str, *, rows: bool = False) -> dict[str, Any]:
    from xindun.record.privacy import reads
    from xindun.record.privacy.reads import LAWS

    found = reads.dossier(reads.person_by_email(email).public_id)
    return {
        "person": str(found.public_id),
        "email": found.email,
        "name": found.name,
        "places": [
            {
                "place": each.place.code,
                "treatment": each.place.treatment.value,
                "laws": [LAWS[code].name for code in each.place.laws],
                "rows": list(each.rows) if rows else len(each.rows),
            }
            for each in found.found
        ],
    }
