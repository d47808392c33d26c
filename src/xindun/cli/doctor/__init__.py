"""``xindun doctor``: what is missing or unsafe in this installation, and how to mend it.

What a reader would get wrong: it changes nothing. It starts the embedded server when that does
not run, because a server that cannot start is what one most needs to hear about, and stops it.
"""

from __future__ import annotations

import json
from typing import Annotated

import typer

app = typer.Typer(rich_markup_mode=None)

MARKS = {"ok": "ok   ", "note": "note ", "wrong": "WRONG"}


@app.command()
def doctor(
    as_json: Annotated[
        bool, typer.Option("--json", help="Print JSON for another program.")
    ] = False,
) -> None:
    """Say what is missing or unsafe, and how to mend it; exit code 1 when something is wrong."""
    from xindun.cli.doctor.checks import examine

    findings = examine()
    wrong = sum(each.state == "wrong" for each in findings)
    if as_json:
        rows = [each.as_json() for each in findings]
        typer.echo(json.dumps({"wrong": wrong, "checks": rows}, ensure_ascii=False, indent=1))
    else:
        for each in findings:
            typer.echo(f"{MARKS[each.state]}  {each.name}: {each.what}")
            for line in (each.why, each.mend):
                if line and each.state != "ok":
                    typer.echo(f"       {line}")
        typer.echo("Nothing is wrong." if not wrong else f"{wrong} to mend.")
    raise typer.Exit(1 if wrong else 0)
