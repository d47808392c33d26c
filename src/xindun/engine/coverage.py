"""What a ledger can support, and what it cannot: said once, beside every figure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

STALE_AFTER: Final = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Flag:
    """One thing to know about the ledger: a code of ``phrases.PHRASES`` and its parameters."""

    code: str
    params: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the ledger holds on the day, and the consequences as flags.

    ``only_open``: it holds no settlement at all, so nobody's payment can be judged.
    ``only_settled``: every item in it is settled in the end, so what was never paid is missing:
    past days show survivors only, and behaviour looks better than it was.
    """

    has_open: bool
    has_settled: bool
    only_open: bool
    only_settled: bool
    items: int
    settlements: int
    first_movement_on: date | None
    last_movement_on: date | None
    flags: tuple[Flag, ...]

    @property
    def half(self) -> str | None:
        """Why figures of receivables over sales are not available: a code of ``kpi_reason``."""
        if self.only_open:
            return "only_open_items"
        return "only_settled_items" if self.only_settled else None


def coverage(
    items: dict[str, Any], settlements: dict[str, Any], opened: dict[str, Any], as_of: date
) -> Coverage:
    """Judge the facts that ``expressions.coverage`` counted."""
    days = [
        day
        for day in (
            items["first_issued_on"],
            items["last_issued_on"],
            settlements["first_settled_on"],
            settlements["last_settled_on"],
        )
        if day is not None
    ]
    only_open = items["aged_items"] > 0 and settlements["settlements"] == 0
    only_settled = (
        items["aged_items"] > 0
        and settlements["settlements"] > 0
        and opened["settled_later"] == opened["open_items"]
    )
    last = max(days, default=None)
    flags = []
    if not items["items"]:
        flags.append(Flag("ledger_empty", {"as_of": as_of.isoformat()}))
    if only_open:
        flags.append(Flag("only_open_items", {}))
    if only_settled:
        flags.append(Flag("only_settled_items", {}))
    if items["without_due"]:
        flags.append(Flag("items_without_due_date", {"items": items["without_due"]}))
    if last is not None and as_of - last > STALE_AFTER:
        facts = {"last": last.isoformat(), "days": (as_of - last).days}
        flags.append(Flag("ledger_ends_before", facts))
    return Coverage(
        has_open=opened["open_items"] > 0,
        has_settled=settlements["settled_by_then"] > 0,
        only_open=only_open,
        only_settled=only_settled,
        items=items["items"],
        settlements=settlements["settlements"],
        first_movement_on=min(days, default=None),
        last_movement_on=last,
        flags=tuple(flags),
    )
