"""The list of decisions names every decision, by its own title."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "adr"


def test_the_index_lists_every_decision_by_its_title() -> None:
    listed = [
        line
        for line in (FOLDER / "README.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("- ")
    ]
    expected = []
    for page in sorted(FOLDER.glob("0*.md")):
        number, title = page.read_text(encoding="utf-8").splitlines()[0][2:].split(" ", 1)
        expected.append(f"- [{number}]({page.name}) {title}")
    assert listed == expected
