"""Which line of ours a printed name is; the catalogue stands in ``lines.yaml``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from xindun.engine.figures import LINES, Figures

PROFIT_BEFORE_TAX = "profit_before_tax"
"""Read for EBIT, which Chinese statements do not print: profit before tax and interest."""
COSTS = frozenset(("cost_of_sales", "operating_expenses", "depreciation", "interest_expense"))
"""Some sheets print costs in brackets; a cost is a cost either way."""
_BRACKETS = re.compile(r"[(\[【].*?[)\]】]")
_NUMBERING = re.compile(r"^(?:[一二三四五六七八九十]+[、.．]|\d+[、.．)])\s*")
_LEADS = re.compile(r"^(?:其中|减|加|includ(?:ing|es)|of which|less|add|plus):\s*", re.IGNORECASE)
_OTHER = re.compile(r"[\W_]+")
Sources = Mapping[str, tuple[str, date | None]]


@dataclass(frozen=True, slots=True)
class Printed:
    """A line of a sheet in one period; the amount is in the sheet's unit."""

    name: str
    amount: Decimal


def folded(name: str) -> str:
    """A printed name for comparison.

    >>> folded("  一、营业总收入(亏损以“-”号填列) "), folded("Less: Cost of sales")
    ('营业总收入', 'cost of sales')
    """
    text = _BRACKETS.sub("", unicodedata.normalize("NFKC", name)).strip()
    text = _NUMBERING.sub("", text.lstrip("△*▲☆# "))
    text = _LEADS.sub("", text).replace("’", "").replace("'", "").casefold()
    return _OTHER.sub(" ", text).strip().replace("、", "")


def meaning(name: str) -> str | None:
    """The line of ours that a name is, in whole or in part; None for none."""
    found = _catalogue().get(_key(name))
    return found[0] if found else None


def is_known(name: str) -> bool:
    """Whether a name is one that statements print, of use to us or not."""
    key = _key(name)
    return key in _catalogue() or key in _known()


def figures_of(printed: list[Printed]) -> tuple[Figures, dict[str, str]]:
    """The figures of one period, and printed name → the line it went into.

    A name that comes twice counts once, as it came first: a cash-flow statement repeats the profit.
    """
    amounts: dict[str, Decimal] = {}
    names: dict[str, str] = {}
    for each in printed:
        amounts.setdefault(_key(each.name), each.amount)
        names.setdefault(_key(each.name), each.name)
    found: dict[str, Decimal] = {}
    used: dict[str, str] = {}
    for line, (whole, parts) in _lines().items():
        taken = [next((key for key in whole if key in amounts), "")]
        if not taken[0]:
            taken = [key for key in parts if key in amounts]
        if taken:
            total = sum((amounts[key] for key in taken), Decimal(0))
            found[line] = abs(total) if line in COSTS else total
            used |= {names[key]: line for key in taken}
    before_tax = found.pop(PROFIT_BEFORE_TAX, None)
    if before_tax is not None and "interest_expense" in found:
        found["ebit"] = before_tax + found["interest_expense"]
    used = {name: "ebit" if line == PROFIT_BEFORE_TAX else line for name, line in used.items()}
    return Figures(**{name: found[name] for name in LINES if name in found}), used


def sources() -> Sources:
    """Standard → where its line names come from, and the day that was issued."""
    return {
        code: (str(entry["name"]), entry.get("issued"))
        for code, entry in _loaded()["sources"].items()
    }


def _key(name: str) -> str:
    return folded(name).replace(" ", "")


@cache
def _loaded() -> dict[str, Any]:
    text = (files("xindun.connectors.statement_files") / "lines.yaml").read_text("utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found


@cache
def _lines() -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    return {
        line: (tuple(map(_key, entry["names"])), tuple(map(_key, entry.get("parts", ()))))
        for line, entry in _loaded()["lines"].items()
    }


@cache
def _catalogue() -> dict[str, tuple[str, bool]]:
    found: dict[str, tuple[str, bool]] = {}
    for line, (whole, parts) in _lines().items():
        for keys, is_whole in ((whole, True), (parts, False)):
            for key in keys:
                found.setdefault(key, (line, is_whole))
    return found


@cache
def _known() -> frozenset[str]:
    return frozenset(map(_key, _loaded()["known"]))
