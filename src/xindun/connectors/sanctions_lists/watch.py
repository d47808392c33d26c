"""A company's own watch list, as CSV with headers.

Headers, in any order: ``key`` and ``name`` are needed; ``aliases``, ``countries``, ``identifiers``
(each separated by ``|``), ``kind`` (person, company, vessel), ``day`` (of birth or registration)
and ``reason`` are not. The file replaces the list: who is not in it is no longer watched.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from xindun.connectors.sanctions_lists.errors import BrokenListFile, WrongListFile
from xindun.connectors.sanctions_lists.plain import country, day, distinct, text
from xindun.connectors.sanctions_lists.tables import rows
from xindun.record.screening.values import Entry, EntryKind, EntryName, NameQuality

CSV = "a watch list as CSV with the headers key and name"


def read_csv(path: Path) -> tuple[date | None, list[Entry]]:
    """Entries; a watch list names no day.

    Raises:
        WrongListFile, BrokenListFile: as named.
    """
    heads: list[str] = []
    found: dict[str, Entry] = {}
    for number, row in enumerate(rows(path), 1):
        if not heads:
            heads = [cell.strip().casefold() for cell in row]
            if not {"key", "name"} <= set(heads):
                raise WrongListFile(file=path.name, wanted=CSV)
            continue
        if not any(cell.strip() for cell in row):
            continue
        entry = _entry(dict(zip(heads, row, strict=False)))
        if not entry.key or not entry.names or entry.key in found:
            raise BrokenListFile(file=path.name, detail=f"CSV, {number}")
        found[entry.key] = entry
    if not heads:
        raise WrongListFile(file=path.name, wanted=CSV)
    return None, list(found.values())


def _entry(line: dict[str, str]) -> Entry:
    def several(name: str) -> list[str]:
        return [text(each) for each in line.get(name, "").split("|")]

    kind = text(line.get("kind")).casefold()
    names = [EntryName(text(line.get("name")))]
    names += [EntryName(each, NameQuality.ALIAS) for each in several("aliases")]
    return Entry(
        key=text(line.get("key")),
        kind=EntryKind(kind) if kind in set(EntryKind) else EntryKind.UNKNOWN,
        names=tuple(each for each in names if each.text),
        countries=distinct(map(country, several("countries"))),
        days=distinct([day(line.get("day", ""))]),
        identifiers=distinct(several("identifiers")),
        remarks=text(line.get("reason")),
    )
