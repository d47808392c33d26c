"""Shares of one company in another: what may be recorded, who controls whom, who stands on top."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xindun.record.parties.rules.groups import ULTIMATE, Holdings
from xindun.record.parties.rules.ownership import (
    BadOwnershipPeriod,
    BadShare,
    OwnershipInFuture,
    OwnershipOverlaps,
    OwnershipSourceMissing,
    SharesAboveWhole,
    check_ownership,
    check_room,
)
from xindun.record.parties.values import GroupLink, NewOwnership, Ownership

TODAY, DIRECT = date(2025, 6, 30), "IS_DIRECTLY_CONSOLIDATED_BY"


def share(percent: str, start: str | None = "2020-01-01", end: str | None = None) -> NewOwnership:
    first, last = (date.fromisoformat(each) if each else None for each in (start, end))
    return NewOwnership(Decimal(percent), " the register ", date(2024, 1, 1), first, last)


def held(parent: int, new: NewOwnership) -> Ownership:
    said = (new.percent, new.source, new.as_of, new.starts_on, new.ends_on)
    at = datetime(2025, 1, 1, tzinfo=UTC)
    return Ownership(*said, link=UUID(int=parent), child_id=9, parent_id=parent, recorded_at=at)


@pytest.mark.parametrize(
    ("new", "refusal"),
    [
        (share("0"), BadShare),
        (share("-1"), BadShare),
        (share("100.0001"), BadShare),
        (share("33.33333"), BadShare),
        (share("NaN"), BadShare),
        (share("Infinity"), BadShare),
        (share("10", "2024-02-01", "2024-02-01"), BadOwnershipPeriod),
        (share("10", None, "2023-12-31"), BadOwnershipPeriod),
        (NewOwnership(Decimal(10), "x", date(2025, 7, 1)), OwnershipInFuture),
        (NewOwnership(Decimal(10), " ", TODAY), OwnershipSourceMissing),
        (NewOwnership(Decimal(10), "x" * 301, TODAY), OwnershipSourceMissing),
    ],
)
def test_what_is_no_share_is_refused(new: NewOwnership, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        check_ownership(new, today=TODAY)


def test_a_share_counts_from_its_first_day_or_its_source_and_not_on_its_last() -> None:
    stated = check_ownership(share("33.3330", None, "2024-03-01"), today=TODAY)
    assert stated.source == "the register"
    days = [date(2023, 12, 31), date(2024, 1, 1), date(2024, 2, 29), date(2024, 3, 1)]
    assert [stated.holds_on(day) for day in days] == [False, True, True, False]


def test_shares_of_one_day_are_at_most_the_whole() -> None:
    others = [held(1, share("60", "2020-01-01", "2022-01-01")), held(2, share("40", "2021-06-01"))]
    check_room(share("60", "2022-01-01"), 3, others)
    check_room(share("60", "2022-01-01"), 1, others)
    with pytest.raises(SharesAboveWhole) as above:
        check_room(share("1", "2021-01-01"), 3, others)
    assert above.value.params == {"day": date(2021, 6, 1), "sum": Decimal(101)}
    with pytest.raises(OwnershipOverlaps):
        check_room(share("1", "2021-12-31"), 1, others)


@given(
    st.lists(
        st.tuples(st.integers(1, 5), st.integers(1, 100), st.integers(0, 9), st.integers(1, 9)),
        max_size=12,
    )
)
def test_whatever_was_let_in_never_exceeds_the_whole(
    asked: list[tuple[int, int, int, int]],
) -> None:
    first, standing = date(2020, 1, 1), list[Ownership]()
    for owner, percent, start, days in asked:
        begins = first.replace(day=1 + start)
        new = NewOwnership(
            Decimal(percent), "x", first, begins, first.replace(day=begins.day + days)
        )
        try:
            check_room(new, owner, standing)
        except (OwnershipOverlaps, SharesAboveWhole):
            continue
        standing.append(held(owner, new))
    for day in range(1, 20):
        on = [each for each in standing if each.holds_on(first.replace(day=day))]
        assert sum(each.percent for each in on) <= 100
        assert len({each.parent_id for each in on}) == len(on)


def owns(parent: str, child: str, percent: int) -> GroupLink:
    return GroupLink(child, parent, Decimal(percent), "articles")


def consolidates(parent: str, child: str, kind: str = DIRECT) -> GroupLink:
    return GroupLink(child, parent, None, "gleif", kind)


@pytest.mark.parametrize(
    ("links", "heads"),
    [
        ([], "X"),
        ([owns("A", "X", 50)], "X"),
        ([owns("A", "X", 51)], "A"),
        ([consolidates("A", "X")], "A"),
        # 60 % of 60 % controls, although it is 36 % of the capital.
        ([owns("B", "X", 60), owns("A", "B", 60)], "A"),
        # Two subsidiaries hold the majority together.
        ([owns("B", "X", 30), owns("C", "X", 30), owns("A", "B", 80), owns("A", "C", 80)], "A"),
        ([owns("B", "X", 30), owns("C", "X", 30), owns("A", "B", 80), owns("A", "C", 50)], "X"),
        # A circle below its head, and a circle without one, whoever is asked.
        ([owns("A", "X", 60), owns("B", "A", 60), owns("A", "B", 40), owns("C", "B", 55)], "C"),
        ([owns("A", "X", 60), owns("X", "A", 60)], "A"),
        ([owns("X", "A", 60), owns("A", "B", 60), owns("B", "X", 60)], "A"),
        # Sources that contradict each other: the tenant's own record goes first.
        ([consolidates("A", "X"), owns("Z", "X", 60)], "ZA"),
        ([consolidates("B", "X"), consolidates("A", "X", ULTIMATE)], "AB"),
        (
            [consolidates("B", "X"), consolidates("A", "X", ULTIMATE), consolidates("A", "B")],
            "A",
        ),
    ],
)
def test_who_stands_at_the_top(links: list[GroupLink], heads: str) -> None:
    found = Holdings(links)
    assert "".join(found.heads_of("X")) == heads
    assert found.is_circular(heads[0]) == (heads == "A" and owns("X", "A", 60) in links)


def test_a_path_follows_what_stands_between_the_ultimate_parent_and_a_company() -> None:
    links = [
        consolidates("A", "X", ULTIMATE),
        consolidates("A", "B"),
        consolidates("B", "X"),
        consolidates("A", "Y", ULTIMATE),
        owns("Y", "Z", 70),
        owns("B", "Z", 20),
        owns("B", "elsewhere", 50),
    ]
    found = Holdings(links)
    paths = found.paths_from("A")
    assert {company: [link.parent for link in path] for company, path in paths.items()} == {
        "A": [],
        "B": ["A"],
        "X": ["A", "B"],
        "Y": ["A"],
        "Z": ["A", "B"],
    }
    assert found.share_of("A", "Z") == 90
    assert found.share_of("A", "X") is None


COMPANIES = "ABCDEF"


@st.composite
def any_links(draw: st.DrawFn) -> list[GroupLink]:
    pair = st.tuples(st.sampled_from(COMPANIES), st.sampled_from(COMPANIES), st.integers(1, 100))
    links, room = [], dict.fromkeys(COMPANIES, 100)
    for parent, child, percent in draw(st.lists(pair, max_size=14)):
        if parent != child and percent <= room[child]:
            room[child] -= percent
            links.append(owns(parent, child, percent))
    return links


@given(any_links())
def test_a_group_has_one_head_whichever_member_is_asked(links: list[GroupLink]) -> None:
    # Shares alone, at most the whole of each company: two cannot hold a majority of one.
    found = Holdings(links)
    for company in COMPANIES:
        heads = found.heads_of(company)
        assert len(heads) == 1
        members = found.controlled_by(heads[0])
        assert company in members
        assert {found.heads_of(each) for each in members} == {heads}
        assert found.paths_from(heads[0]).keys() == members
