"""``xindun evidence stamp``: the newest time stamp and the checkpoint it is about, for openssl."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from xindun.kernel.errors import DomainError


class NoStampYet(DomainError):
    """No authority has stamped this log."""

    code = "no_stamp_yet"
    sentence = "No authority has stamped this log yet; XINDUN_TSA_URL names one."


def stamp(
    out: Annotated[Path, typer.Option(help="Folder for the two files.")] = Path(),
    tenant: Annotated[
        str | None, typer.Option("--tenant", help="The company's name or id; not for the only one.")
    ] = None,
) -> None:
    """Write the newest time stamp (.tsr) beside the checkpoint (.txt) that it dates."""
    from xindun.config import startup

    startup.start()
    from xindun.cli.companies import company_of
    from xindun.kit.tenancy import tenant_scope
    from xindun.record.evidence import reads

    with tenant_scope(company_of(tenant).id):
        newest = reads.stamp_state().newest
        if newest is None:
            raise NoStampYet
        (head,) = reads.tree_heads([newest.head])
        note = reads.checkpoint_of(head)
    file = out / f"checkpoint-{newest.size}.txt"
    file.write_text(note, encoding="utf-8")
    file.with_suffix(".tsr").write_bytes(newest.answer)
    typer.echo(f"{file} existed by {newest.stamped_at.isoformat()}, says {newest.authority}.")
