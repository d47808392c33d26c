"""The EU's consolidated list of financial sanctions, XML of version 1.1.

What a reader would get wrong: no name is marked as the main one and ``strong`` stands at nearly all
of them; the first counts as main, a name that is not strong as a weak alias.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element

from xindun.connectors.sanctions_lists.plain import country, day, distinct, whole_day
from xindun.connectors.sanctions_lists.xml import attribute, records, value
from xindun.record.screening.values import Entry, EntryKind, EntryName, NameQuality

XML = "the EU's consolidated list of financial sanctions as XML 1.1"
_KINDS = {"person": EntryKind.PERSON, "P": EntryKind.PERSON}
_KINDS |= {"enterprise": EntryKind.COMPANY, "E": EntryKind.COMPANY}


def read_xml(path: Path) -> tuple[date | None, list[Entry]]:
    """Day of publication and entries.

    Raises:
        WrongListFile, UnsafeListFile, BrokenListFile: as named.
    """
    published, found = None, []
    for element in records(path, "export", XML, frozenset({"sanctionEntity"})):
        if element.tag == "sanctionEntity":
            found.append(_entry(element))
        else:
            published = whole_day(attribute(element, "generationDate")[:10])
    return published, found


def _entry(element: Element) -> Entry:
    names: dict[str, EntryName] = {}
    for alias in element.iterfind("nameAlias"):
        said = attribute(alias, "wholeName") or " ".join(
            filter(
                None, (attribute(alias, each) for each in ("firstName", "middleName", "lastName"))
            )
        )
        weak = attribute(alias, "strong") == "false"
        quality = NameQuality.WEAK if weak else NameQuality.ALIAS if names else NameQuality.MAIN
        names.setdefault(said, EntryName(said, quality))
    code = element.find("subjectType")
    places = [
        attribute(each, "countryIso2Code") or attribute(each, "countryDescription")
        for name in ("citizenship", "address")
        for each in element.iterfind(name)
    ]
    born = (
        attribute(each, "birthdate") or attribute(each, "year")
        for each in element.iterfind("birthdate")
    )
    numbers = (attribute(each, "number") for each in element.iterfind("identification"))
    return Entry(
        key=attribute(element, "euReferenceNumber") or attribute(element, "logicalId"),
        kind=_KINDS.get("" if code is None else attribute(code, "code"), EntryKind.UNKNOWN),
        names=tuple(each for text, each in names.items() if text),
        countries=distinct(map(country, places)),
        days=distinct(map(day, born)),
        identifiers=distinct(numbers),
        programmes=distinct(
            attribute(each, "programme") for each in element.iterfind("regulation")
        ),
        remarks=value(element, "remark"),
    )
