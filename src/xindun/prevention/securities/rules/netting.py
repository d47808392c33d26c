"""What a security counts on a day, and what is left of an exposure after it.

What a reader would get wrong: retention of title never counts towards the exposure. It gives goods
back, not money, and only those still there. It is registered because a claim needs it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import ROUND_DOWN, Decimal

from xindun.kernel.money import Money, quantize
from xindun.prevention.securities.rules.guarantees import act_of, bound_until
from xindun.prevention.securities.values import (
    GuaranteeTerms,
    NetExposure,
    Netted,
    Security,
    SecurityChange,
    SecurityKind,
    Uncounted,
)


def eligible(value: Decimal, currency: str, haircut: Decimal) -> Decimal:
    """A value less its haircut, rounded down to the currency's minor unit.

    >>> eligible(Decimal("100000.01"), "EUR", Decimal("0.3"))
    Decimal('70000.00')
    """
    return quantize(value * (1 - haircut), currency, ROUND_DOWN)


def why_uncounted(
    kind: SecurityKind,
    change: SecurityChange,
    *,
    starts_on: date,
    expires_on: date | None,
    guarantee: GuaranteeTerms | None,
    within_group: bool,
    as_of: date,
) -> Uncounted | None:
    """Why a security counts nothing on ``as_of``; None when it counts. Last days are included."""
    if change is SecurityChange.RELEASED:
        return Uncounted.RELEASED
    if change is SecurityChange.REGISTERED:
        return Uncounted.NOT_ACCEPTED
    if as_of < starts_on:
        return Uncounted.NOT_YET
    if expires_on is not None and as_of > expires_on:
        return Uncounted.EXPIRED
    if kind is SecurityKind.RETENTION_OF_TITLE:
        return Uncounted.TITLE_ONLY
    if kind is SecurityKind.GUARANTEE and within_group:
        return Uncounted.WITHIN_GROUP
    if guarantee is not None and act_of(guarantee) is not None:
        end = bound_until(guarantee)
        if end is not None and as_of > end:
            return Uncounted.GUARANTEE_LAPSED
    return None


def net_exposure(
    exposure: Money, securities: Iterable[Security], contracts: Mapping[str, Decimal]
) -> NetExposure:
    """What securities of the exposure's currency take off it, each once, never below zero.

    Args:
        exposure: gross, in one currency. One that is negative already is left as it is.
        securities: as of the exposure's day; those in another currency take nothing off.
        contracts: contract → what of the exposure belongs to it. A prepayment takes off no more
            than its contract's part, and nothing where that is not known.

    Returns:
        The securities that took something off: prepayments first, then by end, the latest last.
    """
    left = max(exposure.amount, Decimal(0))
    room = dict(contracts)
    netted = []
    for each in sorted(securities, key=_order):
        if each.currency != exposure.currency:
            continue
        most = min(each.eligible_value, left)
        if each.kind is SecurityKind.PREPAYMENT:
            contract = each.contract or ""
            most = min(most, max(room.get(contract, Decimal(0)), Decimal(0)))
            room[contract] = room.get(contract, Decimal(0)) - most
        if most > 0:
            netted.append(Netted(each, most))
            left -= most
    return NetExposure(exposure.currency, exposure.amount, tuple(netted))


def _order(security: Security) -> tuple[bool, date, str]:
    bound = security.kind is not SecurityKind.PREPAYMENT
    return bound, security.ends_on or date.max, str(security.public_id)
