"""``xindun key``: make, list, rotate and revoke the keys by which other programs call the API.

What a reader would get wrong: the key is printed once, by ``create`` and ``rotate``, and cannot be
shown again. Only its SHA-256 is stored.
"""

from __future__ import annotations

import getpass
import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer

from xindun.cli.companies import company_of

if TYPE_CHECKING:
    from xindun.record.tenants.values import Actor, NewKey, Permission, StoredKey

app = typer.Typer(no_args_is_help=True, help="Make and end the keys of other programs.")

Company = Annotated[
    str | None, typer.Option("--tenant", help="The company's name or id; not needed when only one.")
]
Days = Annotated[int, typer.Option(min=1, help="How long the key is valid, at most 730 days.")]
Id = Annotated[UUID, typer.Argument(help="The key's id, as `xindun key list` shows it.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for another program.")]


@app.command()
def create(
    name: Annotated[str, typer.Argument(help="What the key is for, like the program's name.")],
    scope: Annotated[
        list[str], typer.Option(help="What its holder may do, like ledger.read; repeat it.")
    ],
    days: Days = 365,
    tenant: Company = None,
    as_json: Json = False,
) -> None:
    """Make a key and print it, once."""
    from xindun.config import startup

    startup.start()
    from xindun.kit.tenancy import tenant_scope
    from xindun.record.tenants import actions

    now = datetime.now(UTC)
    scopes = _scopes(scope)
    with tenant_scope(company_of(tenant).id):
        new = actions.create_key(
            _actor(), name=name, scopes=scopes, now=now, expires_at=now + timedelta(days=days)
        )
    _show_new(new, now, as_json=as_json)


@app.command("list")
def list_keys(tenant: Company = None, as_json: Json = False) -> None:
    """List the company's keys; none shows its secret."""
    from xindun.config import startup

    startup.start()
    from xindun.kit.tenancy import tenant_scope
    from xindun.record.tenants import reads

    now = datetime.now(UTC)
    with tenant_scope(company_of(tenant).id):
        rows = [_plain(key, now) for key in reads.api_keys()]
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False))
        return
    if not rows:
        typer.echo("No key yet. Make one with: xindun key create NAME --scope ledger.read")
    for row in rows:
        scopes = ", ".join(row["scopes"])
        typer.echo(f"{row['id']}  {row['state']}  {row['name']}  until {row['expires_at']}")
        typer.echo(f"    xd_{row['prefix']}_…  {scopes}")


@app.command()
def rotate(
    key_id: Id,
    days: Days = 365,
    overlap_hours: Annotated[
        int, typer.Option(min=0, help="How long the old key stays valid beside the new one.")
    ] = 24,
    tenant: Company = None,
    as_json: Json = False,
) -> None:
    """Make a new key of the same scopes; the old one runs out after the overlap."""
    from xindun.config import startup

    startup.start()
    from xindun.kit.tenancy import tenant_scope
    from xindun.record.tenants import actions

    now = datetime.now(UTC)
    with tenant_scope(company_of(tenant).id):
        new = actions.rotate_key(
            _actor(),
            key_id,
            now=now,
            overlap=timedelta(hours=overlap_hours),
            expires_at=now + timedelta(days=days),
        )
    _show_new(new, now, as_json=as_json)


@app.command()
def revoke(key_id: Id, tenant: Company = None) -> None:
    """End a key at once."""
    from xindun.config import startup

    startup.start()
    from xindun.kit.tenancy import tenant_scope
    from xindun.record.tenants import actions

    with tenant_scope(company_of(tenant).id):
        key = actions.revoke_key(_actor(), key_id, now=datetime.now(UTC))
    typer.echo(f"The key {key.name} ({key.public_id}) opens nothing any more.")


def _actor() -> Actor:
    from xindun.record.tenants.reads import machine_actor

    return machine_actor(f"cli:{getpass.getuser()}")


def _scopes(names: list[str]) -> frozenset[Permission]:
    from xindun.record.tenants.values import Permission

    try:
        return frozenset(Permission(name) for name in names)
    except ValueError as error:
        known = ", ".join(sorted(Permission))
        raise typer.BadParameter(f"Write one of: {known}.", param_hint="--scope") from error


def _show_new(new: NewKey, now: datetime, *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(_plain(new.key, now) | {"key": new.token}, ensure_ascii=False))
        return
    typer.echo(new.token)
    typer.echo("Keep it now: it is not stored and cannot be shown again.", err=True)


def _plain(key: StoredKey, now: datetime) -> dict[str, Any]:
    return {
        "id": str(key.public_id),
        "name": key.name,
        "prefix": key.prefix,
        "state": key.state(now).value,
        "scopes": sorted(scope.value for scope in key.scopes),
        "made_by": key.made_by,
        "created_at": key.created_at.isoformat(),
        "expires_at": key.expires_at.isoformat(),
        "last_used_at": key.last_used_at.isoformat() if key.last_used_at else None,
        "revoked_at": key.revoked_at.isoformat() if key.revoked_at else None,
    }
