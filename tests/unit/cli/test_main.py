"""The root command: quick to start, honest about what it offers."""

from __future__ import annotations

import subprocess
import sys

import pytest

from xindun.cli import main
from xindun.cli.main import COMMANDS
from xindun.kernel.errors import DomainError


def in_a_fresh_process(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60
    )


def test_help_imports_neither_django_nor_any_command() -> None:
    done = in_a_fresh_process(
        "import sys\n"
        "from xindun.cli.main import app\n"
        "try:\n    app(['--help'])\nexcept SystemExit as end:\n    assert end.code == 0\n"
        "heavy = {'django', 'psycopg', 'duckdb', 'ibis', 'pyarrow', 'numpy', 'rich'}\n"
        "print('LOADED', sorted(heavy & set(sys.modules)))\n"
        "print('COMMANDS', [m for m in sys.modules if m.startswith('xindun.cli.')])\n"
    )
    assert "LOADED []" in done.stdout, done.stdout + done.stderr
    assert "COMMANDS ['xindun.cli.main']" in done.stdout


def test_help_lists_every_command_with_its_line() -> None:
    done = in_a_fresh_process("from xindun.cli.main import app; app(['--help'])")
    for name, (_, line) in COMMANDS.items():
        assert name in done.stdout
        assert line in done.stdout


def test_an_unknown_command_exits_with_2() -> None:
    done = in_a_fresh_process("from xindun.cli.main import main; main()")
    assert done.returncode == 2


def test_a_refusal_is_one_line_and_exit_code_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Refusal(DomainError):
        code = "refusal"
        sentence = "No {thing} today."

    def refuse() -> None:
        raise Refusal(thing="ledger")

    monkeypatch.setattr(main, "app", refuse)
    with pytest.raises(SystemExit) as end:
        main.main()
    assert end.value.code == 2
    assert capsys.readouterr().err == "xindun: No ledger today.\n"
