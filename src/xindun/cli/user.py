"""``xindun user``: create and list the people who may sign in, and set a password.

What a reader would get wrong: a password is never an option. Options are visible to everybody in
the list of processes; it is typed, or read from standard input.
"""

from __future__ import annotations

import getpass
import json
import secrets
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from xindun.kernel.errors import DomainError

if TYPE_CHECKING:
    from xindun.record.tenants.values import Language, Tenant

app = typer.Typer(no_args_is_help=True, help="Create and list the people who may sign in.")

Json = Annotated[bool, typer.Option("--json", help="Print JSON for another program.")]


class CompanyUnclear(DomainError):
    """It is not clear which tenant is meant."""

    code = "company_unclear"
    sentence = "Name the company with --company; there are: {names}."


class ParticularsMissing(DomainError):
    """A new tenant needs more than its name."""

    code = "particulars_missing"
    sentence = "{company} is new; add --currency, --country and --time-zone to open it."


class PasswordsDiffer(DomainError):
    """The two typed passwords are not the same."""

    code = "passwords_differ"
    sentence = "The two passwords differ; nothing was changed."


class PasswordMissing(DomainError):
    """Standard input held nothing."""

    code = "password_missing"
    sentence = "No password came on standard input; nothing was changed."


@app.command()
def create(
    email: Annotated[str, typer.Argument(help="The address the person signs in with.")],
    name: Annotated[str, typer.Option(help="The person's name.")] = "",
    company: Annotated[str, typer.Option(help="The company; opened when it is new.")] = "",
    currency: Annotated[str, typer.Option(help="A new company's currency, like EUR.")] = "",
    country: Annotated[str, typer.Option(help="A new company's country, like DE.")] = "",
    time_zone: Annotated[str, typer.Option(help="Its time zone, like Europe/Berlin.")] = "",
    language: Annotated[str, typer.Option(help="en or zh-hans.")] = "en",
    generate: Annotated[bool, typer.Option(help="Make up a password and print it.")] = False,
    as_json: Json = False,
) -> None:
    """Create a login and let it into a company."""
    from xindun.config import startup

    startup.start()
    from django.db import transaction

    from xindun.kit.tenancy import tenant_scope
    from xindun.record.tenants import actions

    now, actor = datetime.now(UTC), f"cli:{getpass.getuser()}"
    spoken = _language(language)
    password = secrets.token_urlsafe(12) if generate else _password()
    with transaction.atomic():
        tenant = _company(company, currency, country, time_zone, spoken, actor, now)
        user = actions.create_user(
            email=email, password=password, name=name or email.split("@")[0], language=spoken
        )
        with tenant_scope(tenant.id):
            actions.add_member(email=user.email, actor=actor, now=now)
    if as_json:
        shown = {"email": user.email, "id": str(user.public_id), "company": tenant.name}
        typer.echo(json.dumps(shown | ({"password": password} if generate else {})))
        return
    typer.echo(f"{user.email} may sign in to {tenant.name}.")
    if generate:
        typer.echo(f"Password: {password}")


@app.command("list")
def list_users(as_json: Json = False) -> None:
    """List everybody who may sign in, and where."""
    from xindun.config import startup

    startup.start()
    from xindun.record.tenants import reads

    rows: list[dict[str, Any]] = [
        {
            "email": user.email,
            "name": user.name,
            "language": user.language.value,
            "active": user.is_active,
            "companies": [membership.tenant_name for membership in reads.memberships_of(user.id)],
        }
        for user in reads.all_users()
    ]
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False))
        return
    if not rows:
        typer.echo("Nobody yet. Create a login with: xindun user create EMAIL")
    for row in rows:
        off = "" if row["active"] else "  (switched off)"
        typer.echo(f"{row['email']}  {row['name']}  {', '.join(row['companies'])}{off}")


@app.command()
def password(
    email: Annotated[str, typer.Argument(help="Whose password.")],
    generate: Annotated[bool, typer.Option(help="Make up a password and print it.")] = False,
) -> None:
    """Set a new password; sessions signed in with the old one end."""
    from xindun.config import startup

    startup.start()
    from xindun.record.signin.actions import replace_password

    new = secrets.token_urlsafe(12) if generate else _password()
    replace_password(
        email=email, password=new, actor=f"cli:{getpass.getuser()}", now=datetime.now(UTC)
    )
    typer.echo(f"The password of {email} was changed.")
    if generate:
        typer.echo(f"Password: {new}")


@app.command("forget-factors")
def forget_factors(
    email: Annotated[str, typer.Argument(help="Whose second factors.")],
) -> None:
    """Remove passkeys, app and recovery codes of somebody who has lost them all."""
    from xindun.config import startup

    startup.start()
    from xindun.record.signin.actions import forget_factors as forget

    count = forget(email=email, actor=f"cli:{getpass.getuser()}", now=datetime.now(UTC))
    typer.echo(f"{email} signs in by password alone until a new second factor is set up.")
    typer.echo(f"Removed: {count}. Their sessions have ended.")


def _password() -> str:
    """Typed twice without an echo, or the first line of standard input."""
    if not sys.stdin.isatty():
        line = sys.stdin.readline().rstrip("\r\n")
        if not line:
            raise PasswordMissing
        return line
    first = getpass.getpass("Password: ")
    if first != getpass.getpass("Again: "):
        raise PasswordsDiffer
    return first


def _language(code: str) -> Language:
    from xindun.record.tenants.values import Language

    try:
        return Language(code.lower())
    except ValueError as error:
        raise typer.BadParameter("Write en or zh-hans.", param_hint="--language") from error


def _company(
    named: str,
    currency: str,
    country: str,
    time_zone: str,
    language: Language,
    actor: str,
    now: datetime,
) -> Tenant:
    """The company of that name, the only one when none is named, or a new one."""
    from xindun.record.tenants import actions
    from xindun.record.tenants.values import NewTenant

    found = _companies()
    if not named:
        if len(found) == 1:
            return found[0]
        raise CompanyUnclear(names=", ".join(each.name for each in found) or "none yet")
    for each in found:
        if named in (each.name, str(each.public_id)):
            return each
    if not (currency and country and time_zone):
        raise ParticularsMissing(company=named)
    new = NewTenant(
        name=named,
        base_currency=currency.upper(),
        time_zone=time_zone,
        country=country.upper(),
        language=language,
    )
    return actions.create_tenant(new, actor=actor, now=now)


def _companies() -> list[Tenant]:
    from xindun.kit.tenancy import tenant_scope
    from xindun.record.tenants import reads

    found = []
    for tenant_id in reads.all_tenant_ids():
        with tenant_scope(tenant_id):
            found.append(reads.current_tenant())
    return found
