"""The waterfall asks only for what is lacking, and buys nothing young or too dear."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from xindun.connectors.bureau.rules import (
    WANTED,
    BadTerms,
    check_terms,
    default_terms,
    lacking,
    order_of,
    waterfall,
)
from xindun.connectors.bureau.values import Lack, Offer, Step, Terms, Verdict

TODAY = date(2026, 3, 4)
TERMS = replace(
    default_terms(["free", "dear"], "EUR"),
    order={"*": ("free", "dear"), "GB": ("dear",)},
    wanted=("status", "officers"),
    prices={"dear": Decimal(30)},
    budget=Decimal(100),
)
MISSING = {"status": Lack.MISSING, "officers": Lack.STALE}


def offer(code: str, provides: set[str], **named: Any) -> Offer:
    told = {"covers": True, "has_key": True, **named}
    return Offer(code, code.title(), frozenset(provides), **told)


FREE, DEAR = offer("free", {"status"}), offer("dear", {"status", "officers"})


def steps(
    *offers: Offer, terms: Terms = TERMS, spent: int = 0, asked: tuple[str, ...] = ()
) -> list[Step]:
    found = waterfall(terms, offers, MISSING, asked=asked, spent=Decimal(spent), today=TODAY)
    return list(found)


def test_the_next_source_is_asked_only_for_what_is_still_lacking() -> None:
    first, second = steps(FREE, DEAR)
    assert (first.verdict, dict(first.lacking)) == (Verdict.ASK, {"status": Lack.MISSING})
    assert (second.verdict, dict(second.lacking)) == (Verdict.ASK, {"officers": Lack.STALE})
    assert second.price == 30


def test_a_source_with_nothing_to_add_is_not_asked() -> None:
    first, second = steps(DEAR, FREE)
    assert [first.verdict, second.verdict] == [Verdict.ASK, Verdict.NOTHING_LACKING]


@pytest.mark.parametrize(
    ("days", "verdict"), [(181, Verdict.TOO_YOUNG), (182, Verdict.ASK), (0, Verdict.TOO_YOUNG)]
)
def test_a_report_younger_than_six_months_is_not_bought_again(days: int, verdict: Verdict) -> None:
    (step,) = steps(replace(DEAR, last_on=TODAY - timedelta(days=days)))
    assert step.verdict is verdict


@pytest.mark.parametrize(("spent", "verdict"), [(70, Verdict.ASK), (71, Verdict.OVER_BUDGET)])
def test_the_month_s_budget_is_kept_to_the_cent(spent: int, verdict: Verdict) -> None:
    (step,) = steps(DEAR, spent=spent)
    assert step.verdict is verdict
    (free,) = steps(FREE, spent=10_000)
    assert free.verdict is Verdict.ASK, "what is free needs no budget"


def test_two_dear_sources_share_one_budget() -> None:
    terms = replace(TERMS, prices={"a": Decimal(60), "b": Decimal(60)})
    first, second = steps(offer("a", {"status"}), offer("b", {"officers"}), terms=terms)
    assert [first.verdict, second.verdict] == [Verdict.ASK, Verdict.OVER_BUDGET]


def test_who_cannot_be_asked_leaves_the_question_to_the_next() -> None:
    told = steps(replace(FREE, covers=False), replace(DEAR, has_key=False))
    assert [each.verdict for each in told] == [Verdict.NOT_COVERED, Verdict.NO_KEY]
    again = steps(FREE, DEAR, asked=("free",))
    assert [each.verdict for each in again] == [Verdict.ASKED, Verdict.ASK]
    assert set(again[1].lacking) == {"status", "officers"}, "the first one did not tell it"


def test_a_fact_is_stale_by_the_day_somebody_looked() -> None:
    terms = replace(default_terms(["free"], "EUR"), stale_days=365)
    looked = dict.fromkeys(WANTED, TODAY - timedelta(days=365))
    assert lacking(terms, looked, TODAY) == {}
    assert lacking(terms, looked, TODAY + timedelta(days=1)) == dict.fromkeys(WANTED, Lack.STALE)


def test_a_country_may_have_an_order_of_its_own() -> None:
    assert order_of(TERMS, "GB") == ("dear",)
    assert order_of(TERMS, "DE") == order_of(TERMS, "") == ("free", "dear")


@pytest.mark.parametrize(
    "change",
    [
        {"order": {"Germany": ("free",)}},
        {"order": {"*": ("free", "free")}},
        {"order": {"*": ("nobody",)}},
        {"prices": {"nobody": Decimal(1)}},
        {"prices": {"dear": Decimal(-1)}},
        {"budget": Decimal("0.001")},
        {"budget": Decimal("NaN")},
        {"young_days": -1},
        {"currency": "EURO"},
    ],
)
def test_terms_that_make_no_sense_are_refused(change: dict[str, Any]) -> None:
    check_terms(TERMS, ["free", "dear"])
    with pytest.raises(BadTerms):
        check_terms(replace(TERMS, **change), ["free", "dear"])
