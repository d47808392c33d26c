"""Securities prepared for reading: one line each, narrowed and ordered for the register."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from xindun.prevention.securities.values import Security, SecurityKind
from xindun.record.parties.reads import buyers_by_id
from xindun.record.parties.values import BuyerValue
from xindun.web.securities.words import ACTS, SECURITY_KINDS, WHY_UNCOUNTED

SOON = timedelta(days=60)
"""An end within these days is shown as one that needs somebody."""
BY_END = "ends"


@dataclass(frozen=True, slots=True)
class Line:
    """A security as lists show it; ``why`` says why it counts nothing."""

    security: Security
    buyer: BuyerValue
    kind: str
    why: str
    tone: str
    act: str


SORTS: dict[str, Callable[[Line], Any]] = {
    "buyer": lambda line: line.buyer.sort_key,
    "kind": lambda line: line.kind,
    "value": lambda line: (line.security.currency, line.security.value),
    "counts": lambda line: (line.security.currency, line.security.eligible_value),
    "ends": lambda line: line.security.ends_on or date.max,
}


def lines_of(found: Iterable[Security]) -> list[Line]:
    """Securities with their names."""
    rows = list(found)
    buyers = buyers_by_id({each.buyer_id for each in rows})
    return [_line(each, buyers[each.buyer_id]) for each in rows]


def narrowed(
    lines: Iterable[Line], *, query: str, kind: str, state: str, sort: str, today: date
) -> tuple[list[Line], str]:
    """Lines that fit, in order; an unknown order is by end, the soonest first."""
    name = sort.removeprefix("-")
    if name not in SORTS:
        name = sort = BY_END
    asked = query.strip().casefold()
    kept = [
        line
        for line in lines
        if asked in f"{line.buyer.name} {line.buyer.buyer_key} {line.security.issuer}".casefold()
        if kind not in set(SecurityKind) or line.security.kind == kind
        if _fits(line, state, today)
    ]
    return sorted(kept, key=SORTS[name], reverse=sort.startswith("-")), sort


def ends_soon(security: Security, today: date) -> bool:
    """Whether a security that counts stops counting before long."""
    end = security.ends_on
    return security.uncounted is None and end is not None and end <= today + SOON


def _fits(line: Line, state: str, today: date) -> bool:
    if state == "counts":
        return line.security.uncounted is None
    if state == "soon":
        return ends_soon(line.security, today)
    if state == "not":
        return line.security.uncounted is not None
    return True


def _line(security: Security, buyer: BuyerValue) -> Line:
    why, tone = "", "good"
    if security.uncounted is not None:
        said, tone = WHY_UNCOUNTED[security.uncounted]
        why = str(said)
    act = str(ACTS[security.act]) if security.act is not None else ""
    return Line(security, buyer, str(SECURITY_KINDS[security.kind]), why, tone, act)
