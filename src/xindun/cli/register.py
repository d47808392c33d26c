"""``xindun register``: take in a public register of companies, which everybody then searches."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from xindun.cli.import_ledger import FileMissing

app = typer.Typer(no_args_is_help=True, help="Take in a public register of companies.")


@app.callback()
def root() -> None:
    """Keeps ``load`` a subcommand while it is the only one."""


@app.command()
def load(
    file: Annotated[Path, typer.Argument(help="GLEIF golden copy (JSON, level 1 or 2) or CSV.")],
    register: Annotated[
        str | None,
        typer.Option(help="Short name of the register; else gleif, or the name of the CSV."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Load a register file: all of it or nothing, and again whenever a newer one comes."""
    if not file.is_file():
        raise FileMissing(file=file)
    from xindun.config import startup

    startup.start()
    told = _load(file, register)
    if as_json:
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    typer.echo(
        f"{told['register']}: {told['added']:,} added, {told['changed']:,} changed, "
        f"{told['unchanged']:,} unchanged, {told['links']:,} links, {told['rejected']:,} rejected."
    )
    for each in told["rejects"]:
        typer.echo(f"  record {each['number']} {each['key']}: {each['why']}")


def _load(file: Path, register: str | None) -> dict[str, Any]:
    from xindun.connectors.bureau import register_files as files
    from xindun.record.parties.actions import load_register

    rejects = files.Rejects()
    with file.open("rb") as content:
        if not files.is_json(content):
            name = register or file.stem.lower()
            loaded = load_register(name, files.csv_rows(content, rejects, shown=file.name))
        elif files.has_relations(content):
            name = register or "gleif"
            links = files.gleif_links(content, rejects, shown=file.name)
            loaded = load_register(name, links=links)
        else:
            name = register or "gleif"
            loaded = load_register(name, files.gleif_rows(content, rejects, shown=file.name))
    return {
        "file": file.name,
        "register": name,
        **asdict(loaded),
        "rejected": rejects.count,
        "rejects": [asdict(each) for each in rejects.first],
    }
