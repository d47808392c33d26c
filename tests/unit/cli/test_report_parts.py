"""The small parts of the report: figures, charts, names, settings."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from xindun.cli.review.charts import LINES, ceiling, over_time
from xindun.cli.review.document import by_account
from xindun.cli.review.figures import exact, grouped, number, percent, plain, short, with_currency
from xindun.cli.review.sentences import Speaker
from xindun.cli.review.settings import (
    UnknownParameter,
    UnreadableParameters,
    WrongParameter,
    load_parameters,
)
from xindun.engine.parameters import Parameters, UnsoundParameters


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        ("1250.0000", "EUR", "1250.00"),
        ("1250.0000", "JPY", "1250"),
        ("1.2345", "KWD", "1.234"),
        ("79656.6000", "XXX", "79656.60"),
        ("0.1234", "XXX", "0.1234"),
        ("0.0000", "XXX", "0.00"),
        ("-5.0000", "CNY", "-5.00"),
    ],
)
def test_money_has_its_currency_decimals(amount: str, currency: str, text: str) -> None:
    assert exact(Decimal(amount), currency) == text


def test_no_amount_is_a_dash_and_no_text() -> None:
    assert exact(None, "EUR") is None
    assert (grouped(None), number(None), percent(None), short(None)) == ("–", "–", "–", "–")


@pytest.mark.parametrize(
    ("amount", "lang", "text"),
    [
        ("12345678", "en", "12.3 M"),
        ("12345678", "zh", "1,235 万"),
        ("987654321", "zh", "9.88 亿"),
        ("999", "en", "999"),
        ("-1500", "en", "−1.50 k"),
        ("2500000000000", "en", "2.50 T"),
    ],
)
def test_amounts_are_shortened_as_the_language_counts(amount: str, lang: str, text: str) -> None:
    assert short(amount, lang) == text


def test_figures_for_people() -> None:
    assert grouped("-1234567.80") == "−1,234,567.80"
    assert percent("1", "3") == "33.3 %"
    assert percent("1", "0") == "–"
    assert number(0.0) == "0.0"
    assert with_currency("1234.50", "EUR") == "EUR\u00a01,234.50"
    assert with_currency("1234.50", "XXX") == "1,234.50"


def test_json_takes_decimals_and_dates_as_text() -> None:
    value = {"a": Decimal("1.50"), "b": [date(2025, 1, 2)], "c": float("nan"), "d": Decimal(0)}
    assert plain(value) == {"a": "1.5", "b": ["2025-01-02"], "c": None, "d": "0"}


@pytest.mark.parametrize("value", [0.5, 1.0, 7.3, 730.0, 999.0, 12_300_000.0])
def test_the_top_of_an_axis_is_round_and_not_far_above(value: float) -> None:
    top = ceiling(value)
    assert value <= top <= 2.5 * value
    assert (top / LINES) == pytest.approx(float(f"{top / LINES:.2g}"))


def test_a_month_without_a_value_breaks_the_line() -> None:
    months = [
        {"month_end": f"2025-0{place}-28", "dso": value}
        for place, value in enumerate(["10", None, "20", "30"], start=1)
    ]
    chart = over_time(months, [("dso", "DSO", "dso")])
    assert chart is not None
    assert chart.lines[0].path.count("M") == 2
    assert chart.x_labels[-1] == (100.0, "2025-04")
    assert over_time(months[:1], [("dso", "DSO", "dso")]) is None


def test_one_entry_an_account_and_handing_over_says_it_all() -> None:
    def action(rank: int, code: str, buyer: int, stake: str) -> dict[str, object]:
        return {
            "rank": rank,
            "action": code,
            "buyer_id": buyer,
            "name": f"Buyer {buyer}",
            "currency": "EUR",
            "stake": stake,
        }

    work = by_account(
        [
            action(1, "hand_over", 7, "90.00"),
            action(2, "remind", 8, "50.00"),
            action(3, "hold_orders", 7, "90.00"),
            action(4, "review_limit", 7, "1000.00"),
        ]
    )
    assert [(entry["buyer_id"], entry["stake"]) for entry in work] == [(7, "1000.00"), (8, "50.00")]
    assert [a["action"] for a in work[0]["actions"]] == ["hand_over", "review_limit"]


def test_parameters_of_a_sentence_are_shown_by_their_kind() -> None:
    say = Speaker("en")
    assert "35.0 %" in str(say.phrase("reason", "overdue_ratio", '{"value": 0.35}'))
    assert "12.5 days" in str(say.phrase("reason", "days_beyond_terms", '{"value": 12.5}'))
    above = say.phrase("action_reason", "above_limit", '{"exposure": 9.5, "limit": 4}', "EUR")
    assert above is not None
    assert "EUR\u00a09.50" in above and "EUR\u00a04.00" in above
    assert say.phrase("reason", None) is None
    assert say.phrase("reason", "never_heard_of") == "never_heard_of"


def test_without_a_file_the_defaults_hold() -> None:
    assert load_parameters(None) == Parameters()


def test_a_parameters_file_changes_what_it_names(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_text(
        "tolerance_days: 3\nstep_up: 1.1\nstarter_caps: {EUR: 5000}\n"
        "factors: {history_days: {table: [[90, 0], [365, 7]]}}\n",
        "utf-8",
    )
    found = load_parameters(path)
    assert (found.tolerance_days, found.step_up) == (3, Decimal("1.1"))
    assert found.starter_caps == {"EUR": Decimal(5000)}
    assert found.factors[-1].table == ((90.0, Decimal(0)), (365.0, Decimal(7)))
    assert found.model_version != Parameters().model_version


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("[1, 2]", UnreadableParameters),
        ("a: [", UnreadableParameters),
        ("hold_dayz: 3", UnknownParameter),
        ("hold_days: soon", WrongParameter),
        ("loss_rates: {r_lt_1y: 0.1}", WrongParameter),
        ("factors: {luck: {table: [[0, 1]]}}", WrongParameter),
        ("step_up: 9", UnsoundParameters),
    ],
)
def test_a_wrong_parameters_file_is_refused(
    tmp_path: Path, text: str, error: type[Exception]
) -> None:
    path = tmp_path / "p.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(error):
        load_parameters(path)
