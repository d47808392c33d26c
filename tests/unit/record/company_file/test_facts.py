"""What a fact must look like, which stand on a day, what conflicts, which events count."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xindun.record.company_file import rules
from xindun.record.company_file.rules.grounds import BadGround
from xindun.record.company_file.values import (
    KINDS,
    Comparison,
    EventState,
    Fact,
    FactKind,
    Json,
    NewFact,
    Verdict,
)
from xindun.record.parties.reads import same_name

TODAY = date(2025, 6, 30)
NOW = datetime(2025, 6, 30, 12, tzinfo=UTC)
CODE, OTHER_CODE = "91110000600037341L", "91310115551504385L"
DAY = timedelta(days=1)


def new_fact(kind: str, value: Json, **named: Any) -> NewFact:
    return NewFact(
        **{
            "kind": kind,
            "value": value,
            "source": "register",
            "source_key": "",
            "as_of": TODAY,
            "retrieved_at": NOW,
        }
        | named
    )


def fact(kind: FactKind, value: Json, source: str = "register", **named: Any) -> Fact:
    return Fact(
        **{
            "id": 1,
            "public_id": UUID(int=1),
            "party_id": 1,
            "kind": kind,
            "value": value,
            "source": source,
            "source_key": "",
            "as_of": TODAY,
            "retrieved_at": NOW,
            "document_sha256": None,
            "recorded_at": NOW,
        }
        | named
    )


def checked(kind: str, value: Json, **named: Any) -> NewFact:
    return rules.check_fact(new_fact(kind, value, **named), today=TODAY, now=NOW)


@pytest.mark.parametrize(
    ("kind", "value", "normal"),
    [
        ("legal_name", "  北京  华信 ", "北京 华信"),
        ("uscc", "91110000 600037341l", CODE),
        ("founded_on", "2019-05-31", "2019-05-31"),
        ("employees", 0, 0),
        (
            "registered_capital",
            {"amount": "5E+6", "currency": "cny"},
            {"amount": "5000000", "currency": "CNY"},
        ),
        ("officers", [{"name": " 王 伟 ", "role": ""}], [{"name": "王 伟"}]),
        (
            "dishonest_debtor",
            {"uscc": CODE.lower(), "lifted_on": "", "published_on": "2024-01-02"},
            {"uscc": CODE, "published_on": "2024-01-02"},
        ),
        ("status", None, None),
    ],
)
def test_a_value_is_written_one_way(kind: str, value: Json, normal: Json) -> None:
    found = checked(kind, value)
    assert (found.kind, found.value) == (FactKind(kind), normal)


@pytest.mark.parametrize(
    ("kind", "value", "named"),
    [
        ("shoe_size", "42", {}),
        ("legal_name", "   ", {}),
        ("uscc", "91110000600037341X", {}),
        ("founded_on", "31/05/2019", {}),
        ("employees", "12", {}),
        ("employees", True, {}),
        ("employees", -1, {}),
        ("registered_capital", {"amount": "500"}, {}),
        ("registered_capital", {"amount": "5,000", "currency": "CNY"}, {}),
        ("registered_capital", {"amount": "NaN", "currency": "CNY"}, {}),
        ("officers", [{"name": "王伟", "passport": "E1"}], {}),
        ("officers", ["王伟"], {}),
        ("dishonest_debtor", {"surprise": "x"}, {}),
        ("dishonest_debtor", {"uscc": "91110000600037341X"}, {}),
        ("dishonest_debtor", {"ground": "7"}, {}),
        ("dishonest_debtor", {"ground": "欠款"}, {}),
        ("enforcement", {"ground": "1"}, {}),
        ("status", "active", {"source": " "}),
        ("status", "active", {"as_of": TODAY + DAY}),
        ("status", "active", {"retrieved_at": NOW + DAY}),
        ("status", "active", {"document_sha256": "nope"}),
    ],
)
def test_what_has_not_its_kinds_shape_is_refused(
    kind: str, value: Json, named: dict[str, Any]
) -> None:
    with pytest.raises((rules.UnknownFactKind, rules.BadFact, rules.FactInFuture, BadGround)):
        checked(kind, value, **named)


def test_every_kind_says_how_it_is_kept() -> None:
    assert set(KINDS) == set(FactKind)
    for kind, spec in KINDS.items():
        assert (spec.event is not None) == (spec.type == "event"), kind
        if spec.event and spec.event.expires_after_days is not None:
            assert spec.event.basis, kind
            assert bool(spec.event.copy_at) == (spec.event.copy_read_on is not None), kind


def stood(facts: list[Fact], as_of: date, known_at: datetime, gone: Any = ()) -> list[Json]:
    return [each.value for each in rules.standing(facts, gone, as_of=as_of, known_at=known_at)]


def test_the_latest_day_counts_not_the_last_learned() -> None:
    may = fact(FactKind.STATUS, "存续", id=1, as_of=date(2025, 5, 1))
    march = fact(FactKind.STATUS, "注销", id=2, as_of=date(2025, 3, 1), recorded_at=NOW + DAY)
    assert stood([may, march], TODAY, NOW + DAY) == ["存续"]
    assert stood([may, march], date(2025, 4, 1), NOW + DAY) == ["注销"]
    assert stood([may, march], date(2025, 4, 1), NOW) == []


def test_a_withdrawn_fact_gives_its_place_back_from_then_on() -> None:
    old = fact(FactKind.STATUS, "存续", id=1, as_of=date(2025, 5, 1))
    new = fact(FactKind.STATUS, "注销", id=2)
    gone = [(2, NOW + DAY)]
    assert stood([old, new], TODAY, NOW, gone) == ["注销"]
    assert stood([old, new], TODAY, NOW + DAY, gone) == ["存续"]


def test_a_source_can_say_that_it_is_so_no_longer() -> None:
    told = [fact(FactKind.WEBSITE, "a.example", id=1), fact(FactKind.WEBSITE, None, id=2)]
    assert stood(told, TODAY, NOW) == []


MOMENTS = st.integers(0, 6)
LEARNED = st.lists(
    st.tuples(MOMENTS, MOMENTS, st.sampled_from(["a", "b"]), st.one_of(st.none(), MOMENTS)),
    max_size=12,
)


@given(LEARNED, MOMENTS, MOMENTS)
def test_the_file_of_a_day_never_changes_by_what_is_learned_later(
    learned: list[tuple[int, int, str, int | None]], as_of: int, known: int
) -> None:
    facts = [
        fact(
            FactKind.EMPLOYEES,
            place,
            source,
            id=place,
            as_of=TODAY + valid * DAY,
            recorded_at=NOW + at * DAY,
        )
        for place, (valid, at, source, _gone) in enumerate(learned)
    ]
    gone = [
        (place, NOW + (at + after) * DAY)
        for place, (_valid, at, _source, after) in enumerate(learned)
        if after is not None
    ]
    day, moment = TODAY + as_of * DAY, NOW + known * DAY
    by_then = [each for each in facts if each.recorded_at <= moment]
    gone_by_then = [each for each in gone if each[1] <= moment]
    everything = rules.standing(facts, gone, as_of=day, known_at=moment)
    assert everything == rules.standing(by_then, gone_by_then, as_of=day, known_at=moment)
    assert rules.standing(facts[::-1], gone, as_of=day, known_at=moment) == everything
    assert len({each.source for each in everything}) == len(everything)
    assert all(each.as_of <= day for each in everything)


def money(amount: str, currency: str = "CNY") -> Json:
    return {"amount": amount, "currency": currency}


def compared(facts: list[Fact]) -> tuple[Comparison, ...]:
    return rules.compared(facts, as_of=TODAY, same_name=same_name)


@pytest.mark.parametrize(
    ("kind", "left", "right", "checks"),
    [
        (FactKind.LEGAL_NAME, "华信（上海）有限公司", "华信(上海) 有限公司", ()),
        (FactKind.LEGAL_NAME, "Siemens Aktiengesellschaft", "SIEMENS AG", ()),
        (FactKind.LEGAL_NAME, "北京華信股份有限公司", "北京华信股份有限公司", ()),
        (FactKind.LEGAL_NAME, "Tardy GmbH", "Tardy AG", ("ask_the_register",)),
        (FactKind.LEGAL_NAME, "华信有限公司", "华兴有限公司", ("ask_the_register",)),
        (FactKind.STATUS, "存续（在营、开业、在册）", "Active", ()),
        (FactKind.STATUS, "存续", "吊销，未注销", ("ask_the_register",)),
        (FactKind.REGISTERED_CAPITAL, money("5000000"), money("5000000.00"), ()),
        (
            FactKind.REGISTERED_CAPITAL,
            money("500"),
            money("5000000"),
            ("unit_misread", "ask_the_register"),
        ),
        (
            FactKind.REGISTERED_CAPITAL,
            money("500"),
            money("500", "USD"),
            ("currencies_differ", "ask_the_register"),
        ),
        (FactKind.EMPLOYEES, 100, 80, ()),
        (FactKind.EMPLOYEES, 100, 0, ("ask_the_register",)),
        (
            FactKind.FOUNDED_ON,
            "2019-05-04",
            "2019-04-05",
            ("day_and_month_swapped", "ask_the_register"),
        ),
        (FactKind.USCC, CODE, OTHER_CODE, ("another_company", "ask_the_register")),
        (FactKind.ADDRESS, "上海市浦东新区世纪大道1号", "浦东新区世纪大道 1 号", ()),
        (FactKind.OFFICERS, [{"name": "王伟"}], [{"name": "王 伟", "role": "董事"}], ()),
        (FactKind.OFFICERS, [{"name": "王伟"}], [{"name": "李娜"}], ("ask_the_register",)),
    ],
)
def test_two_sources_agree_or_say_what_to_check(
    kind: FactKind, left: Json, right: Json, checks: tuple[str, ...]
) -> None:
    [found] = compared([fact(kind, left), fact(kind, right, "report", id=2)])
    assert found.checks == checks
    assert found.verdict is (Verdict.CONFLICT if checks else Verdict.AGREED)


def test_an_older_word_may_have_changed_since_and_is_marked_stale() -> None:
    old = fact(FactKind.STATUS, "Active", "report", id=2, as_of=TODAY - 91 * DAY)
    [found] = compared([old, fact(FactKind.STATUS, "Dissolved")])
    assert found.checks == ("changed_since", "ask_the_register")
    assert [(each.fact.source, each.stale) for each in found.statements] == [
        ("register", False),
        ("report", True),
    ]
    assert not rules.is_stale(fact(FactKind.FOUNDED_ON, "1990-01-01"), as_of=date(2099, 1, 1))


LISTED: dict[str, Json] = {"published_on": "2020-01-01"}


@pytest.mark.parametrize(
    ("value", "codes", "day", "state"),
    [
        ({}, set(), TODAY, EventState.IN_FORCE),
        ({"expires_on": "2025-07-01"}, set(), TODAY, EventState.IN_FORCE),
        ({"expires_on": "2025-06-30"}, set(), TODAY, EventState.EXPIRED),
        ({"lifted_on": "2025-06-30"}, set(), TODAY, EventState.LIFTED),
        ({"lifted_on": "2025-07-01"}, set(), TODAY, EventState.IN_FORCE),
        ({"uscc": CODE}, {CODE}, TODAY, EventState.IN_FORCE),
        ({"uscc": CODE}, set(), TODAY, EventState.IN_FORCE),
        ({"uscc": OTHER_CODE}, {CODE}, TODAY, EventState.OTHER_COMPANY),
        ({"published_on": "2020-01-01"}, set(), date(2099, 12, 31), EventState.IN_FORCE),
        (LISTED | {"ground": "1"}, set(), date(2099, 12, 31), EventState.IN_FORCE),
        (LISTED | {"ground": "1,4"}, set(), date(2099, 12, 31), EventState.IN_FORCE),
        (LISTED | {"ground": "4"}, set(), date(2024, 12, 29), EventState.IN_FORCE),
        (LISTED | {"ground": "4"}, set(), date(2024, 12, 30), EventState.EXPIRED),
        (LISTED | {"ground": "2,6"}, set(), date(2024, 12, 30), EventState.EXPIRED),
    ],
)
def test_an_event_counts_while_it_is_in_force_and_about_this_company(
    value: Json, codes: set[str], day: date, state: EventState
) -> None:
    found = rules.event_of(fact(FactKind.DISHONEST_DEBTOR, value), codes, as_of=day)
    assert found is not None
    assert found.state is state


def test_a_fact_that_is_no_event_is_none() -> None:
    assert rules.event_of(fact(FactKind.STATUS, "active"), set(), as_of=TODAY) is None
