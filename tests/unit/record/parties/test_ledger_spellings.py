"""Spellings of a real ledger find the customer that is on file more often than by their letters."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from xindun.record.parties.rules.matching import SAME, Described, compared

ADDED = frozenset(
    {
        *("corp", "corporation", "llc", "inc", "us", "co", "systems", "foundation", "associates"),
        *("trust", "in"),
    }
)
"""Words that the ledger's publisher put behind names."""
EVERY = 24


def customers(folder: Path) -> dict[str, list[str]]:
    """A customer by its name without an added word → its spellings."""
    names = set()
    for part in ("settled", "open"):
        path = folder / "ledgers" / f"us_food_distributor_{part}.csv"
        with path.open(encoding="utf-8-sig") as file:
            names |= {" ".join(row["name_customer"].split()) for row in csv.DictReader(file)}
    found: dict[str, list[str]] = {}
    for name in sorted(names):
        words = name.split()
        short = len(words) > 1 and words[-1] in ADDED
        found.setdefault(" ".join(words[:-1]) if short else name, []).append(name)
    return found


def near(ours: str, theirs: str) -> bool:
    """Whether two names share the beginning of a word, as the look-up of files wants."""
    starts = {word[:2].casefold() for word in ours.split()}
    return any(word[:2].casefold() in starts for word in theirs.split())


@pytest.mark.shared_data
def test_what_is_probably_the_same_mostly_is(shared_data: Path) -> None:
    """Two customers of three are on file by one spelling each; others of all are looked for."""
    spelt = customers(shared_data)
    on_file = {key: names[0] for at, (key, names) in enumerate(sorted(spelt.items())) if at % 3}
    asked = [
        (name, key)
        for key, names in sorted(spelt.items())
        for name in names[1 if key in on_file else 0 :]
    ][::EVERY]
    known = sum(key in on_file for _name, key in asked)
    answers = []
    for name, key in asked:
        scores = [
            (compared(Described(name), Described(other)).score, each)
            for each, other in on_file.items()
            if near(name, other)
        ]
        score, best = max(scores, default=(0.0, ""))
        if score >= SAME:
            answers.append(best == key)
    assert 0.55 < known / len(asked) < 0.7, "the base rate that the figures stand beside"
    assert sum(answers) / len(answers) > 0.65
    assert sum(answers) / known > 0.35
