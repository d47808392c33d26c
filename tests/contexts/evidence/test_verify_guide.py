"""The guide for outsiders works as it stands: its commands run against a small export."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from xindun.kit.tenancy import tenant_scope
from xindun.record.evidence import reads
from xindun.record.evidence.values import Evidence, Selection

ROOT = Path(__file__).resolve().parents[3]
GUIDE = ROOT / "docs" / "guide" / "verify-evidence.md"
pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(company: int, grow: Callable[[int], list[Evidence]], tmp_path: Path) -> Path:
    """What a company hands out: key, checkpoint, all records, and the records of one subject."""
    if shutil.which("openssl") is None:
        message = "openssl is missing: the guide's commands cannot run"
        pytest.fail(message) if os.environ.get("CI") == "true" else pytest.skip(message)
    made = grow(6)
    with tenant_scope(company):
        (tmp_path / "public-key.txt").write_text(reads.public_keys(), "utf-8")
        (tmp_path / "checkpoint.txt").write_text(reads.checkpoint(), "utf-8")
        (tmp_path / "evidence.jsonl").write_bytes(b"".join(reads.export_lines()))
        subject = made[3].subject
        one = b"".join(reads.export_lines(Selection((subject.type, subject.id))))
    (tmp_path / "one.jsonl").write_bytes(one)
    return tmp_path


def follow(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the guide's commands one after the other, as a reader would."""
    blocks = re.findall(r"^```sh\n(.*?)^```$", GUIDE.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    assert len(blocks) == 4
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "-euo", "pipefail", "-c", "\n".join(blocks)],
        cwd=folder,
        env={"PATH": programs, "HOME": str(folder), "LANG": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_guide_proves_the_log_and_one_record_by_hand(folder: Path) -> None:
    done = follow(folder)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "All holds: nothing was removed, changed or inserted" in done.stdout
    assert "the log still begins with them" in done.stdout
    assert "The record stands in the log with root" in done.stdout
    assert "Signature Verified Successfully" in done.stdout


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("one.jsonl", '"state":"done"', '"state":"gone"'),
        ("evidence.jsonl", '"state":"done"', '"state":"gone"'),
        ("checkpoint.txt", "head ", "head 1"),
    ],
)
def test_the_guide_finds_what_was_changed(folder: Path, name: str, before: str, after: str) -> None:
    text = (folder / name).read_text("utf-8")
    assert before in text
    (folder / name).write_text(text.replace(before, after, 1), "utf-8")
    assert follow(folder).returncode != 0
