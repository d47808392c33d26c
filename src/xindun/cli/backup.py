"""``xindun backup``: everything of this installation in one file, while it goes on working.

What a reader would get wrong: secrets go in only when the file is encrypted, or when it is said
outright. Without them the data come back, but not what was encrypted with them.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from xindun.kernel.errors import DomainError

app = typer.Typer(rich_markup_mode=None)


class WhereTo(DomainError):
    """Neither a file nor a key was asked for."""

    code = "backup_where_to"
    sentence = "Say where the backup goes with --out FILE or --out FOLDER."


@app.command()
def backup(
    out: Annotated[
        Path | None, typer.Option(help="The new file, or a folder that gets a dated one.")
    ] = None,
    encrypt_to: Annotated[
        Path | None, typer.Option(help="File of age or SSH public keys to encrypt to.")
    ] = None,
    with_secrets: Annotated[
        bool, typer.Option(help="Put the secrets in although the file is not encrypted.")
    ] = False,
    make_key: Annotated[
        Path | None, typer.Option(help="Only make a new private key in this file, and end.")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print JSON for another program.")
    ] = False,
) -> None:
    """Write a consistent backup of database and files; nothing is overwritten."""
    from xindun.config.backups import sealing

    if make_key is not None:
        typer.echo(f"Public key: {sealing.make_key(make_key)}")
        typer.echo(f"Encrypt with --encrypt-to {make_key}, and keep a copy off this machine.")
        return
    if out is None:
        raise WhereTo
    from xindun.config import database, startup
    from xindun.config.backups.last import LastBackup, note_backup
    from xindun.config.backups.make import take
    from xindun.config.home import home

    keys = sealing.recipients(encrypt_to) if encrypt_to else None
    now = datetime.now(UTC)
    startup.start(migrated=False)
    try:
        made = take(
            database.owner_url(),
            home(),
            _target(out, now, sealed=bool(keys)),
            keys=keys,
            with_secrets=with_secrets or bool(keys),
            now=now,
        )
    finally:
        startup.finish()
    note_backup(LastBackup(now, str(made.file), made.size, bool(keys), made.manifest_sha256))
    manifest = made.manifest
    rows = sum(part.rows for part in manifest.parts.values())
    files = sum(name.startswith("files/") for name in manifest.parts)
    if as_json:
        shown = {"file": str(made.file), "bytes": made.size, "rows": rows, "files": files}
        shown |= {"manifest_sha256": made.manifest_sha256, "secrets": manifest.secrets}
        typer.echo(json.dumps({**shown, "damaged": manifest.damaged}))
    else:
        typer.echo(f"{made.file}: {rows} rows and {files} files, {made.size / 1e6:.1f} MB.")
        typer.echo(f"SHA-256 of its manifest: {made.manifest_sha256}")
        if not manifest.secrets:
            typer.echo(f"Secrets are not in it: keep {home() / 'secrets.json'} safe elsewhere.")
        for name in manifest.damaged:
            typer.echo(f"Not in it, because it is missing or damaged here: {name}")
    raise typer.Exit(1 if manifest.damaged else 0)


def _target(out: Path, now: datetime, *, sealed: bool) -> Path:
    if not out.is_dir():
        return out
    stamp = re.sub(r"[-:]", "", now.isoformat(timespec="seconds").removesuffix("+00:00"))
    return out / f"xindun-{stamp}Z.zip{'.age' if sealed else ''}"
