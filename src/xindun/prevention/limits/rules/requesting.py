"""What makes a request for a limit acceptable, and what is worth knowing of its currency."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any

from xindun.kernel.errors import DomainError
from xindun.kernel.money import NO_CURRENCY, UnknownCurrency, minor_units, quantize
from xindun.prevention.credit_policy.values import CreditPolicy
from xindun.prevention.limits.values import (
    CurrencyNote,
    FrozenRecommendation,
    LimitInForce,
    LimitKind,
    LimitRecommendation,
    MemberLimit,
    NewRequest,
    NoteCode,
    Pays,
    RollUp,
    TradeReference,
)

LONGEST_TEXT = 2000
MOST_REFERENCES = 5


class BadLimitRequest(DomainError):
    """An amount, period or text out of bounds."""

    code = "bad_limit_request"
    sentence = (
        "A limit needs an amount above 0 in whole minor units, a reason, and an end that is neither"
        " past nor before its beginning."
    )


class TemporaryNeedsEnd(DomainError):
    """A temporary limit without a last day."""

    code = "temporary_limit_needs_end"
    sentence = "A temporary limit needs its last day."


class OtherCurrency(DomainError):
    """Two own limits of one holder in two currencies."""

    code = "limit_in_other_currency"
    sentence = (
        "The limit that stands is in {currency}; a temporary one adds to it and has the same."
    )


class MoreThanRequested(DomainError):
    """A decision beyond the request."""

    code = "more_than_requested"
    sentence = "No more than {amount} was requested; ask for a new request instead."


class NotLess(DomainError):
    """A reduction that does not reduce."""

    code = "limit_not_less"
    sentence = "The new amount has to be above 0 and less than {amount}; withdraw it for 0."


def check_request(new: NewRequest, stands: LimitInForce, today: date) -> None:
    """Refuse a request that could not be granted as it is.

    Raises:
        BadLimitRequest, UnknownCurrency, TemporaryNeedsEnd, OtherCurrency: as named.
    """
    for currency in {new.currency, new.settlement_currency or new.currency}:
        minor_units(currency)
        if currency == NO_CURRENCY:
            raise UnknownCurrency(currency=currency)
    starts = new.starts_on or today
    wrong = (
        new.kind is LimitKind.INSURED,
        new.amount <= 0 or new.amount != quantize(new.amount, new.currency),
        not 0 < len(new.reason.strip()) <= LONGEST_TEXT,
        starts < today,
        new.ends_on is not None and new.ends_on < starts,
        len(new.references) > MOST_REFERENCES,
    )
    if any(wrong):
        raise BadLimitRequest
    if new.kind is LimitKind.TEMPORARY and new.ends_on is None:
        raise TemporaryNeedsEnd
    check_currency(new.kind, new.currency, stands)


def check_currency(kind: LimitKind, currency: str, stands: LimitInForce) -> None:
    """Refuse a limit that could not be added to what stands of the other kind.

    Raises:
        OtherCurrency: as the name says.
    """
    other = stands.permanent if kind is LimitKind.TEMPORARY else stands.temporary
    if other is not None and other.amount > 0 and other.currency != currency:
        raise OtherCurrency(currency=other.currency)


def total_with(kind: LimitKind, amount: Decimal, stands: LimitInForce) -> Decimal:
    """What the holder's own limit would be: the amount and what stands of the other kind."""
    other = stands.permanent if kind is LimitKind.TEMPORARY else stands.temporary
    return amount + (other.amount if other is not None else Decimal(0))


def review_on(policy: CreditPolicy, grade: int | None, today: date) -> date:
    """When a limit decided today is looked at again; without a grade after the shortest cycle.

    >>> from xindun.prevention.credit_policy.rules import default_policy
    >>> review_on(default_policy("EUR"), 5, date(2025, 1, 1))
    datetime.date(2025, 6, 30)
    """
    tier = policy.tier_of(grade)
    days = tier.review_days if tier else min(each.review_days for each in policy.tiers)
    return today + timedelta(days=days)


