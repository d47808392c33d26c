"""``xindun policy check`` says what is wrong with a file, without a database."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from xindun.cli.policy import app
from xindun.prevention.credit_policy.rules import default_policy, yaml_of

TEXT = yaml_of(default_policy("EUR"))


def checked(path: Path, text: str) -> tuple[int, str]:
    path.write_text(text, "utf-8")
    done = CliRunner().invoke(app, ["check", str(path)])
    return done.exit_code, done.output


def test_a_sound_file_is_told_by_its_numbers_and_hash(tmp_path: Path) -> None:
    code, said = checked(tmp_path / "policy.yaml", TEXT)
    assert code == 0
    assert "policy.yaml: sound. 5 tiers, 2 segments, 24 check rules, 3 lines of authority" in said
    assert default_policy("EUR").content_hash.hex() in said


def test_every_problem_of_a_file_is_a_line(tmp_path: Path) -> None:
    broken = TEXT.replace("hold_hours: 48", "hold_hours: 0").replace("cap: 5000", "cap: -1")
    code, said = checked(tmp_path / "policy.yaml", broken)
    assert code == 2
    assert said.splitlines() == ["starter.cap: Use 0 or more.", "hold_hours: Use 1 to 744."]
