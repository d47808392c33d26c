"""Names the house forbids, and words that must never stand in the project."""

from __future__ import annotations

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FORBIDDEN_NAMES = {"service.py", "services.py", "utils.py", "helpers.py", "common.py", "manager.py"}


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    return [ROOT / line for line in listed.splitlines()]


def test_no_file_has_a_name_that_says_nothing() -> None:
    assert [path for path in tracked() if path.name in FORBIDDEN_NAMES] == []


def test_the_lock_names_no_download_host() -> None:
    locks = [path for path in tracked() if path.name in {"lock.txt", "package-lock.json"}]
    assert locks
    for lock in locks:
        text = lock.read_text(encoding="utf-8")
        assert '"resolved"' not in text
        if lock.suffix == ".txt":
            assert "://" not in text
