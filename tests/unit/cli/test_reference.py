"""The reference of the command line names every option, and none that does not exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer

from xindun.cli.main import COMMANDS
from xindun.cli.review import app as review
from xindun.cli.sample import app as sample

TEXT = (Path(__file__).resolve().parents[3] / "docs" / "reference" / "cli.md").read_text("utf-8")


def options(app: typer.Typer) -> set[str]:
    command = typer.main.get_command(app)
    names = {name for param in command.params for name in (*param.opts, *param.secondary_opts)}
    return {name for name in names if name.startswith("--")} - {"--help"}


@pytest.mark.parametrize(("name", "app"), [("review", review), ("sample", sample)])
def test_the_reference_and_the_command_name_the_same_options(name: str, app: typer.Typer) -> None:
    section = TEXT.split(f"## xindun {name}\n")[1].split("\n## xindun ")[0]
    rows = [line.split(" | ")[0] for line in section.splitlines() if line.startswith("| `--")]
    assert set(re.findall(r"--[a-z-]+", " ".join(rows))) == options(app)


def test_the_reference_names_every_command() -> None:
    assert set(re.findall(r"^\| \[?`([a-z]+)`", TEXT, flags=re.MULTILINE)) >= set(COMMANDS)
