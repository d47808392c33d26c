"""The UK sanctions list, and OFSI's consolidated list that it replaced in January 2026, as CSV.

What a reader would get wrong: a row is a name, not an entry; rows of one number belong together. A
line above the headers says of which day the file is. Both lists are read by their headers, compared
without capitals and punctuation, because these have changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from xindun.connectors.sanctions_lists.errors import BrokenListFile, WrongListFile
from xindun.connectors.sanctions_lists.plain import country, day, distinct, text, whole_day
from xindun.connectors.sanctions_lists.tables import rows
from xindun.record.screening.values import Entry, EntryKind, EntryName, NameQuality

CSV = "the UK sanctions list as CSV"
_KINDS = {
    "individual": EntryKind.PERSON,
    "entity": EntryKind.COMPANY,
    "ship": EntryKind.VESSEL,
}
_HEADS = {
    "key": ("uniqueid", "groupid"),
    "kind": ("designationtype", "individualentityship", "grouptype"),
    "original": ("namenonlatinscript",),
    "role": ("nametype", "aliastype"),
    "strength": ("aliasstrength", "aliasquality"),
    "born": ("dob",),
    "nations": ("nationalityies", "nationality"),
    "place": ("addresscountry", "country"),
    "passport": ("passportnumber",),
    "national": ("nationalidentifiernumber", "nationalidentificationnumber"),
    "register": ("businessregistrationnumbers",),
    "ship": ("imonumber",),
    "regime": ("regimename", "regime"),
    "remarks": ("otherinformation",),
}
_NAME_HEADS = ("name1", "name2", "name3", "name4", "name5", "name6")
_NUMBERED = re.compile(r"\(\d+\)")
_TOP_LINES = 5
"""How many lines may stand above the headers."""


def read_csv(path: Path) -> tuple[date | None, list[Entry]]:
    """Day of publication and entries.

    Raises:
        WrongListFile, BrokenListFile: as named.
    """
    published: date | None = None
    places: dict[str, int] = {}
    grouped: dict[str, list[dict[str, str]]] = {}
    for number, row in enumerate(rows(path), 1):
        if places:
            if not any(row):
                continue
            named = {name: text(row[at]) for name, at in places.items() if at < len(row)}
            key = named.get("key", "")
            if not key:
                raise BrokenListFile(file=path.name, detail=f"CSV, {number}")
            grouped.setdefault(key, []).append(named)
            continue
        places = _places(row)
        if not places:
            published = whole_day(" ".join(row).replace("-", " ")) or published
            if number >= _TOP_LINES:
                break
    if not places:
        raise WrongListFile(file=path.name, wanted=CSV)
    return published, [_entry(key, lines) for key, lines in grouped.items()]


def _places(row: list[str]) -> dict[str, int]:
    """Field → column, by the headers; empty when the row is not the one of the headers."""
    heads = [re.sub(r"[^a-z0-9]", "", cell.casefold()) for cell in row]
    if "name6" not in heads or not {"uniqueid", "groupid"} & set(heads):
        return {}
    found = {name: heads.index(name) for name in _NAME_HEADS if name in heads}
    for name, spellings in _HEADS.items():
        at = next((heads.index(each) for each in spellings if each in heads), None)
        if at is not None:
            found[name] = at
    return found


def _entry(key: str, lines: list[dict[str, str]]) -> Entry:
    # The primary name first, whatever row it stands in.
    lines = sorted(lines, key=lambda line: "primary" not in line.get("role", "").casefold())
    names: dict[str, EntryName] = {}
    for line in lines:
        said = " ".join(filter(None, (line.get(name, "") for name in _NAME_HEADS)))
        weak = "low" in line.get("strength", "").casefold()
        quality = NameQuality.WEAK if weak else NameQuality.ALIAS if names else NameQuality.MAIN
        names.setdefault(said, EntryName(said, quality))
        original = line.get("original", "")
        names.setdefault(original, EntryName(original, NameQuality.ALIAS))
    kind = next(filter(None, (line.get("kind", "") for line in lines)), "").casefold()
    return Entry(
        key=key,
        kind=_KINDS.get(kind, EntryKind.UNKNOWN),
        names=tuple(each for said, each in names.items() if said),
        countries=distinct(map(country, _every(lines, "nations", "place"))),
        days=distinct(map(day, _every(lines, "born"))),
        identifiers=distinct(_every(lines, "passport", "national", "register", "ship")),
        programmes=distinct(_every(lines, "regime")),
        remarks=next(filter(None, (line.get("remarks", "") for line in lines)), ""),
    )


def _every(lines: list[dict[str, str]], *names: str) -> Iterable[str]:
    """Every value of these fields; a cell may number several: ``(1) Iraq (2) Syria``."""
    for line in lines:
        for name in names:
            yield from map(text, _NUMBERED.split(line.get(name, "")))
