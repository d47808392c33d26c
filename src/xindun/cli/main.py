"""The ``xindun`` command: subcommands load when they are called.

What a reader would get wrong: nothing is imported here for a reason. ``xindun review`` works
without Django or a database, and must not pay for them at start-up.
"""

from __future__ import annotations

import sys
from importlib import import_module
from io import TextIOWrapper
from typing import TYPE_CHECKING

import typer
from typer.core import TyperGroup

from xindun.kernel.errors import DomainError

if TYPE_CHECKING:
    # Typer carries its own click, so the package of that name need not be installed.
    from typer import _click as click

# Name on the command line → module with an ``app`` of one command, and its line in --help.
COMMANDS = {
    "demo": ("xindun.cli.demo", "Review the sample ledger, then serve the console with it."),
    "review": ("xindun.cli.review", "Review a ledger file: ageing, grades, limits, actions."),
    "ratios": ("xindun.cli.ratios", "Work out ratios and distress models from a statement file."),
    "import": ("xindun.cli.import_ledger", "Import a ledger file into the database."),
    "statements": ("xindun.cli.statements", "Record a buyer's statements from a file."),
    "rates": ("xindun.cli.rates", "Load and list dated exchange rates."),
    "register": ("xindun.cli.register", "Take in a public register of companies."),
    "bureau": ("xindun.cli.bureau", "Read reports on buyers, and say what would be asked."),
    "events": ("xindun.cli.events", "Record public events of companies from a file."),
    "sample": ("xindun.cli.sample", "Write a reproducible synthetic ledger."),
    "up": ("xindun.cli.up", "Start database, migrations, web server and worker."),
    "model": ("xindun.cli.model", "Train, use and test models."),
    "user": ("xindun.cli.user", "Create and list the people who may sign in."),
    "key": ("xindun.cli.key", "Make and end the keys of other programs."),
    "person": ("xindun.cli.person", "List, export and erase what is known about a person."),
    "screening": ("xindun.cli.screening", "Load sanctions lists and compare parties with them."),
    "score": ("xindun.cli.score", "Grade companies, and prove a grade."),
    "policy": ("xindun.cli.policy", "The credit policy as a file: out, in and checked."),
    "backup": ("xindun.cli.backup", "Write everything into one file, consistent and checked."),
    "restore": ("xindun.cli.restore", "Bring a backup back into an empty place, and prove it."),
    "evidence": ("xindun.cli.evidence", "Prove what was decided, and that nothing is missing."),
    "doctor": ("xindun.cli.doctor", "Say what is missing or unsafe, and how to mend it."),
}


class LazyGroup(TyperGroup):
    """A group that knows its commands' names and imports one only when it runs.

    The signatures are Click's, used or not.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The names, in the order a newcomer needs them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import the module of ``cmd_name``; None when there is no such command."""
        if cmd_name not in COMMANDS:
            return None
        command = typer.main.get_command(import_module(COMMANDS[cmd_name][0]).app)
        command.name = cmd_name
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands from the table above, without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


app = typer.Typer(
    cls=LazyGroup,
    help="Xindun 信盾: credit protection for companies that sell on open account.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    # Typer's rich help would import every command to show its name.
    rich_markup_mode=None,
)


@app.callback()
def root() -> None:
    """Options that hold for every command come here."""


def main() -> None:
    """Entry point: an expected refusal is one clear line and exit code 2, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that lacks a character shows a substitute instead of ending the command.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        app()
    except DomainError as error:
        sys.stderr.write(f"xindun: {error}\n")
        sys.exit(2)
