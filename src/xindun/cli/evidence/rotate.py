"""``xindun evidence rotate-key``: let a new key sign from here on."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime

import typer


def rotate_key() -> None:
    """Change the key that signs all logs; both keys sign the change, and it is evidence.

    Interrupted, run it again. Several machines that share the key need the new file afterwards.
    """
    from xindun.config import startup

    startup.start()
    from xindun.record.evidence import actions, ports

    key_id, changed = actions.rotate_key(
        actor=f"cli:{getpass.getuser()}", clock=lambda: datetime.now(UTC)
    )
    typer.echo(f"Key {key_id} signs from here on; {changed} logs changed over.")
    typer.echo(f"It lies in {ports.keyring().place}: back it up, and copy it to other machines.")
