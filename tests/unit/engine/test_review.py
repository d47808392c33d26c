"""The whole review: totals, series, concentration, actions, coverage."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.engine import reference
from tests.unit.engine.ledgers import (
    KNOWN,
    Row,
    buyer,
    item,
    ledger,
    paid,
    random_ledgers,
)
from xindun.engine import schema
from xindun.engine.aged import aged_report
from xindun.engine.parameters import DEFAULTS, Parameters
from xindun.engine.phrases import PHRASES
from xindun.engine.portfolio import NOBODY, Review, review

AS_OF = date(2025, 6, 30)


def reviewed(
    items: list[Row],
    moves: list[Row] | None = None,
    as_of: date = AS_OF,
    buyers: list[Row] | None = None,
    parameters: Parameters = DEFAULTS,
    company_grades: Mapping[int, int] = NOBODY,
) -> Review:
    with ledger(items, moves, buyers) as opened:
        return review(
            opened,
            as_of=as_of,
            known_at=KNOWN,
            parameters=parameters,
            company_grades=company_grades,
        )


def year(buyer_id: int = 1, start: int = 1, days_late: int = 5) -> tuple[list[Row], list[Row]]:
    items, moves = [], []
    for number in range(start, start + 14):
        issued = AS_OF - timedelta(days=30 * (number - start) + 45)
        due = issued + timedelta(days=30)
        items.append(item(number, 100 * number, issued, due, buyer_id=buyer_id))
        moves.append(paid(number, number, 100 * number, due + timedelta(days=days_late)))
    return items, moves


@settings(max_examples=4, deadline=None)
@given(st.lists(st.integers(-5, 130), min_size=4, max_size=4))
def test_a_company_grade_never_raises_a_limit(days_late: list[int]) -> None:
    items, moves = [item(1, 70, AS_OF - timedelta(days=9))], []  # buyer 1 is new and not rated
    for number, days in enumerate(days_late, 2):
        more, paid_then = year(number, start=100 * number, days_late=days)
        items, moves = items + more, moves + paid_then
    everybody = range(1, len(days_late) + 2)
    question = "select limit_recommended from limits order by buyer_id"
    with ledger(items, moves, [buyer(number) for number in everybody]) as opened:
        review(opened, as_of=AS_OF, known_at=KNOWN)
        before = opened.rows(question)["limit_recommended"].to_pylist()
        for grade in range(1, 11):
            grades = {"buyer_id": everybody, "company_grade": [grade] * len(everybody)}
            known = pa.Table.from_pydict(grades, schema=schema.COMPANY_GRADES)
            opened.put("company_grades", known)
            opened.materialise("limits")
            after = opened.rows(question)["limit_recommended"].to_pylist()
            assert after[0] == before[0]
            assert all(now <= then for now, then in zip(after, before, strict=True))
            before = after
        assert set(after[1:]) == {0}


@pytest.mark.parametrize(
    ("company_grade", "code", "multiplier"),
    [(None, "grade_multiplier", "3"), (1, "grade_multiplier", "3"), (9, "company_grade", "0.25")],
)
def test_the_worse_of_payment_and_company_grade_multiplies(
    company_grade: int | None, code: str, multiplier: str
) -> None:
    items, moves = year(days_late=0)
    grades = {} if company_grade is None else {1: company_grade}
    (row,) = reviewed(items, moves, company_grades=grades).accounts.to_pylist()
    (formula,) = (f for f in row["limit_formulas"] if f["code"] in {"grade_multiplier", code})
    params = json.loads(formula["params"])
    assert row["grade"] == 1
    assert (formula["code"], Decimal(str(params["multiplier"]))) == (code, Decimal(multiplier))
    ordinary = Decimal(str(params["ordinary_balance"]))
    assert abs(formula["amount"] - ordinary * Decimal(multiplier)) <= Decimal("0.05")
    assert (row["limit_binding"] == "company_grade") == (company_grade == 9)


@settings(max_examples=8, deadline=None)
@given(random_ledgers(least=2))
def test_totals_are_the_sum_of_the_accounts_and_of_the_aged_report(rows: Any) -> None:
    as_of = date(2024, 6, 30)
    with ledger(*rows) as opened:
        result = review(opened, as_of=as_of, known_at=KNOWN)
        aged = aged_report(opened, as_of=as_of, known_at=KNOWN).to_pylist()
    accounts = result.accounts.to_pylist()
    for total in result.totals.to_pylist():
        for name in ("open_total", "credits", "unapplied", "net", "overdue", "r_1_2y"):
            mine = [row for row in accounts if row["currency"] == total["currency"]]
            assert total[name] == sum(row[name] for row in mine)
            theirs = [row for row in aged if row["currency"] == total["currency"]]
            assert total[name] == sum(row[name] for row in theirs)


@settings(max_examples=8, deadline=None)
@given(random_ledgers(least=2))
def test_a_month_ends_balance_is_what_a_run_on_that_day_shows(rows: Any) -> None:
    items, moves = rows
    result = reviewed(items, moves, as_of=date(2025, 3, 15))
    for row in result.series.to_pylist():
        then = reference.accounts(items, moves, row["month_end"], KNOWN)
        totals = [r["open_total"] for (_, code), r in then.items() if code == row["currency"]]
        assert row["open_total"] == sum(totals, Decimal(0))


@settings(max_examples=8, deadline=None)
@given(random_ledgers(least=2))
def test_a_month_ends_overdue_is_what_a_run_on_that_day_shows(rows: Any) -> None:
    # Overpaid items and bills that bounce later are approximate in the series; leave them out.
    items, moves = rows
    moves = [row for row in moves if row["kind"] not in schema.BILL_KINDS]
    moves = [row for row in moves if _pays_no_more_than_owed(row, items, moves)]
    result = reviewed(items, moves, as_of=date(2025, 3, 15))
    for row in result.series.to_pylist():
        then = reference.accounts(items, moves, row["month_end"], KNOWN)
        overdue = [
            r["open_total"] - r["not_due"]
            for (_, code), r in then.items()
            if code == row["currency"]
        ]
        assert row["overdue"] == sum(overdue, Decimal(0))


def _pays_no_more_than_owed(move: Row, items: list[Row], moves: list[Row]) -> bool:
    (debt,) = (row for row in items if row["item_id"] == move["item_id"])
    paid_in_all = sum(row["amount"] for row in moves if row["item_id"] == move["item_id"])
    return bool(paid_in_all <= debt["amount"])


def test_key_figures_name_their_reason_when_they_cannot_be_made() -> None:
    items, moves = year()
    (total,) = reviewed(items[:1], moves[1:2] or moves).totals.to_pylist()
    assert total["turnover_days"] is None
    assert total["turnover_days_reason"] == "history_too_short"
    assert (total["provision"], total["provision_reason"]) == (None, "no_loss_rates")


def test_key_figures_of_a_full_year() -> None:
    items, moves = year()
    (total,) = reviewed([*items, item(99, 3000, date(2025, 6, 10), date(2025, 7, 10))], moves)\
        .totals.to_pylist()  # fmt: skip
    assert total["open_total"] == total["not_due"] == 3000 + 0
    sales = sum(row["amount"] for row in items if (AS_OF - row["issued_on"]).days < 365) + Decimal(
        3000
    )
    assert total["sales_window"] == sales
    assert total["dso_simple"] == round(Decimal(3000) / sales * 365, 1)
    assert total["average_days_delinquent"] == 0
    assert total["collection_effectiveness"] == 100


def test_a_provision_uses_the_configured_loss_rates() -> None:
    rates = {"r_lt_1y": "0.005", "r_1_2y": "0.022", "r_2_3y": "0.027", "r_gt_3y": "0.045"}
    chosen = Parameters(loss_rates={name: Decimal(rate) for name, rate in rates.items()})
    amounts = ((15000, 100), (7500, 500), (4000, 900), (2500, 1300))
    items = [
        item(n, amount, AS_OF - timedelta(days=days)) for n, (amount, days) in enumerate(amounts)
    ]
    (total,) = reviewed(items, parameters=chosen).totals.to_pylist()
    assert total["provision"] == Decimal("460.5")


def test_concentration_by_buyer_and_country() -> None:
    items = [item(n, amount, AS_OF, buyer_id=n) for n, amount in ((1, 60), (2, 30), (3, 10))]
    buyers = [buyer(1, "DE"), buyer(2, "DE"), buyer(3)]
    rows = reviewed(items, buyers=buyers).concentration.to_pylist()
    shares = {(row["measure"], row["key"]): row["share"] for row in rows}
    assert shares == {
        ("top1", None): 0.6,
        ("top5", None): 1.0,
        ("top10", None): 1.0,
        ("hhi", None): 0.46,
        ("country", "DE"): 0.9,
        ("country", None): 0.1,
    }


def test_a_ledger_of_open_items_supports_ageing_and_nothing_else() -> None:
    items = [
        item(n, 100, AS_OF - timedelta(days=40 * n - 35), AS_OF - timedelta(days=40 * n - 65))
        for n in range(1, 9)
    ]
    result = reviewed(items)
    assert result.coverage.only_open
    assert [flag.code for flag in result.coverage.flags] == ["only_open_items"]
    (row,) = result.accounts.to_pylist()
    assert row["not_rated_reason"] == "no_settlements_in_ledger"
    assert (row["limit_recommended"], row["limit_binding"]) == (0, "overdue_hold")
    assert result.series.num_rows == 0
    (total,) = result.totals.to_pylist()
    assert total["open_total"] == 800
    assert total["dso_simple"] is None
    assert total["dso_simple_reason"] == "only_open_items"


def test_a_ledger_of_settled_items_says_that_only_survivors_are_in_it() -> None:
    items, moves = year()
    for as_of in (AS_OF, AS_OF - timedelta(days=100)):
        result = reviewed(items, moves, as_of=as_of)
        assert result.coverage.only_settled
        assert [flag.code for flag in result.coverage.flags] == ["only_settled_items"]
        (total,) = result.totals.to_pylist()
        for name in ("dso_simple", "dso_countback", "dso_best_possible", "average_days_delinquent"):
            assert (total[name], total[f"{name}_reason"]) == (None, "only_settled_items")
        assert set(result.series["dso_countback"].to_pylist()) == {None}
    still = item(99, 10, AS_OF - timedelta(days=120))
    result = reviewed([*items, still], moves)
    assert not result.coverage.only_settled
    assert result.totals["dso_simple"][0].as_py() is not None


def test_an_empty_ledger_and_a_day_before_it_give_an_empty_review() -> None:
    result = reviewed([])
    assert (result.totals.num_rows, result.accounts.num_rows) == (0, 0)
    items, moves = year()
    before = reviewed(items, moves, as_of=date(2020, 1, 1))
    assert before.accounts.num_rows == 0
    assert [flag.code for flag in before.coverage.flags] == ["ledger_empty"]


def actions_of(items: list[Row], moves: list[Row] | None = None) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = reviewed(items, moves).actions.to_pylist()
    return rows


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (2, set()),
        (3, {"call"}),
        (14, {"call"}),
        (15, {"call", "hold_orders"}),
        (30, {"demand", "hold_orders"}),
        (60, {"hand_over", "hold_orders"}),
        (-15, {"remind"}),
        (-16, set()),
    ],
)
def test_the_days_past_due_decide_the_action(days: int, expected: set[str]) -> None:
    rows = actions_of([item(1, 100, AS_OF - timedelta(90), AS_OF - timedelta(days=days))])
    assert {row["action"] for row in rows} == expected
    assert all(row["stake"] == 100 for row in rows)


def test_actions_rank_by_weight_and_money_at_stake() -> None:
    items = [
        item(1, 100, AS_OF - timedelta(90), AS_OF - timedelta(5), buyer_id=1),
        item(2, 900, AS_OF - timedelta(90), AS_OF - timedelta(5), buyer_id=2),
    ]
    rows = actions_of(items)
    assert [(row["rank"], row["buyer_id"], row["action"]) for row in rows] == [
        (1, 2, "call"),
        (2, 1, "call"),
    ]


@pytest.mark.parametrize(
    ("facts", "reason", "deadline"),
    [
        ({"matures_on": AS_OF + timedelta(1)}, None, None),
        ({"matures_on": AS_OF}, "present_bill", AS_OF + timedelta(10)),
        ({"matures_on": AS_OF - timedelta(11)}, "presentment_late", AS_OF - timedelta(1)),
        (
            {"matures_on": date(2025, 5, 1), "dishonoured_on": date(2025, 5, 2)},
            "recourse_runs",
            date(2025, 11, 2),
        ),
        (
            {"matures_on": date(2024, 5, 1), "dishonoured_on": date(2024, 5, 2)},
            "recourse_lapsed",
            date(2024, 11, 2),
        ),
    ],
)
def test_a_bills_legal_clock_runs(facts: Row, reason: str | None, deadline: date | None) -> None:
    handed = date(2024, 2, 1)
    bill = paid(1, 1, 100, handed, kind="bank_acceptance", cleared_on=None, **facts)
    rows = actions_of([item(1, 100, handed, AS_OF + timedelta(60))], [bill])
    chased = [(row["reason"], row["due_on"]) for row in rows if row["action"] == "chase_bill"]
    assert chased == ([] if reason is None else [(reason, deadline)])


def test_every_code_has_a_phrase() -> None:
    items, moves = year()
    late, partly = year(2, 100, days_late=80)
    bill = paid(900, 900, 10, AS_OF - timedelta(90), kind="bank_acceptance", cleared_on=None)
    more = [
        item(900, 10, AS_OF - timedelta(200), AS_OF - timedelta(100), buyer_id=3),
        item(901, 10, AS_OF - timedelta(200), buyer_id=2, kind="receipt"),
    ]
    result = reviewed([*items, *late, *more], [*moves, *partly[4:], bill])
    named: set[str] = set()
    for row in result.accounts.to_pylist():
        named |= {f"reason.{r['code']}" for r in row["reasons"] or []}
        named |= {f"change.{c['code']}" for c in row["counterfactuals"] or []}
        named |= {f"limit.{f['code']}" for f in row["limit_formulas"]}
        named |= {f"limit_reason.{f['reason']}" for f in row["limit_formulas"] if f["reason"]}
        named |= {f"not_rated.{row['not_rated_reason']}"} if row["not_rated_reason"] else set()
    for row in result.actions.to_pylist():
        named |= {f"action.{row['action']}", f"action_reason.{row['reason']}"}
    named |= {f"coverage.{flag.code}" for flag in result.coverage.flags}
    named |= {f"method.{name}" for name in result.methods}
    assert named <= set(PHRASES)
