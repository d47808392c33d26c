"""Small ledgers for the engine's tests: a builder with defaults, and random ones."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pyarrow as pa
from hypothesis import strategies as st

from xindun.engine import schema
from xindun.engine.run import Ledger, open_tables

Row = dict[str, Any]
RECORDED = datetime.fromisoformat("2025-01-01")
KNOWN = datetime.fromisoformat("2026-01-01")


def buyer(buyer_id: int = 1, country: str | None = None, name: str | None = None) -> Row:
    return {
        "buyer_id": buyer_id,
        "buyer_key": f"K{buyer_id}",
        "name": name or f"Buyer {buyer_id}",
        "country": country,
    }


def item(item_id: int, amount: object, issued: date, due: date | None = None, **facts: Any) -> Row:
    return {
        "item_id": item_id,
        "buyer_id": 1,
        "kind": "invoice",
        "number": f"N{item_id}",
        "currency": "EUR",
        "amount": Decimal(str(amount)),
        "issued_on": issued,
        "due_on": due,
        "original_due_on": due,
        "recognised_on": issued,
        "disputed": False,
        "recorded_at": RECORDED,
        "superseded_at": None,
    } | facts


def paid(settlement_id: int, item_id: int, amount: object, day: date, **facts: Any) -> Row:
    return {
        "settlement_id": settlement_id,
        "item_id": item_id,
        "source_item_id": None,
        "kind": "cash",
        "amount": Decimal(str(amount)),
        "effective_on": day,
        "cleared_on": day,
        "matures_on": None,
        "dishonoured_on": None,
        "derived": False,
        "recorded_at": RECORDED,
        "superseded_at": None,
    } | facts


def ledger(
    items: list[Row], settlements: list[Row] | None = None, buyers: list[Row] | None = None
) -> Ledger:
    ids = sorted({row["buyer_id"] for row in items} | {1})
    rows = {
        "buyers": buyers or [buyer(n) for n in ids],
        "items": items,
        "settlements": settlements or [],
    }
    tables = {
        name: pa.Table.from_pylist(rows[name], schema=columns)
        for name, columns in (
            ("buyers", schema.BUYERS),
            ("items", schema.ITEMS),
            ("settlements", schema.SETTLEMENTS),
        )
    }
    return open_tables(tables, threads=1)


START = date(2023, 1, 1)
DAYS = st.integers(0, 900).map(lambda n: START + timedelta(days=n))
MONEY = st.integers(1, 10_000_000).map(lambda n: Decimal(n) / 100)
MOMENTS = st.integers(0, 300).map(lambda n: RECORDED + timedelta(days=n))


@st.composite
def versions(draw: st.DrawFn) -> dict[str, datetime | None]:
    """Mostly one plain version; sometimes one that was learned late or is superseded."""
    recorded = draw(st.one_of(st.just(RECORDED), MOMENTS))
    gone = draw(st.one_of(st.none(), st.none(), st.integers(1, 200)))
    return {
        "recorded_at": recorded,
        "superseded_at": None if gone is None else recorded + timedelta(days=gone),
    }


@st.composite
def random_items(draw: st.DrawFn, least: int = 0) -> list[Row]:
    rows = []
    for number in range(draw(st.integers(least, 12))):
        issued = draw(DAYS)
        kind = draw(st.sampled_from(["invoice"] * 5 + list(schema.ITEM_KINDS)))
        terms = draw(st.one_of(st.none(), st.integers(0, 400)))
        due = None if terms is None else issued + timedelta(days=terms)
        if kind in ("credit_note", "receipt"):
            due = None
        rows.append(
            item(
                number + 1,
                draw(MONEY),
                issued,
                due,
                buyer_id=draw(st.integers(1, 3)),
                currency=draw(st.sampled_from(["EUR", "USD"])),
                kind=kind,
                disputed=draw(st.booleans()),
                **draw(versions()),
            )
        )
    return rows


@st.composite
def random_settlements(draw: st.DrawFn, items: list[Row]) -> list[Row]:
    owed = [row for row in items if row["kind"] not in ("credit_note", "receipt")]
    sources = [row["item_id"] for row in items if row["kind"] in ("credit_note", "receipt")]
    rows = []
    for number in range(draw(st.integers(0, 14)) if owed else 0):
        target = draw(st.sampled_from(owed))
        kind = draw(st.sampled_from(schema.SETTLEMENT_KINDS))
        day = target["issued_on"] + timedelta(days=draw(st.integers(-10, 300)))
        facts: Row = {"kind": kind}
        if kind in schema.BILL_KINDS:
            matures = day + timedelta(days=draw(st.integers(0, 180)))
            end = draw(st.sampled_from(["live", "honoured", "dishonoured"]))
            last = matures + timedelta(days=draw(st.integers(0, 20)))
            facts |= {
                "matures_on": matures,
                "cleared_on": last if end == "honoured" else None,
                "dishonoured_on": last if end == "dishonoured" else None,
            }
        if sources:
            facts["source_item_id"] = draw(st.one_of(st.none(), st.sampled_from(sources)))
        whole = draw(st.booleans())
        amount = target["amount"] if whole else draw(MONEY)
        rows.append(paid(number + 1, target["item_id"], amount, day, **(facts | draw(versions()))))
    return rows


@st.composite
def random_ledgers(draw: st.DrawFn, least: int = 0) -> tuple[list[Row], list[Row]]:
    items = draw(random_items(least))
    return items, draw(random_settlements(items))
