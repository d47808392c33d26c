"""``xindun demo``: the whole story on a synthetic ledger, first in the terminal, then in a browser.

What a reader would get wrong: it may be run any number of times. The sample, the company, the
login and the import are made once; the second start only looks whether they are there.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from datetime import UTC, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from xindun.record.tenants.values import User

app = typer.Typer(rich_markup_mode=None)

COMPANY = "Demo Trading (synthetic)"
SAMPLE = "sample-ledger.csv"
ACTOR = "cli:demo"


@app.command()
def demo(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="Port; default the first free from 8000.")
    ] = None,
    serve: Annotated[
        bool, typer.Option("--serve/--no-serve", help="Serve the console at the end.")
    ] = True,
) -> None:
    """Review the sample ledger in the terminal, then serve the console with it."""
    from xindun.cli import up
    from xindun.config.home import make_home
    from xindun.config.serving import check_port, free_port

    folder = make_home() / "demo"
    folder.mkdir(exist_ok=True)
    if serve:
        # Before anything is made: a taken port is the likeliest thing to go wrong.
        port = port or free_port(host, up.DEFAULT_PORT)
        check_port(host, port)
    sample = _sample(folder)
    _review(sample)
    typer.echo("\nPreparing the console: database, company, login, import, portfolio ...")
    started = up.prepare(host)
    try:
        login = _console(folder, sample)
    except BaseException:
        _stop(started)
        raise
    if serve and port:
        up.serve(
            host=host,
            port=port,
            workers=None,
            log_folder=make_home() / "logs",
            announce=login,
        )
        return
    typer.echo(login)
    _stop(started)


def _stop(started: bool) -> None:
    """Leave the server as it was found."""
    from xindun.config import startup

    if started:
        startup.finish()


def _sample(folder: Path) -> Path:
    """The synthetic ledger, written once; complete or not at all."""
    from xindun.cli.sample.slices import DEMO
    from xindun.cli.sample.writers import write_sample

    file = folder / SAMPLE
    if not file.exists():
        draft = folder / f".{SAMPLE}.{os.getpid()}"
        write_sample(draft, DEMO)
        draft.replace(file)
    typer.echo(f"Sample ledger (synthetic, no real company is meant): {file}\n")
    return file


def _review(sample: Path) -> None:
    """The same review that `xindun review` prints."""
    from xindun.cli.review import review
    from xindun.cli.sample.slices import DEMO

    review([sample], as_of=datetime.combine(DEMO.as_of, time()))
    typer.echo(f"\nThe same again: xindun review {sample} --as-of {DEMO.as_of}")


def _console(folder: Path, sample: Path) -> str:
    """Company, login, import and portfolio; returns what a visitor needs to sign in."""
    from xindun.cli.demo_orders import order_gate
    from xindun.config.production import DEMO_EMAIL
    from xindun.record.tenants import reads

    password, user = _login(folder)
    tenant_id = _company(user)
    _import(tenant_id, sample)
    _files(tenant_id)
    _portfolio(tenant_id)
    _grades(tenant_id)
    order_gate(tenant_id, user, now=datetime.now(UTC))
    companies = ", ".join(each.tenant_name for each in reads.memberships_of(user.id))
    return f"Sign in as {DEMO_EMAIL} with the password {password} ({companies})."


def _login(folder: Path) -> tuple[str, User]:
    """The demo's user, with a password of this home's own, kept in a file only its owner reads."""
    from django.contrib.auth import authenticate

    from xindun.config.production import DEMO_EMAIL
    from xindun.record.tenants import actions, reads

    file = folder / "login.json"
    kept: dict[str, Any] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    password = str(kept.get("password") or secrets.token_urlsafe(9))
    if not kept:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as out:
            json.dump({"email": DEMO_EMAIL, "password": password}, out)
    user = reads.user_by_email(DEMO_EMAIL)
    if user is None:
        user = actions.create_user(email=DEMO_EMAIL, password=password, name="Demo")
    elif authenticate(username=DEMO_EMAIL, password=password) is None:
        actions.set_password(email=DEMO_EMAIL, password=password)
    return password, user


def _company(user: User) -> int:
    """The demo's tenant; opened when its user belongs to none."""
    from django.db import transaction

    from xindun.kit.tenancy import tenant_scope
    from xindun.record.tenants import actions, reads
    from xindun.record.tenants.values import NewTenant

    mine = reads.memberships_of(user.id)
    if mine:
        return mine[0].tenant_id
    now = datetime.now(UTC)
    new = NewTenant(COMPANY, base_currency="EUR", time_zone="Europe/Berlin", country="DE")
    with transaction.atomic():
        tenant = actions.create_tenant(new, actor=ACTOR, now=now)
        with tenant_scope(tenant.id):
            actions.add_member(email=user.email, actor=ACTOR, now=now)
    return tenant.id


def _import(tenant_id: int, sample: Path) -> None:
    """The sample into the record, unless it stands there already."""
    from xindun.kit.tenancy import tenant_scope
    from xindun.record.receivables import actions
    from xindun.record.receivables.ports import ledger_reader
    from xindun.record.receivables.reads import batches
    from xindun.record.receivables.values import BatchStatus

    digest = hashlib.sha256(sample.read_bytes()).hexdigest()
    with tenant_scope(tenant_id):
        done = [
            batch
            for batch in batches(limit=200)
            if batch.file_sha256 == digest and batch.status is BatchStatus.COMMITTED
        ]
    if done:
        return
    with sample.open("rb") as content:
        outcome = actions.receive_file(
            tenant_id, content, file_name=sample.name, now=datetime.now(UTC), actor=ACTOR
        )
    actions.import_batch(
        tenant_id,
        outcome.batch.public_id,
        reader=ledger_reader(),
        clock=lambda: datetime.now(UTC),
    )


def _files(tenant_id: int) -> None:
    """Company files of some sample buyers; a buyer whose file is open keeps it as it stands."""
    from django.db import transaction

    from xindun.cli.sample.files import FILES, statements_of
    from xindun.kit.tenancy import tenant_scope
    from xindun.record.company_file.actions import record_facts
    from xindun.record.parties.actions import match_buyer, open_party
    from xindun.record.parties.reads import party_of, search_buyers
    from xindun.record.statements.actions import record_statements
    from xindun.record.tenants.reads import machine_actor

    actor, now = machine_actor(ACTOR), datetime.now(UTC)
    for file in FILES:
        with transaction.atomic(), tenant_scope(tenant_id):
            (buyer,) = search_buyers(file.buyer_key).rows
            if party_of(buyer.id) is not None:
                continue
            party = open_party(actor, buyer.name, buyer.country, now=now)
            match_buyer(actor, buyer.public_id, party.public_id, {}, now=now)
            record_facts(actor, party.public_id, file.facts, now=now)
            record_statements(actor, party.public_id, statements_of(file), now=now)


def _grades(tenant_id: int) -> None:
    """Grade every buyer from its payments, its file and where it is."""
    from xindun.prevention.scoring.actions import regrade

    regrade(tenant_id, actor=ACTOR, now=datetime.now(UTC), trigger="change")


def _portfolio(tenant_id: int) -> None:
    """The run that the console opens with; one that stands is used again."""
    from xindun.control.monitoring.actions import run_portfolio

    run_portfolio(tenant_id, now=datetime.now(UTC), actor=ACTOR)
