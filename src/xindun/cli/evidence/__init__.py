"""``xindun evidence``: prove what was decided, one command a module."""

from __future__ import annotations

import typer

from xindun.cli.evidence.replay import replay

app = typer.Typer(no_args_is_help=True, help="Prove what was decided, and that nothing is missing.")
app.command()(replay)


@app.callback()
def root() -> None:
    """Makes a group of it, however few commands there are."""
