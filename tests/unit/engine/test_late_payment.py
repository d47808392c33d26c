"""When an open invoice will be paid: features without foresight, curves, the trained model."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import lightgbm
import numpy as np
import pytest

from tests.unit.engine.ledgers import KNOWN, Row, buyer, item, ledger, paid
from xindun.engine.late_payment import features, prediction, training, validation
from xindun.engine.late_payment.artefact import NotALateModel, read_model
from xindun.engine.late_payment.curves import answers
from xindun.engine.late_payment.inputs import inputs
from xindun.engine.late_payment.payers import payer_key, payers
from xindun.engine.late_payment.spec import THRESHOLDS
from xindun.engine.late_payment.trees import log_odds, tree_of, tree_of_dump
from xindun.engine.run import Ledger

START = date(2023, 1, 2)
END = date(2023, 12, 31)
ALL = "select item_id from late_items"


def day(number: int) -> date:
    return START + timedelta(days=number)


def prepared(items: list[Row], settlements: list[Row], as_of: date = END) -> Ledger:
    """A ledger of two buyers that are one payer, and a third."""
    opened = ledger(items, settlements, [buyer(n, name=name) for n, name in NAMES])
    features.prepare(opened, payers(NAMES), as_of=as_of, known_at=KNOWN)
    return opened


NAMES = [(1, "Acme llc"), (2, "ACME Trust"), (3, "Other Foods")]


def counted(opened: Ledger, item_id: int, days: int) -> dict[str, Any]:
    rows = features.counts(opened, ALL).to_pylist()
    return next(r for r in rows if (r["item_id"], r["days"]) == (item_id, days))


def test_an_unpaid_invoice_counts_as_owed_from_the_day_after_its_threshold() -> None:
    items = [
        item(1, 100, day(0), day(10)),
        item(2, 100, day(10), day(20)),  # the first is due today: nothing is known of it yet
        item(3, 100, day(11), day(21)),
        item(4, 100, day(40), day(50), buyer_id=2),
    ]
    with prepared(items, [paid(1, 1, 100, day(30))]) as opened:
        none, due, later = (counted(opened, n, 0) for n in (2, 3, 4))
        assert (none["payer_n"], due["payer_n"], due["payer_owed"]) == (0, 1, 1)
        # The other spelling of the name shares the history; all three are late by then.
        assert (later["payer_n"], later["payer_owed"]) == (3, 3)
        beyond = counted(opened, 4, 20)
        assert (beyond["payer_n"], beyond["payer_owed"]) == (1, 0)


def test_what_was_set_off_counts_neither_way_and_what_was_written_off_counts_as_owed() -> None:
    items = [item(n, 100, day(0), day(10)) for n in (1, 2)] + [item(3, 100, day(60), day(70))]
    ends = [paid(1, 1, 100, day(5), kind="set_off"), paid(2, 2, 100, day(5), kind="write_off")]
    with prepared(items, ends) as opened:
        row = counted(opened, 3, 0)
        assert (row["payer_n"], row["payer_owed"]) == (1, 1)


def test_an_extension_granted_later_does_not_move_the_due_date() -> None:
    extended = item(1, 100, day(0), day(40), original_due_on=day(10))
    with prepared([extended], []) as opened:
        assert features.invoices(opened, ALL)["due_on"].to_pylist() == [day(10)]


def test_what_was_open_and_overdue_at_issue_is_seen_as_of_the_day_before() -> None:
    items = [
        item(1, 1000, day(0), day(10)),
        item(2, 10, day(5), day(50)),
        item(3, 505, day(20), day(30)),
        item(4, 505, day(20), day(30), buyer_id=2),
    ]
    with prepared(items, [paid(1, 1, 1000, day(20))]) as opened:
        row = features.invoices(opened, "select 3 as item_id").to_pylist()[0]
    assert (row["open_items"], row["overdue_items"], row["batch_items"]) == (2, 1, 2)
    assert row["overdue_log"] == 3.0
    assert row["amount_relative"] == 1.0
    assert (row["gap_days"], row["issued_30"], row["paid_gap_days"]) == (15, 2, None)


def random_history(seed: int) -> tuple[list[Row], list[Row]]:
    draw = random.Random(seed)  # noqa: S311 - a ledger, no secret
    items, settlements = [], []
    for number in range(1, 120):
        issued = draw.randint(0, 90)
        due = issued + draw.choice([0, 10, 30, 60])
        amount = draw.randint(1, 9) * 100
        facts = {"buyer_id": draw.randint(1, 3), "currency": draw.choice(["EUR", "USD"])}
        items.append(item(number, amount, day(issued), day(due), **facts))
        if draw.random() < 0.7:
            kind = draw.choice(["cash", "cash", "cash", "set_off", "write_off"])
            when = day(issued + draw.randint(0, 90))
            settlements.append(paid(number, number, amount, when, kind=kind))
    return items, settlements


def features_of(items: list[Row], settlements: list[Row], until: date) -> tuple[list[Row], ...]:
    with prepared(items, settlements) as opened:
        asked = f"select item_id from late_items where issued_on <= date '{until}'"
        facts = features.invoices(opened, asked).drop_columns(["closed_on", "paid"])
        counts = features.counts(opened, asked).drop_columns(["owed"])
        return facts.to_pylist(), counts.to_pylist()


def test_nothing_that_happens_from_the_day_of_issue_on_changes_a_feature() -> None:
    items, settlements = random_history(11)
    for cut in (day(20), day(55), day(80)):
        issued = [row for row in items if row["issued_on"] <= cut]
        ids = {row["item_id"] for row in issued}
        known = [r for r in settlements if r["cleared_on"] < cut and r["item_id"] in ids]
        assert features_of(issued, known, cut) == features_of(items, settlements, cut)


def test_a_name_is_stripped_of_what_comes_and_goes_at_its_end() -> None:
    assert payer_key("WAL-MAR  corp") == payer_key("Wal-Mar Trust Inc.") == "wal-mar"
    assert payer_key("上海新盾贸易有限公司") == payer_key("上海新盾贸易") == "上海新盾贸易"
    assert payer_key("Trust Co") == "trust co"
    table = payers([(1, "Acme llc"), (2, "ACME"), (3, "Other")], known={3: 7, 1: 7})
    assert table["payer_id"].to_pylist() == [1, 2, 1]


CURVE = np.array([[1.0 if days < 0 else 0.5 if days < 10 else 0.0 for days in THRESHOLDS]])
TERMS = np.array([30.0])


def test_an_open_invoice_is_judged_by_what_is_left_of_its_curve() -> None:
    at_issue = answers(CURVE, TERMS)
    assert {days: chance[0] for days, chance in at_issue.chances.items()} == {0: 0.5, 15: 0, 30: 0}
    assert {q: days[0] for q, days in at_issue.days.items()} == {0.1: 0, 0.5: 0, 0.9: 10}
    overdue = answers(CURVE, TERMS, np.array([3]))
    assert overdue.chances[0][0] == 1.0
    assert overdue.days[0.1][0] > 3


def test_a_curve_beyond_its_last_threshold_keeps_falling_at_the_pace_of_its_last_step() -> None:
    slow = np.ones((1, len(THRESHOLDS)))
    slow[0, -1] = 0.5
    # Half of what is owed at 60 days is owed at 90, so nine tenths are paid after some 100 more.
    assert answers(slow, TERMS).days[0.9][0] == 160


def synthetic(invoices: int = 1200) -> tuple[list[Row], list[Row]]:
    """Two payers in step with the calendar: one pays on Fridays after the due date, one early."""
    items, settlements = [], []
    for number in range(1, invoices + 1):
        issued = day(number * 300 // invoices)
        who = 1 + number % 3
        due = issued + timedelta(days=14)
        wait = (4 - due.weekday()) % 7 + 3 if who == 3 else -(number % 4)
        items.append(item(number, 100 + number, issued, due, buyer_id=who))
        settlements.append(paid(number, number, 100 + number, due + timedelta(days=wait)))
    return items, settlements


@pytest.fixture(scope="module")
def trading() -> Iterator[Ledger]:
    items, settlements = synthetic()
    with ledger(items, settlements, [buyer(n, name=name) for n, name in NAMES]) as opened:
        yield opened


def test_training_again_gives_the_same_bytes_and_reads_back_whole(trading: Ledger) -> None:
    first, second = (
        training.train(trading, payers(NAMES), as_of=day(200), known_at=KNOWN, rounds=5)
        for _ in range(2)
    )
    assert first.as_bytes() == second.as_bytes()
    back = read_model(first.as_bytes(), "late.json")
    assert (back.version, back.trained) == (first.version, first.trained)
    with pytest.raises(NotALateModel):
        read_model(b'{"kind": "additive"}', "other.json")


def test_a_model_is_tested_only_on_what_came_after_it(trading: Ledger) -> None:
    model = training.train(trading, payers(NAMES), as_of=day(200), known_at=KNOWN, rounds=20)
    report = validation.validate(trading, payers(NAMES), model, as_of=END, known_at=KNOWN)
    assert report["tested_from"] == day(201)
    late, fifteen, _ = report["chances"]
    assert (late["auc"], fifteen["auc"], fifteen["base_rate"]) == (1.0, None, 0.0)
    assert late["base_rate"] == pytest.approx(1 / 3, abs=0.01)
    days = report["days"]
    # The one payer's days are its calendar's, which no median can say.
    assert days["mae"] < 1 < days["mae_of_payer_median"]
    with pytest.raises(validation.NothingToTest):
        validation.validate(trading, payers(NAMES), model, as_of=day(200), known_at=KNOWN)


def test_a_short_ledger_is_not_trained_on_and_says_what_it_lacks(trading: Ledger) -> None:
    with pytest.raises(training.TooLittleToTrain) as refused:
        training.train(trading, payers(NAMES), as_of=day(80), known_at=KNOWN)
    assert refused.value.params["least"] == training.LEAST_INVOICES


def test_without_a_model_a_payers_history_counts_and_without_one_the_sellers_terms() -> None:
    items = [item(n, 100, day(n), day(n + 10), buyer_id=1) for n in range(1, 8)]
    items += [item(8, 100, day(60), day(70)), item(9, 100, day(60), day(70), buyer_id=3)]
    ends = [paid(n, n, 100, day(n + 15)) for n in range(1, 8)]
    opened = ledger(items, ends, [buyer(n, name=name) for n, name in NAMES])
    with opened:
        rows = prediction.predictions(
            opened, payers(NAMES), None, as_of=day(62), known_at=KNOWN
        ).to_pylist()
    own, seller = rows
    assert [(r["method"], r["outcomes"]) for r in rows] == [("history", 7), ("seller", 0)]
    assert own["expected_on"] == seller["expected_on"] == day(75)
    assert own["late"] > seller["late"] > 0.5
    assert own["early_on"] <= own["expected_on"] <= own["slow_on"]


def test_trees_give_what_the_library_gives() -> None:
    draw = np.random.default_rng(5)
    rows = draw.normal(size=(400, 4))
    rows[::7, 2] = -1e6
    outcome = (rows[:, 0] * rows[:, 1] + rows[:, 3] > 0).astype(float)
    booster = lightgbm.train(
        {**training.SETTINGS, "min_data_in_leaf": 5, "num_leaves": 15},
        lightgbm.Dataset(rows, outcome),
        num_boost_round=12,
    )
    dumped = [tree_of_dump(tree["tree_structure"]) for tree in booster.dump_model()["tree_info"]]
    stored = tuple(tree_of(tree.as_json()) for tree in dumped)
    ours = log_odds(stored, rows)
    assert np.abs(ours - booster.predict(rows, raw_score=True)).max() < 1e-12
    empty = ledger([item(1, 100, day(0), day(10))], [paid(1, 1, 100, day(3))])
    with empty:
        none = prediction.predictions(empty, payers([(1, "A")]), None, as_of=END, known_at=KNOWN)
    assert (none.num_rows, none.schema) == (0, prediction.PREDICTIONS)


def test_a_row_of_inputs_is_an_invoice_at_a_threshold() -> None:
    with prepared([item(1, 100, day(0), day(10))], []) as opened:
        rows = inputs(features.counts(opened, ALL), features.invoices(opened, ALL))
    assert rows.rows.shape[0] == len(THRESHOLDS)
    due = THRESHOLDS.index(0)
    # Nothing is known: even chances to be late; and nobody pays before the invoice is issued.
    assert rows.history[0, due] == 0.5
    early = [days < -10 for days in THRESHOLDS]
    assert rows.unissued[0].tolist() == early
    assert (rows.history[0] == 1.0).tolist() == early
    assert np.isnan(rows.owed[0]).tolist() == early
