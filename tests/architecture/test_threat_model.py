"""Each threat in the threat model names tests that exist."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "explanation" / "threat-model.md"


def test_every_threat_names_a_test_that_exists() -> None:
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in PAGE.read_text(encoding="utf-8").splitlines()
        if line.startswith("| ") and not line.startswith(("| threat", "| ---"))
    ]
    assert len(rows) > 20
    for threat, done, shown in rows:
        named = re.findall(r"`(tests/[\w/]+\.py)`", shown)
        assert done, threat
        assert named, threat
        for file in named:
            text = (ROOT / file).read_text(encoding="utf-8")
            assert re.search(r"^(?:async )?def test_", text, re.MULTILINE), file
