"""``xindun policy``: the credit policy as a YAML file, out, in and checked.

What a reader would get wrong: ``import`` changes the draft, never what is in force; a second person
approves on the screens. ``check`` needs no database.
"""

from __future__ import annotations

import getpass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from xindun.cli.companies import company_of
from xindun.cli.import_ledger import FileMissing
from xindun.prevention.credit_policy.rules import LONGEST_BYTES, UnsoundCreditPolicy, policy_in
from xindun.prevention.credit_policy.values import CreditPolicy

app = typer.Typer(no_args_is_help=True, help="The credit policy as a file.")

Company = Annotated[
    str | None, typer.Option("--tenant", help="The company's name or id; not needed when only one.")
]
File = Annotated[Path, typer.Argument(help="A credit policy in YAML.")]
UNSOUND = 2


@app.command()
def check(file: File) -> None:
    """Say what is wrong with a file; nothing is stored."""
    policy = _read(file)
    rules = sum(len(each.rules) for each in policy.segments)
    typer.echo(
        f"{file.name}: sound. {len(policy.tiers)} tiers, {len(policy.segments)} segments,"
        f" {rules} check rules, {len(policy.authorities)} lines of authority, amounts in"
        f" {policy.currency}."
    )
    typer.echo(f"content hash {policy.content_hash.hex()}")


@app.command()
def export(
    file: Annotated[
        Path | None, typer.Argument(help="Where to; the terminal when left out.")
    ] = None,
    version: Annotated[
        int | None, typer.Option(min=0, help="A version's number; the one in force when left out.")
    ] = None,
    draft: Annotated[bool, typer.Option("--draft", help="The draft instead.")] = False,
    tenant: Company = None,
) -> None:
    """Write a policy as YAML."""
    from xindun.config import startup

    startup.start()
    from xindun.kit.tenancy import tenant_scope
    from xindun.prevention.credit_policy import reads
    from xindun.prevention.credit_policy.actions import NoDraft

    with tenant_scope(company_of(tenant).id):
        if draft:
            found = reads.draft()
            if found is None:
                raise NoDraft
            policy = found.policy
        elif version is not None:
            policy = reads.policy_numbered(version)
        else:
            policy = reads.policy_in_force(at=datetime.now(UTC))
    text = reads.yaml_of(policy)
    if file is None:
        typer.echo(text, nl=False)
    else:
        file.write_text(text, "utf-8")


@app.command("import")
def import_policy(
    file: File,
    submit: Annotated[
        bool, typer.Option("--submit", help="Also ask a second person to put it in force.")
    ] = False,
    tenant: Company = None,
) -> None:
    """Make a YAML file the draft; what is in force does not change."""
    from xindun.config import startup

    policy = _read(file)
    startup.start()
    from xindun.kit.tenancy import tenant_scope
    from xindun.prevention.credit_policy import actions, reads
    from xindun.record.tenants.reads import machine_actor

    actor, now = machine_actor(f"cli:{getpass.getuser()}"), datetime.now(UTC)
    with tenant_scope(company_of(tenant).id):
        before = reads.draft()
        revision = before.revision if before else 0
        saved = actions.save_draft(actor, policy, revision=revision, now=now)
        differing = reads.differences(reads.policy_in_force(at=now), saved.policy)
        if submit:
            actions.submit_draft(actor, revision=saved.revision, now=now)
    state = "submitted; somebody has to approve it" if submit else "saved as the draft"
    typer.echo(f"{file.name}: {state}. {len(differing)} differences from the policy in force.")


def _read(file: Path) -> CreditPolicy:
    if not file.is_file():
        raise FileMissing(file=file)
    with file.open("rb") as content:
        read = content.read(LONGEST_BYTES + 1)
    try:
        return policy_in(read)
    except UnsoundCreditPolicy as error:
        for each in error.problems:
            typer.echo(f"{'.'.join(each.path)}: {each.say()}", err=True)
        raise typer.Exit(UNSOUND) from error
