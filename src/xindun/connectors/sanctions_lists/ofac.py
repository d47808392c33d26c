"""OFAC's list of specially designated nationals, as ``sdn.xml`` or as its three CSV files.

What a reader would get wrong: the XML names how many entries it holds and they are counted; the CSV
files carry no headers, no day of publication, and ``-0-`` where there is nothing. Days of birth,
nationalities and identifiers stand in a CSV's remarks only, from where they are read.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from xml.etree.ElementTree import Element

from xindun.connectors.sanctions_lists.errors import ListCountWrong, WrongListFile
from xindun.connectors.sanctions_lists.plain import country, day, distinct, text
from xindun.connectors.sanctions_lists.tables import rows
from xindun.connectors.sanctions_lists.xml import records, value
from xindun.record.screening.values import Entry, EntryKind, EntryName, NameQuality

XML, CSV = "OFAC's sdn.xml", "OFAC's sdn.csv with alt.csv and add.csv"
_COLUMNS = 12
_KINDS = {
    "individual": EntryKind.PERSON,
    "entity": EntryKind.COMPANY,
    "vessel": EntryKind.VESSEL,
}
_BORN = re.compile(r"\bDOB ([^;.]+)")
_NATIONS = re.compile(r"\b(?:nationality|citizen) ([^;.]+)")
_NUMBERS = re.compile(
    r"\b(?:Passport|Tax ID No\.|Registration (?:ID|Number)|National ID No\.|SWIFT/BIC"
    r"|Identification Number|Company Number|Unified Social Credit Code \(USCC\)"
    r"|Legal Entity Number|Vessel Registration Identification IMO) ([A-Z0-9][A-Z0-9./-]+)"
)


def read_xml(path: Path) -> tuple[date | None, list[Entry]]:
    """Day of publication and entries.

    Raises:
        WrongListFile, UnsafeListFile, BrokenListFile, ListCountWrong: as named.
    """
    published, said = None, 0
    found: list[Entry] = []
    names = frozenset({"sdnEntry", "publshInformation"})
    for element in records(path, "sdnList", XML, names):
        if element.tag == "publshInformation":
            published = _published(value(element, "Publish_Date"))
            count = value(element, "Record_Count")
            said = int(count) if count.isdecimal() else 0
        elif element.tag == "sdnEntry":
            found.append(_entry(element))
    if said and said != len(found):
        raise ListCountWrong(file=path.name, said=said, found=len(found))
    return published, found


def read_csv(paths: Sequence[Path]) -> tuple[date | None, list[Entry]]:
    """Entries of ``sdn.csv`` with the names of ``alt.csv`` and the addresses of ``add.csv``.

    Raises:
        WrongListFile, BrokenListFile: as named.
    """
    by_name = {path.stem.casefold(): path for path in paths}
    main = by_name.get("sdn")
    if main is None or len(by_name) != len(paths) or by_name.keys() - {"sdn", "alt", "add"}:
        raise WrongListFile(file=", ".join(path.name for path in paths), wanted=CSV)
    aliases: dict[str, list[EntryName]] = defaultdict(list)
    countries: dict[str, list[str]] = defaultdict(list)
    for row in rows(by_name["alt"]) if "alt" in by_name else ():
        if len(row) >= 4:
            quality = NameQuality.WEAK if "weak" in ",".join(row[4:]) else NameQuality.ALIAS
            aliases[row[0].strip()].append(EntryName(text(row[3]), quality))
    for row in rows(by_name["add"]) if "add" in by_name else ():
        if len(row) >= 5:
            countries[row[0].strip()].append(country(row[4]))
    found = []
    for row in rows(main):
        if len(row) == 1 and row[0].strip("\x1a ") == "":
            continue
        if len(row) < _COLUMNS or not row[0].strip().isdecimal():
            raise WrongListFile(file=main.name, wanted=CSV)
        key = row[0].strip()
        found.append(_csv_entry(key, row, aliases[key], countries[key]))
    return None, found


def _published(said: str) -> date | None:
    try:
        return datetime.strptime(said, "%m/%d/%Y").date()  # noqa: DTZ007 - a day without a time
    except ValueError:
        return None


def _entry(element: Element) -> Entry:
    names = [EntryName(_name(element))]
    for alias in element.iterfind("akaList/aka"):
        weak = value(alias, "category").casefold() == "weak"
        names.append(EntryName(_name(alias), NameQuality.WEAK if weak else NameQuality.ALIAS))
    places = [
        *(value(each, "country") for each in element.iterfind("nationalityList/nationality")),
        *(value(each, "country") for each in element.iterfind("citizenshipList/citizenship")),
        *(value(each, "country") for each in element.iterfind("addressList/address")),
    ]
    born = (value(each, "dateOfBirth") for each in element.iterfind("dateOfBirthList/*"))
    return Entry(
        key=value(element, "uid"),
        kind=_KINDS.get(value(element, "sdnType").casefold(), EntryKind.UNKNOWN),
        names=tuple(each for each in names if each.text),
        countries=distinct(map(country, places)),
        days=distinct(map(day, born)),
        identifiers=distinct(value(each, "idNumber") for each in element.iterfind("idList/id")),
        programmes=distinct(text(each.text) for each in element.iterfind("programList/program")),
        remarks=value(element, "remarks"),
    )


def _name(element: Element) -> str:
    last, first = value(element, "lastName"), value(element, "firstName")
    return f"{last}, {first}" if first else last


def _csv_entry(
    key: str, row: Sequence[str], aliases: list[EntryName], countries: list[str]
) -> Entry:
    remarks = text(row[11])
    return Entry(
        key=key,
        kind=_KINDS.get(text(row[2]).casefold() or "entity", EntryKind.UNKNOWN),
        names=(EntryName(text(row[1])), *(each for each in aliases if each.text)),
        countries=distinct([*map(country, _NATIONS.findall(remarks)), *countries]),
        days=distinct(map(day, _BORN.findall(remarks))),
        identifiers=distinct(_NUMBERS.findall(remarks)),
        programmes=distinct(map(text, row[3].replace("[", "").split("]"))),
        remarks=remarks,
    )
