"""The review as one document of text and numbers: what JSON prints and every report shows.

What a reader would get wrong: amounts are text with the currency's decimals, never floats, and
nothing is summed across currencies. Buyers come as a stream (:func:`buyers_of`), everything else
stands in the head.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TextIO

import pyarrow as pa
import pyarrow.compute as pc

from xindun import __version__
from xindun.cli.review.buyers import (
    AMOUNTS,
    buckets_of,
    buyers_of,
    in_order,
    recognition_of,
    with_seasons,
)
from xindun.cli.review.figures import exact, plain
from xindun.cli.review.methods import FIGURES, KPIS
from xindun.cli.review.sentences import Speaker
from xindun.engine.coverage import Coverage
from xindun.engine.portfolio import Review

Row = dict[str, Any]
SLOWER_DAYS = 5.0
"""An account whose trend is at least this many days counts as getting slower."""
SERIES_AMOUNTS = ("open_total", "overdue", "sales", "receipts")


@dataclass(frozen=True)
class Document:
    """The head (everything but the buyers) and the accounts from which buyers are read."""

    head: Row
    accounts: pa.Table
    keys: dict[int, str]
    say: Speaker

    def buyers(self, limit: int | None = None) -> Iterator[Row]:
        """The buyers, largest share of their currency's open total first; ``limit`` of them."""
        for place, buyer in enumerate(buyers_of(self.accounts, self.keys, self.say)):
            if limit is not None and place >= limit:
                return
            yield buyer

    def write_json(self, out: TextIO) -> None:
        """Write the whole document, one buyer at a time."""
        tail = ("actions", "control", "rejects_count", "rejects", "methods")
        first = {key: value for key, value in self.head.items() if key not in tail}
        last = {key: self.head[key] for key in tail}
        out.write(_inside(first) + ",\n")
        out.write('  "buyers": [')
        for place, buyer in enumerate(self.buyers()):
            out.write(",\n    " if place else "\n    ")
            out.write(json.dumps(buyer, ensure_ascii=False))
        out.write("\n  ],\n" + _inside(last)[2:] + "\n}\n")


def _inside(part: Row) -> str:
    """A mapping as JSON text without its closing brace."""
    return json.dumps(part, ensure_ascii=False, indent=2).rstrip()[:-1].rstrip()


def document_of(review: Review, ledger: Row, keys: dict[int, str], say: Speaker) -> Document:
    """The document of a review.

    Args:
        review: what the engine found.
        ledger: what the reader of the files said: ``ledger``, ``notices``, ``control``,
            ``rejects_count`` and ``rejects``.
        keys: the source's number of each buyer id.
        say: the language of every sentence.
    """
    accounts = in_order(with_seasons(review.accounts, review.seasonality))
    head = {
        "kind": "xindun.review",
        "xindun": __version__,
        "lang": say.lang,
        "as_of": plain(review.as_of),
        "known_at": plain(review.known_at),
        "model_version": review.model_version,
        "scale": _scale(review),
        **{key: ledger[key] for key in ("ledger", "notices")},
        "summary": _summary(accounts),
        "coverage": _coverage(review.coverage, say),
        "totals": [_total(row, say) for row in review.totals.to_pylist()],
        "concentration": _concentration(review.concentration.to_pylist()),
        "grades": _grades(accounts),
        "series": [_month(row) for row in review.series.to_pylist()],
        "actions": [_action(row, say) for row in review.actions.to_pylist()],
        **{key: ledger[key] for key in ("control", "rejects_count", "rejects")},
        "methods": _methods(say),
    }
    return Document(head, accounts, keys, say)


def _summary(accounts: pa.Table) -> Row:
    """Counts over all accounts: how many are late, slower, above their limit, not rated."""
    floats = {
        name: pc.cast(accounts[name], pa.float64())
        for name in ("open_total", "overdue", "limit_recommended")
    }
    counted = {
        "overdue": pc.greater(floats["overdue"], 0.0),
        "slower": pc.greater_equal(accounts["trend_days"], SLOWER_DAYS),
        "over_limit": pc.greater(floats["open_total"], floats["limit_recommended"]),
        "not_rated": pc.is_null(accounts["grade"]),
    }
    return {
        "buyers": pc.count_distinct(accounts["buyer_id"]).as_py(),
        "accounts": accounts.num_rows,
        **{name: pc.sum(flags).as_py() or 0 for name, flags in counted.items()},
    }


def _total(row: Row, say: Speaker) -> Row:
    """The totals of one currency, with its ageing and its key figures."""
    currency = row["currency"]
    return {
        "currency": currency,
        **{name: exact(row.get(name), currency) for name in AMOUNTS},
        "buckets": buckets_of(row, currency),
        "recognition": recognition_of(row, currency),
        "provision": exact(row.get("provision"), currency),
        "provision_reason": say.phrase("kpi_reason", row.get("provision_reason")),
        "accounts": row["accounts"],
        "open_items": row["open_items"],
        "kpis": {code: _kpi(code, row, say) for code in KPIS},
    }


