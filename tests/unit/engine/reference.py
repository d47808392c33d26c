"""An independent, slow, plain-Python reading of the ledger's rules, to compare the engine with.

Written from the rules and not from the expressions: loops over rows, no SQL, no shared code.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

Row = dict[str, Any]
ZERO = Decimal(0)
BILLS = {"bank_acceptance", "commercial_acceptance", "electronic_receivable"}
BUCKETS = (
    ("not_due", -(10**6), 0),
    ("d1_30", 1, 30),
    ("d31_60", 31, 60),
    ("d61_90", 61, 90),
    ("d91_120", 91, 120),
    ("d121_180", 121, 180),
    ("d181_365", 181, 365),
    ("d_gt_365", 366, 10**6),
)


def visible(rows: list[Row], known_at: datetime) -> list[Row]:
    return [
        row
        for row in rows
        if row["recorded_at"] <= known_at
        and (row["superseded_at"] is None or row["superseded_at"] > known_at)
    ]


def bucket(days: int | None) -> str:
    if days is None:
        return "not_due"
    return next(name for name, first, last in BUCKETS if first <= days <= last)


def years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


def recognition(since: date, as_of: date) -> str:
    for years, name in ((1, "r_lt_1y"), (2, "r_1_2y"), (3, "r_2_3y")):
        if as_of <= years_later(since, years):
            return name
    return "r_gt_3y"


def parts_of(item: Row, settlements: list[Row], as_of: date) -> list[tuple[Decimal, date | None]]:
    """(amount, the day it ages from) of each open part; a live bill's part ages from maturity."""
    mine = [row for row in settlements if row["item_id"] == item["item_id"]]
    left = item["amount"] - sum(
        (row["amount"] for row in mine if row["cleared_on"] and row["cleared_on"] <= as_of), ZERO
    )
    live = [
        row
        for row in mine
        if row["kind"] in BILLS
        and row["effective_on"] <= as_of
        and not (row["cleared_on"] and row["cleared_on"] <= as_of)
        and not (row["dishonoured_on"] and row["dishonoured_on"] <= as_of)
    ]
    live.sort(key=lambda row: (row["matures_on"] or date.max, row["settlement_id"]))
    parts: list[tuple[Decimal, date | None]] = []
    rest = left
    for bill in live:
        covered = min(bill["amount"], max(rest, ZERO))
        if covered > 0:
            due = item["due_on"]
            parts.append((covered, None if due is None else max(due, bill["matures_on"] or due)))
            rest -= covered
    return [(rest, item["due_on"]), *parts] if left else []


def accounts(
    items: list[Row], settlements: list[Row], as_of: date, known_at: datetime
) -> dict[tuple[int, str], Row]:
    """The aged accounts with any open position, keyed by buyer and currency."""
    seen = [row for row in visible(items, known_at) if row["issued_on"] <= as_of]
    moves = visible(settlements, known_at)
    result: dict[tuple[int, str], Row] = defaultdict(lambda: defaultdict(lambda: ZERO))
    for item in seen:
        account = (item["buyer_id"], item["currency"])
        if item["kind"] in ("credit_note", "receipt"):
            used = sum(
                (
                    row["amount"]
                    for row in moves
                    if row["source_item_id"] == item["item_id"] and row["effective_on"] <= as_of
                ),
                ZERO,
            )
            name = "credits" if item["kind"] == "credit_note" else "unapplied"
            if item["amount"] != used:
                result[account][name] += item["amount"] - used
            continue
        parts = parts_of(item, moves, as_of)
        if not parts:
            continue
        if item["kind"] == "unbilled_delivery":
            result[account]["unbilled"] += sum((amount for amount, _ in parts), ZERO)
            continue
        row = result[account]
        row["open_items"] += 1
        for position, (amount, since) in enumerate(parts):
            days = None if since is None else (as_of - since).days
            row["open_total"] += amount
            row[bucket(days)] += amount
            row[recognition(item["recognised_on"], as_of)] += amount
            row["disputed"] += amount if item["disputed"] else ZERO
            row["under_bills"] += amount if position else ZERO
            if amount > 0 and days is not None:
                row["max_days_overdue"] = max(row["max_days_overdue"], days, 0)
    return result


def next_day(day: date) -> date:
    return day + timedelta(days=1)


def balance(item: Row, settlements: list[Row], as_of: date) -> Decimal:
    return sum((amount for amount, _ in parts_of(item, settlements, as_of)), ZERO)
