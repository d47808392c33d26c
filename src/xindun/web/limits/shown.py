"""A request and a recommendation prepared for reading."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from xindun.prevention.limits import reads
from xindun.prevention.limits.values import (
    CurrencyNote,
    FrozenRecommendation,
    LimitRequest,
    Standing,
    formulas_of,
)
from xindun.record.exposure.reads import balances_of
from xindun.record.parties.reads import buyers_by_id
from xindun.record.parties.values import BuyerValue
from xindun.web import formats
from xindun.web.evidence.shown import actor_name, people
from xindun.web.granting import role_name
from xindun.web.limits.words import LIMIT_KINDS, NOTES, REQUEST_STATES
from xindun.web.words import phrase


@dataclass(frozen=True, slots=True)
class Row:
    """A request as the list shows it."""

    request: LimitRequest
    buyer: BuyerValue
    kind: str
    state: str
    tone: str
    awaiting: str
    requester: str
    waits_for_me: bool
    owed: Decimal


@dataclass(frozen=True, slots=True)
class FormulaLine:
    """One way to a limit as it stood when the limit was requested."""

    sentence: str
    amount: Decimal | None
    why_not: str
    binding: bool


def rows_of(requests: tuple[LimitRequest, ...], mine: Standing) -> list[Row]:
    """Requests with names, and what each buyer owes now in the request's currency."""
    ids = {each.buyer_id for each in requests}
    buyers, names = buyers_by_id(ids), people()
    owed = {(each.buyer_id, each.currency): each.net for each in balances_of(ids)}
    return [
        Row(
            request=each,
            buyer=buyers[each.buyer_id],
            kind=str(LIMIT_KINDS[each.kind]),
            state=str(REQUEST_STATES[each.state][0]),
            tone=REQUEST_STATES[each.state][1],
            awaiting=role_name(each.awaiting) if each.awaiting else "",
            requester=actor_name(each.requester, names),
            waits_for_me=reads.waits_for(each, mine),
            owed=owed.get((each.buyer_id, each.currency), Decimal(0)),
        )
        for each in requests
    ]


def formulas_in(shown: FrozenRecommendation | None) -> list[FormulaLine]:
    """Every formula of a frozen recommendation, the usable ones first and the smallest of them."""
    if shown is None:
        return []
    body = shown.body
    lines = [
        FormulaLine(
            sentence=phrase("limit", each.code, each.params, body["currency"]),
            amount=each.amount,
            why_not="" if each.available else phrase("limit_reason", each.reason),
            binding=each.code == body["binding"],
        )
        for each in formulas_of(body["formulas"])
    ]
    return sorted(lines, key=lambda line: (bool(line.why_not), line.amount or Decimal(0)))


def notes_in_words(notes: tuple[CurrencyNote, ...]) -> list[str]:
    """What to know of a limit's currency, in sentences."""
    return [str(NOTES[each.code]).format(**_filled(each)) for each in notes]


def _filled(note: CurrencyNote) -> dict[str, Any]:
    amount = "" if note.amount is None else formats.money_with_code(note.amount, note.currency)
    return {"currency": note.currency, "amount": amount}