def worse(*grades: int | None) -> int | None:
    """The worst of the grades that are known: caution follows the worse opinion."""
    return max((grade for grade in grades if grade is not None), default=None)


def frozen(found: LimitRecommendation | None) -> FrozenRecommendation | None:
    """A recommendation in the form that is stored with a request, and its hash."""
    if found is None:
        return None
    body: dict[str, Any] = {
        "currency": found.currency,
        "amount": None if found.amount is None else str(found.amount),
        "binding": found.binding,
        "formulas": [
            [
                each.code,
                each.available,
                None if each.amount is None else str(each.amount),
                each.reason,
                dict(each.params),
            ]
            for each in found.formulas
        ],
        "as_of": found.stamp.as_of.isoformat(),
        "known_at": found.stamp.known_at.isoformat(),
        "ledger_version": found.stamp.ledger_version,
        "model_version": found.stamp.model_version,
        "run": str(found.stamp.run_id),
    }
    return FrozenRecommendation(body, hash_of(body))


def hash_of(body: Mapping[str, Any]) -> str:
    """SHA-256 in hex over JSON with sorted keys and no white space."""
    text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)
    return sha256(text.encode()).hexdigest()


def currency_notes(
    currency: str,
    settlement: str,
    *,
    base: str,
    owed: Mapping[str, Decimal],
    convertible: Iterable[str],
) -> tuple[CurrencyNote, ...]:
    """What to know before a limit is granted in ``currency``.

    Args:
        settlement: what the buyer pays in.
        base: the company's own currency; a limit in another one is a currency exposure.
        owed: currency → what the buyer owes in it now.
        convertible: currencies that a fresh dated rate converts into the limit's.
    """
    notes = []
    if settlement and settlement != currency:
        notes.append(CurrencyNote(NoteCode.SETTLES_ELSEWHERE, settlement))
    if currency != base:
        notes.append(CurrencyNote(NoteCode.NOT_BASE, currency))
    known = {currency, *convertible}
    for other, amount in sorted(owed.items()):
        if other != currency and amount > 0:
            notes.append(CurrencyNote(NoteCode.OWES_ELSEWHERE, other, amount))
    needed = {settlement or currency} | {other for other, amount in owed.items() if amount > 0}
    notes += [CurrencyNote(NoteCode.NO_RATE, other) for other in sorted(needed - known)]
    return tuple(notes)


def roll_up(members: Iterable[MemberLimit], group: LimitInForce) -> RollUp:
    """The limits of a group's buyers beside the group's own."""
    rows = tuple(members)
    totals: dict[str, Decimal] = {}
    for row in rows:
        if row.currency is not None and row.amount is not None:
            totals[row.currency] = totals.get(row.currency, Decimal(0)) + row.amount
    over = None
    if group.amount is not None and group.currency is not None:
        over = max(totals.get(group.currency, Decimal(0)) - group.amount, Decimal(0))
    return RollUp(rows, totals, over)


def stored_references(references: Iterable[TradeReference]) -> list[dict[str, Any]]:
    """Trade references in their stored form."""
    return [
        {
            "supplier": each.supplier,
            "pays": each.pays.value,
            "highest_credit": None if each.highest_credit is None else str(each.highest_credit),
            "currency": each.currency,
            "terms_days": each.terms_days,
        }
        for each in references
    ]


def references_of(stored: Iterable[Mapping[str, Any]]) -> tuple[TradeReference, ...]:
    """Trade references from their stored form."""
    return tuple(
        TradeReference(
            supplier=each["supplier"],
            pays=Pays(each["pays"]),
            highest_credit=Decimal(each["highest_credit"]) if each["highest_credit"] else None,
            currency=each["currency"],
            terms_days=each["terms_days"],
        )
        for each in stored
    )
