"""The map in docs names every room that exists, and none that does not."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "xindun"
PHASES = ("record", "prevention", "control", "recovery", "improvement", "connectors")


def rooms() -> set[str]:
    """Folders two levels deep for phases and connectors, one level for the rest."""
    found = set()
    for folder in PACKAGE.iterdir():
        if not (folder / "__init__.py").exists():
            continue
        found.add(folder.name)
        if folder.name in PHASES:
            found |= {
                f"{folder.name}/{room.name}"
                for room in folder.iterdir()
                if (room / "__init__.py").exists()
            }
    return found


def test_the_map_and_the_folders_agree() -> None:
    text = (ROOT / "docs" / "map.md").read_text(encoding="utf-8")
    named = set(re.findall(r"^\s*[-|]\s*`([a-z_/]+?)/?`", text, flags=re.MULTILINE))
    assert named == rooms()
