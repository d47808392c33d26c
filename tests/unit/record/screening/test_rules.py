"""Names in two scripts are compared field by field; what a list changed is told entry by entry."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from xindun.kernel.names import name_form
from xindun.record.screening.rules import standing as rules
from xindun.record.screening.rules.changes import (
    ListShrank,
    check_size,
    entry_hash,
)
from xindun.record.screening.rules.index import index_of
from xindun.record.screening.rules.matching import compared, name_points
from xindun.record.screening.values import (
    Compared,
    Entry,
    EntryKind,
    EntryName,
    HitState,
    NameQuality,
    Role,
    StandingState,
    Subject,
    Thresholds,
)

NOW = datetime(2026, 7, 1, tzinfo=UTC)
DEFAULTS = Thresholds()


@pytest.mark.parametrize(
    ("ours", "theirs", "least", "most"),
    [
        ("Müller & Söhne G.m.b.H.", "Muller Sohne GmbH", 100, 100),
        ("华信科技有限公司", "華信科技股份有限公司", 100, 100),
        ("华信科技有限公司", "Huaxin Keji Co., Ltd.", 90, 100),
        ("ООО Ромашка", "Romashka LLC", 100, 100),
        ("Siemens AG", "Siemens Aktiengesellschaft", 100, 100),
        ("Nordwind Shiping", "NORDWIND SHIPPING LLC", 90, 99),
        ("AERO CARIBBEAN", "Aerocaribbean Ltd", 100, 100),
        ("Testo Sampleman", "SAMPLEMAN, Testo Testovich", 85, 95),
        # The same sound, other characters: another company.
        ("北京华信科技有限公司", "北京华兴科技有限公司", 0, 84),
        ("China National Trading", "China National Petroleum", 0, 84),
        ("Northern Trading", "Southern Trading", 0, 84),
        ("ABC", "ABD", 0, 0),
        ("", "ABD", 0, 0),
    ],
)
def test_names_are_as_alike_as_a_reader_finds_them(
    ours: str, theirs: str, least: int, most: int
) -> None:
    points = name_points(name_form(ours), name_form(theirs))
    assert least <= points <= most
    assert points == name_points(name_form(theirs), name_form(ours))


def test_the_points_are_the_sum_of_the_fields() -> None:
    ours = Subject(
        Role.OWNER, ("Testo Sampleman",), EntryKind.PERSON, country="RU", day="1961-04-28"
    )
    theirs = Entry(
        "1",
        EntryKind.PERSON,
        (EntryName("Someone Else"), EntryName("SAMPLEMANN, Testo", NameQuality.WEAK)),
        countries=("IR",),
        days=("1961", "1970-01-01"),
    )
    match = compared(ours, theirs, DEFAULTS)
    name, alias, country, day = match.fields
    assert (name.field, name.ours, name.theirs) == ("name", "Testo Sampleman", "SAMPLEMANN, Testo")
    assert alias == Compared("alias", "", "SAMPLEMANN, Testo", -8)
    assert country == Compared("country", "RU", "IR", -7)
    assert day == Compared("day", "1961-04-28", "1961, 1970-01-01", 5)
    assert match.points == name.points - 8 - 7 + 5


def test_an_equal_identifier_is_a_hit_whatever_the_names_are() -> None:
    ours = Subject(Role.PARTY, ("Entirely Other",), identifiers=("smp 55 1234",))
    theirs = Entry("1", EntryKind.COMPANY, (EntryName("NORDWIND"),), identifiers=("SMP-55-1234",))
    match = compared(ours, theirs, DEFAULTS)
    assert match.points == 100
    assert match.fields[-1].field == "identifier"
    assert index_of({7: theirs}).candidates(ours, DEFAULTS) == {7}


def test_the_index_finds_what_comparing_all_would_find() -> None:
    names = ["NORDWIND SHIPPING LLC", "华信科技有限公司", "Romashka LLC", "General Trading", "X Y"]
    entries = {
        at: Entry(str(at), EntryKind.COMPANY, (EntryName(name),)) for at, name in enumerate(names)
    }
    index = index_of(entries)
    asked = ["Nordwind Shiping", "Huaxin Keji", "Ромашка", "General Trading Co", "Far Off Works"]
    for name in asked:
        subject = Subject(Role.PARTY, (name,))
        hits = {
            at for at, each in entries.items() if compared(subject, each, DEFAULTS).points >= 85
        }
        assert hits <= index.candidates(subject, DEFAULTS)
        assert bool(hits) is (name != "Far Off Works")


def test_a_list_that_lost_much_is_taken_for_incomplete() -> None:
    check_size(1_000, 700)
    check_size(20, 1)
    with pytest.raises(ListShrank):
        check_size(1_000, 699)


def test_every_change_of_an_entry_changes_its_hash() -> None:
    one = Entry("1", EntryKind.COMPANY, (EntryName("A"),))
    other = Entry("1", EntryKind.COMPANY, (EntryName("A"),), countries=("CN",))
    assert entry_hash(one) == entry_hash(Entry("1", EntryKind.COMPANY, (EntryName("A"),)))
    assert entry_hash(one) != entry_hash(other)


DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("states", "screened", "used", "wanted"),
    [
        ([], None, {}, StandingState.NOT_SCREENED),
        ([], NOW - DAY, {"eu": 2}, StandingState.CLEAR),
        ([HitState.CLEARED], NOW - DAY, {"eu": 2}, StandingState.CLEAR),
        ([], NOW - DAY, {"eu": 1}, StandingState.OUTDATED),
        ([], NOW - 91 * DAY, {"eu": 2}, StandingState.OUTDATED),
        ([HitState.OPEN], NOW - DAY, {"eu": 1}, StandingState.OPEN),
        ([HitState.OPEN, HitState.CONFIRMED], NOW - DAY, {"eu": 2}, StandingState.CONFIRMED),
    ],
)
def test_a_party_stands_by_the_worst_that_is_true(
    states: list[HitState],
    screened: datetime | None,
    used: dict[str, int],
    wanted: StandingState,
) -> None:
    found = rules.standing(
        states,
        screened_at=screened,
        covered_at=None,
        used=used,
        newest={"eu": 2},
        valid_days=90,
        at=NOW,
    )
    assert found.state is wanted


def test_steps_reasons_and_settings_have_bounds() -> None:
    rules.check_step(HitState.OPEN, HitState.CLEARED)
    rules.check_step(HitState.CLEARED, HitState.CONFIRMED)
    for state, wanted in ((HitState.OPEN, HitState.OPEN), (HitState.SUPERSEDED, HitState.CLEARED)):
        with pytest.raises(rules.WrongHitStep):
            rules.check_step(state, wanted)
    assert rules.check_reason("  other person ") == "other person"
    for reason in ("", "  ", "x" * 2_001):
        with pytest.raises(rules.ReasonMissing):
            rules.check_reason(reason)
    for wrong in (Thresholds(hit=59), Thresholds(hit=101), Thresholds(valid_days=0)):
        with pytest.raises(rules.BadThresholds):
            rules.check_thresholds(wrong)
