"""``xindun evidence``: prove what was decided, one command a module."""

from __future__ import annotations

import typer

from xindun.cli.evidence.audit import audit
from xindun.cli.evidence.export import checkpoint, export, public_key
from xindun.cli.evidence.replay import replay
from xindun.cli.evidence.rotate import rotate_key
from xindun.cli.evidence.stamp import stamp
from xindun.cli.evidence.verify import verify

app = typer.Typer(no_args_is_help=True, help="Prove what was decided, and that nothing is missing.")
app.command()(export)
app.command()(verify)
app.command()(checkpoint)
app.command("public-key")(public_key)
app.command()(stamp)
app.command()(audit)
app.command()(replay)
app.command("rotate-key")(rotate_key)


@app.callback()
def root() -> None:
    """Makes a group of it, however few commands there are."""
