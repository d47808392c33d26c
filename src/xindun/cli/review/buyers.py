"""The buyers of a review, one after the other, ready for every kind of output.

What a reader would get wrong: the engine judges *accounts* (a buyer in one currency). A buyer's
grade is the worst of its accounts' grades, and its reasons and limit are those of that account;
the others stand under ``balances``. Buyers are read in batches, so 100,000 of them need no more
memory than a few hundred.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from xindun.cli.review.figures import exact, plain
from xindun.cli.review.sentences import Speaker
from xindun.engine.phrases import template
from xindun.engine.schema import BUCKET_COLUMNS, BUCKETS

RECOGNITION = {"r_lt_1y": "<1y", "r_1_2y": "1-2y", "r_2_3y": "2-3y", "r_gt_3y": ">3y"}

AMOUNTS = (
    "open_total",
    "overdue",
    "disputed",
    "under_bills",
    "credits",
    "unapplied",
    "unbilled",
    "net",
)
BEHAVIOUR = (
    "days_beyond_terms",
    "payment_index",
    "on_time_ratio",
    "trend_days",
    "volatility_days",
    "history_days",
    "judged_items",
    "dbt_0_90",
    "dbt_91_180",
    "dbt_181_365",
    "confidence",
)

Row = dict[str, Any]


def buckets_of(row: Row, currency: str) -> dict[str, str | None]:
    """The ageing buckets of a row by their labels, in order."""
    labels = [label for label, _, _ in BUCKETS]
    return {
        label: exact(row[column], currency)
        for label, column in zip(labels, BUCKET_COLUMNS, strict=True)
    }


def recognition_of(row: Row, currency: str) -> dict[str, str | None]:
    """The ageing by recognition date (账龄) of a row."""
    return {label: exact(row.get(column), currency) for column, label in RECOGNITION.items()}


def in_order(accounts: pa.Table) -> pa.Table:
    """Accounts with each buyer's rows together, the largest share of its currency first.

    Shares, not amounts, because amounts in two currencies have no order.
    """
    if accounts.num_rows == 0:
        return accounts
    share = pc.fill_null(pc.cast(accounts["share_of_open"], pa.float64()), 0.0)
    accounts = accounts.append_column("_share", share)
    largest = accounts.group_by("buyer_id").aggregate([("_share", "max")])
    # Arrow cannot join tables that hold lists, so the largest share is looked up by place.
    place = pc.index_in(accounts["buyer_id"], value_set=largest["buyer_id"].combine_chunks())
    accounts = accounts.append_column("_largest", largest["_share_max"].take(place))
    return accounts.sort_by(
        [("_largest", "descending"), ("buyer_id", "ascending"), ("_share", "descending")]
    ).drop_columns(["_share", "_largest"])


SEASON = ("month", "days_beyond_terms", "excess_days")


def with_seasons(accounts: pa.Table, seasonality: pa.Table) -> pa.Table:
    """The accounts with their lateness by calendar month in columns of lists, null for most."""
    lists = seasonality.group_by(["buyer_id", "currency"]).aggregate(
        [(name, "list") for name in SEASON]
    )
    place = pc.index_in(_account_key(accounts), value_set=_account_key(lists).combine_chunks())
    for name in SEASON:
        accounts = accounts.append_column(f"season_{name}", lists[f"{name}_list"].take(place))
    return accounts


def _account_key(table: pa.Table) -> pa.ChunkedArray:
    number = pc.cast(table["buyer_id"], pa.string())
    return pc.binary_join_element_wise(number, table["currency"], " ")


def _seasons(row: Row) -> list[Row]:
    """Months in order: days beyond terms of what fell due in them, and against the average."""
    if row["season_month"] is None:
        return []
    months = zip(*(row[f"season_{name}"] for name in SEASON), strict=True)
    return [dict(zip(SEASON, map(plain, month), strict=True)) for month in sorted(months)]


def buyers_of(accounts: pa.Table, keys: dict[int, str], say: Speaker) -> Iterator[Row]:
    """Every buyer with its balances, judgement and limit; ``accounts`` as :func:`in_order` gave.

    Args:
        accounts: the engine's accounts.
        keys: the source's number of each buyer id.
        say: the language of the sentences.
    """
    rows = (row for batch in accounts.to_batches(2_000) for row in batch.to_pylist())
    for buyer_id, group in groupby(rows, key=lambda row: row["buyer_id"]):
        held = list(group)
        accounts_of = [_account(row, say) for row in held]
        worst = accounts_of[_worst(held)]
        yield {
            "buyer_id": buyer_id,
            "number": keys.get(buyer_id),
            "name": held[0]["name"],
            "country": held[0]["country"],
            "grade": worst["grade"],
            "health_score": worst["health_score"],
            "not_rated_reason": worst["not_rated_reason"],
            "not_rated": worst["not_rated"],
            "judged_currency": worst["currency"],
            "reasons": worst["reasons"],
            "counterfactuals": worst["counterfactuals"],
            "limit": worst["limit"],
            "balances": accounts_of,
        }


def _worst(held: list[Row]) -> int:
    """Place of the account with the worst grade; the first one when none is rated."""
    rated = [(-row["grade"], place) for place, row in enumerate(held) if row["grade"] is not None]
    return min(rated)[1] if rated else 0


def _account(row: Row, say: Speaker) -> Row:
    """One account in full."""
    currency = row["currency"]
    return {
        "currency": currency,
        **{name: exact(row.get(name), currency) for name in AMOUNTS},
        "buckets": buckets_of(row, currency),
        "recognition": recognition_of(row, currency),
        "oldest_due_on": plain(row.get("oldest_due_on")),
        "max_days_overdue": row.get("max_days_overdue"),
        "open_items": row.get("open_items"),
        "share_of_open": plain(row.get("share_of_open")),
        "behaviour": {
            **{name: plain(row.get(name)) for name in BEHAVIOUR},
            "confidence_label": say.phrase("confidence", row.get("confidence")),
            "seasonality": _seasons(row),
            "largest_paid_on_time": exact(row.get("largest_paid_on_time"), currency),
        },
        "grade": row["grade"],
        "health_score": plain(row["health_score"]),
        "not_rated_reason": row["not_rated_reason"],
        "not_rated": say.phrase("not_rated", row["not_rated_reason"]),
        "reasons": [_reason(reason, say) for reason in row["reasons"] or ()],
        "counterfactuals": [_change(change, say) for change in row["counterfactuals"] or ()],
        "limit": _limit(row, say),
    }


def _reason(reason: Row, say: Speaker) -> Row:
    """A reason with its points; the points of all reasons sum to the health score."""
    return {
        "code": reason["code"],
        "points": plain(reason["points"]),
        "max_points": plain(reason["max_points"]),
        "value": plain(reason["value"]),
        "label": say(template("factor", reason["code"].removesuffix("_unknown"))),
        "sentence": say.phrase("reason", reason["code"], reason["params"]),
    }


def _change(change: Row, say: Speaker) -> Row:
    """A smallest change in behaviour that reaches the next better grade."""
    shown = {name: plain(value) for name, value in change.items() if name != "params"}
    return {
        **shown,
        "sentence": say.phrase("change", change["code"], change["params"]),
    }


def _limit(row: Row, say: Speaker) -> Row:
    """The recommended limit with every formula, the binding one named."""
    currency = row["currency"]
    formulas = []
    for formula in row["limit_formulas"] or ():
        amount = exact(formula["amount"], currency)
        formulas.append(
            {
                "code": formula["code"],
                "available": formula["available"],
                "amount": amount,
                "binding": formula["available"] and formula["code"] == row["limit_binding"],
                "reason": formula["reason"],
                "sentence": say.phrase("limit", formula["code"], formula["params"], currency),
                "why_not": say.phrase("limit_reason", formula["reason"]),
            }
        )
    return {
        "currency": currency,
        "recommended": exact(row["limit_recommended"], currency),
        "binding": row["limit_binding"],
        "over_by": _over(row),
        "formulas": formulas,
    }


def _over(row: Row) -> str | None:
    """What is open beyond the recommended limit; None without a limit."""
    if row["limit_recommended"] is None:
        return None
    over = Decimal(row["open_total"]) - Decimal(row["limit_recommended"])
    return exact(max(over, Decimal(0)), row["currency"])
