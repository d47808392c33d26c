"""The consolidated list of the United Nations Security Council, as XML."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element

from xindun.connectors.sanctions_lists.plain import country, day, distinct, text, whole_day
from xindun.connectors.sanctions_lists.xml import attribute, records, value
from xindun.record.screening.values import Entry, EntryKind, EntryName, NameQuality

XML = "the UN's consolidated list as XML"
_KINDS = {"INDIVIDUAL": EntryKind.PERSON, "ENTITY": EntryKind.COMPANY}


def read_xml(path: Path) -> tuple[date | None, list[Entry]]:
    """Day of publication and entries.

    Raises:
        WrongListFile, UnsafeListFile, BrokenListFile: as named.
    """
    published, found = None, []
    for element in records(path, "CONSOLIDATED_LIST", XML, frozenset(_KINDS)):
        if element.tag in _KINDS:
            found.append(_entry(element))
        else:
            published = whole_day(attribute(element, "dateGenerated")[:10])
    return published, found


def _entry(element: Element) -> Entry:
    kind = str(element.tag)
    parts = (value(element, f"{nth}_NAME") for nth in ("FIRST", "SECOND", "THIRD", "FOURTH"))
    names = [EntryName(" ".join(filter(None, parts)))]
    names.append(EntryName(value(element, "NAME_ORIGINAL_SCRIPT"), NameQuality.ALIAS))
    for alias in element.iterfind(f"{kind}_ALIAS"):
        weak = value(alias, "QUALITY").casefold() == "low"
        said = value(alias, "ALIAS_NAME")
        names.append(EntryName(said, NameQuality.WEAK if weak else NameQuality.ALIAS))
    places = [
        *(text(each.text) for each in element.iterfind("NATIONALITY/VALUE")),
        *(value(each, "COUNTRY") for each in element.iterfind(f"{kind}_ADDRESS")),
    ]
    born = [
        value(each, "DATE") or value(each, "YEAR") or value(each, "FROM_YEAR")
        for each in element.iterfind("INDIVIDUAL_DATE_OF_BIRTH")
    ]
    numbers = (value(each, "NUMBER") for each in element.iterfind("INDIVIDUAL_DOCUMENT"))
    return Entry(
        key=value(element, "REFERENCE_NUMBER") or value(element, "DATAID"),
        kind=_KINDS[kind],
        names=tuple(each for each in names if each.text),
        countries=distinct(map(country, places)),
        days=distinct(map(day, born)),
        identifiers=distinct(numbers),
        programmes=distinct([value(element, "UN_LIST_TYPE")]),
        remarks=value(element, "COMMENTS1"),
    )
