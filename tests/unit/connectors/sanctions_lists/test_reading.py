"""Each publisher's format is read whole, and what is not whole, or hostile, is refused."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from tests.unit.connectors.sanctions_lists import samples
from xindun.connectors.sanctions_lists import read_list
from xindun.connectors.sanctions_lists.errors import (
    BrokenListFile,
    ListCountWrong,
    UnsafeListFile,
    WrongListFile,
)
from xindun.record.screening.values import Entry, EntryKind, EntryName, ListCode, NameQuality

MAIN, ALIAS, WEAK = NameQuality.MAIN, NameQuality.ALIAS, NameQuality.WEAK


def read(folder: Path, code: ListCode, name: str, content: str) -> dict[str, Entry]:
    path = samples.written(folder, name, content)
    found = read_list(code, [path])
    assert found.sha256 == sha256(path.read_bytes()).hexdigest()
    return {each.key: each for each in found.entries}


def test_ofac_xml_and_csv_tell_the_same(tmp_path: Path) -> None:
    company = Entry(
        "9001",
        EntryKind.COMPANY,
        (
            EntryName("NORDWIND SAMPLE SHIPPING LLC", MAIN),
            EntryName("NORDWIND LINES", ALIAS),
            EntryName("NSL", WEAK),
        ),
        countries=("KP",),
        identifiers=("SMP-55-1234",),
        programmes=("SAMPLE-EO1", "SAMPLE-EO2"),
    )
    xml = samples.written(tmp_path, "sdn.xml", samples.OFAC_XML.format(count=2))
    found = read_list(ListCode.OFAC, [xml])
    assert found.published_on == date(2026, 6, 22)
    assert found.entries[0] == company
    person = found.entries[1]
    assert person.names == (EntryName("SAMPLEMAN, Testo", MAIN),)
    assert (person.countries, person.days) == (("IR",), ("1952-10-07", "1953"))
    files = [
        samples.written(tmp_path, "sdn.csv", samples.SDN_CSV),
        samples.written(tmp_path, "alt.csv", samples.ALT_CSV),
        samples.written(tmp_path, "add.csv", samples.ADD_CSV),
    ]
    first, second = read_list(ListCode.OFAC, files).entries
    assert first.names == company.names
    assert (first.countries, first.identifiers) == (("KP",), ("SMP-55-1234",))
    assert first.programmes == company.programmes
    assert (second.kind, second.days) == (EntryKind.PERSON, ("1952-10-07", "1953"))
    assert (second.countries, second.identifiers) == (("IR",), ("X7654321",))


def test_un_xml(tmp_path: Path) -> None:
    found = read(tmp_path, ListCode.UN, "consolidated.xml", samples.UN_XML)
    person, company = found["SMi.001"], found["SMe.002"]
    assert person.names == (
        EntryName("TESTO BIN SAMPLE", MAIN),
        EntryName("تستو سامبل", ALIAS),
        EntryName("Testo Sampler", ALIAS),
        EntryName("Sam", WEAK),
    )
    assert (person.countries, person.days) == (("RU", "SY"), ("1965-03-12",))
    assert person.identifiers == ("750123456",)
    assert (company.kind, company.countries) == (EntryKind.COMPANY, ("KP",))


def test_eu_xml(tmp_path: Path) -> None:
    found = read(tmp_path, ListCode.EU, "eu.xml", samples.EU_XML)
    person, company = found["EU.900.1"], found["EU.901.2"]
    assert person.names == (
        EntryName("Testo Sampleman", MAIN),
        EntryName("Тесто Семплман", ALIAS),
        EntryName("The Sampler", WEAK),
    )
    assert (person.countries, person.days) == (("RU",), ("1961-04-28",))
    assert (person.identifiers, person.programmes) == (("D9X123",), ("SMP",))
    assert (company.kind, company.countries) == (EntryKind.COMPANY, ("BY",))


def test_uk_csv_of_today_and_of_ofsi(tmp_path: Path) -> None:
    path = samples.written(tmp_path, "UK-Sanctions-List.csv", samples.UK_CSV)
    found = read_list(ListCode.UK, [path])
    assert found.published_on == date(2026, 9, 23)
    person, ship = found.entries
    assert person.names == (
        EntryName("Testo SAMPLEMAN", MAIN),
        EntryName("Тесто Семплман", ALIAS),
        EntryName("Testo SAMPLEMANN", WEAK),
    )
    assert (person.countries, person.days) == (("IQ", "SY"), ("1961-04-28", "1961"))
    assert person.identifiers == ("P1234567",)
    assert (ship.kind, ship.identifiers, ship.countries) == (
        EntryKind.VESSEL,
        ("9123456",),
        ("PA",),
    )
    [works] = read(tmp_path, ListCode.UK, "ConList.csv", samples.OFSI_CSV).values()
    assert [each.text for each in works.names] == ["SAMPLE WORKS", "SAMPLE PLANT"]


def test_watch_csv(tmp_path: Path) -> None:
    [entry] = read(tmp_path, ListCode.WATCH, "watch.csv", samples.WATCH_CSV).values()
    assert [each.text for each in entry.names] == [
        "华信样品有限公司",
        "Huaxin Sample",
        "HX Sample",
    ]
    assert (entry.kind, entry.days, entry.remarks) == (
        EntryKind.COMPANY,
        ("2010-05-01",),
        "Unpaid 2019",
    )


@pytest.mark.parametrize(
    ("code", "name", "content", "refused"),
    [
        (ListCode.OFAC, "sdn.xml", samples.BOMB_XML, UnsafeListFile),
        (ListCode.EU, "eu.xml", samples.OUTSIDE_XML, UnsafeListFile),
        (ListCode.OFAC, "sdn.xml", samples.OFAC_XML.format(count=3), ListCountWrong),
        (ListCode.OFAC, "sdn.xml", samples.EU_XML, WrongListFile),
        (ListCode.UN, "un.xml", samples.UN_XML[:900], BrokenListFile),
        (ListCode.UN, "un.xml", "<CONSOLIDATED_LIST>" + "<a>" * 60, WrongListFile),
        (ListCode.EU, "eu.xml", "<html><body>Sign in</body></html>", WrongListFile),
        (ListCode.EU, "eu.xml", "PK\x03\x04", WrongListFile),
        (ListCode.UK, "uk.csv", samples.WATCH_CSV, WrongListFile),
        (ListCode.OFAC, "sdn.csv", samples.WATCH_CSV, WrongListFile),
        (ListCode.WATCH, "w.csv", "key,name\nA,One\nA,Two\n", BrokenListFile),
        (ListCode.WATCH, "w.csv", 'key,name\nA,"' + "x" * 140_000 + '"\n', BrokenListFile),
        (ListCode.WATCH, "w.csv", "", WrongListFile),
    ],
)
def test_what_is_broken_foreign_or_hostile_is_refused(
    tmp_path: Path, code: ListCode, name: str, content: str, refused: type[Exception]
) -> None:
    path = samples.written(tmp_path, name, content)
    with pytest.raises(refused):
        read_list(code, [path])
