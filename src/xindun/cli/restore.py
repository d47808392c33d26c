"""``xindun restore``: a backup into an empty home or database; what came back is proved equal."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

app = typer.Typer(rich_markup_mode=None)


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="The backup.")],
    into: Annotated[
        Path | None, typer.Option(help="The data folder to make; default XINDUN_HOME.")
    ] = None,
    identity: Annotated[
        Path | None, typer.Option(help="File of the private key, for an encrypted backup.")
    ] = None,
    secrets: Annotated[
        Path | None, typer.Option(help="A secrets.json kept apart, where the backup has none.")
    ] = None,
    checkpoint: Annotated[
        list[Path] | None,
        typer.Option(help="A checkpoint of an evidence log, kept outside; may be repeated."),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print JSON for another program.")
    ] = False,
) -> None:
    """Restore a backup; it never writes over data."""
    from xindun.config.backups import restore as restoring
    from xindun.config.home import home

    done = restoring.restore(
        file,
        into or home(),
        identity=identity,
        secrets=secrets,
        checkpoints=checkpoint or (),
        now=datetime.now(UTC),
    )
    manifest = done.manifest
    if as_json:
        shown: dict[str, Any] = {"home": str(done.home), "rows": done.rows, "files": done.files}
        shown |= {"taken_at": manifest.taken_at, "manifest_sha256": done.manifest_sha256}
        shown |= {"migrated": done.migrated, "damaged": manifest.damaged}
        shown |= {"checkpoints": [each.sentence for each in done.checkpoints]}
        typer.echo(json.dumps(shown))
        return
    typer.echo(f"{done.rows} rows and {done.files} files of {manifest.taken_at} are back,")
    typer.echo("each table read again and equal to the backup, and each table's policy in place.")
    if done.migrated:
        typer.echo(f"The backup was older: {len(done.migrated)} migrations were applied.")
    if not manifest.secrets and secrets is None:
        typer.echo(
            "It held no secrets: new ones were made, and what the old ones encrypted is lost."
        )
    for name in manifest.damaged:
        typer.echo(f"Was missing or damaged when the backup was taken: {name}")
    for each in done.checkpoints:
        typer.echo(each.sentence)
    if not done.checkpoints:
        typer.echo("What was recorded after that moment is missing; --checkpoint proves how much.")
    typer.echo("Everybody signs in again.")
    typer.echo(f"Start it with: XINDUN_HOME={done.home} xindun up")