def _kpi(code: str, row: Row, say: Speaker) -> Row:
    """A key figure with its method, or why it is not available."""
    reason = row.get(f"{code}_reason")
    return {
        "label": say(KPIS[code]),
        "value": plain(row.get(code)),
        "method": say.phrase("method", code),
        "reason": reason,
        "why_not": say.phrase("kpi_reason", reason),
        # Only the countback can run out of history; it is then at least this many days.
        "is_lower_bound": bool(row.get(f"{code}_is_lower_bound")),
    }


def _scale(review: Review) -> Row:
    """What the grade means: its direction, its horizon, and that it is no probability."""
    return {
        "id": review.scale_id,
        "best": 1,
        "worst": 10,
        "direction": review.direction,
        "horizon_days": review.horizon_days,
        "health_score": "0-100, higher is safer",
    }


def _coverage(coverage: Coverage, say: Speaker) -> Row:
    """What the ledger can support, and why not the rest."""
    facts = {
        name: plain(getattr(coverage, name))
        for name in (
            "has_open",
            "has_settled",
            "only_open",
            "only_settled",
            "first_movement_on",
            "last_movement_on",
        )
    }
    flags = [
        {
            "code": flag.code,
            "params": flag.params,
            "sentence": say.phrase("coverage", flag.code, flag.params),
        }
        for flag in coverage.flags
    ]
    return {**facts, "flags": flags}


def _concentration(rows: list[Row]) -> list[Row]:
    """Shares of the largest buyers and of the countries, currency by currency."""
    found: dict[str, Row] = {}
    for row in rows:
        one = found.setdefault(row["currency"], {"currency": row["currency"], "countries": []})
        if row["measure"] == "country":
            amount = exact(row["amount"], row["currency"])
            place = {"country": row["key"], "amount": amount, "share": row["share"]}
            one["countries"].append(place)
        elif row["measure"] == "hhi":
            one["hhi"] = row["share"]
        else:
            one[f"{row['measure']}_share"] = row["share"]
    return list(found.values())


def _grades(accounts: pa.Table) -> Row:
    """Number of accounts at each grade; "not_rated" for those without one."""
    counts = {str(grade): 0 for grade in range(1, 11)} | {"not_rated": 0}
    for row in accounts["grade"].value_counts().to_pylist():
        counts["not_rated" if row["values"] is None else str(row["values"])] = row["counts"]
    return counts


def _month(row: Row) -> Row:
    """One month end of one currency."""
    currency = row["currency"]
    return {
        "currency": currency,
        "month_end": plain(row["month_end"]),
        **{name: exact(row[name], currency) for name in SERIES_AMOUNTS},
        "dso_countback": plain(row["dso_countback"]),
    }


def _action(row: Row, say: Speaker) -> Row:
    """What to do today about one buyer, and the money at stake."""
    stake = exact(row["stake"], row["currency"])
    return {
        "rank": row["rank"],
        "action": row["action"],
        "buyer_id": row["buyer_id"],
        "name": row["name"],
        "currency": row["currency"],
        "stake": stake,
        "due_on": plain(row["due_on"]),
        "reason": row["reason"],
        "title": say.phrase("action", row["action"]),
        "sentence": say.phrase("action_reason", row["reason"], row["params"], row["currency"]),
    }


def by_account(actions: list[Row]) -> list[Row]:
    """Today's actions with one entry an account: what is most urgent about it comes first.

    An entry has the account's ``buyer_id``, ``name`` and ``currency``, the largest ``stake`` and
    its ``actions`` in the order of their rank.
    """
    found: dict[tuple[int, str], Row] = {}
    for action in actions:
        key = (action["buyer_id"], action["currency"])
        entry = found.setdefault(
            key, {name: action[name] for name in ("buyer_id", "name", "currency", "stake")}
        )
        entry.setdefault("actions", []).append(action)
        entry["stake"] = max(entry["stake"], action["stake"], key=Decimal)
    for entry in found.values():
        # Handing over stops shipments already, so holding orders says nothing more.
        if any(action["action"] == "hand_over" for action in entry["actions"]):
            entry["actions"] = [a for a in entry["actions"] if a["action"] != "hold_orders"]
    return list(found.values())


def _methods(say: Speaker) -> list[Row]:
    """Every figure's name and method."""
    figures = [
        {"code": code, "label": say(label), "method": say(method)}
        for code, (label, method) in FIGURES.items()
    ]
    kpis = [
        {"code": code, "label": say(label), "method": say.phrase("method", code)}
        for code, label in KPIS.items()
    ]
    return figures + kpis
