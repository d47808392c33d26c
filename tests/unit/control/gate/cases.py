"""Facts for the gate's rules, complete and small."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from xindun.control.gate.values import (
    Account,
    AskedFacts,
    CommittedFacts,
    Facts,
    LedgerFacts,
    LimitFacts,
    Standing,
)
from xindun.prevention.credit_policy.values import (
    Backing,
    CheckRule,
    CreditPolicy,
    Reaction,
    RuleCode,
    Segment,
    Starter,
    Tier,
)
from xindun.record.orders.values import OrderKind

DAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def rule(code: RuleCode, reaction: Reaction = Reaction.HOLD, **more: Any) -> CheckRule:
    return CheckRule(code, reaction, **more)


LIMITS = (rule(RuleCode.STATIC_LIMIT), rule(RuleCode.DYNAMIC_LIMIT))


def tier(**more: Any) -> Tier:
    made = Tier("A", 1, 10, Decimal(1), 60, Decimal(0), Backing.NONE, None, None, 365)
    return replace(made, **more)


def policy(*rules: CheckRule, **more: Any) -> CreditPolicy:
    made = CreditPolicy(
        number=3,
        currency="EUR",
        effective_from=NOW,
        tiers=(tier(),),
        starter=Starter(Decimal(500), Decimal("1.25"), 3, 90),
        knockouts=(),
        segments=(Segment("", rules or LIMITS),),
        tolerance_ratio=Decimal("0.1"),
        horizon_days=30,
        reservation_hours=24,
        hold_hours=48,
        authorities=(),
        content_hash=b"",
    )
    return replace(made, **more)


def asked(amount: str = "100", **more: Any) -> AskedFacts:
    made = AskedFacts("A-1", OrderKind.ORDER, "EUR", Decimal(amount), DAY, 30)
    return replace(made, **more)


def owes(amount: str, currency: str = "EUR", **more: Any) -> Account:
    return Account(7, (LedgerFacts(currency, Decimal(amount), **more),))


def promised(amount: str, due_on: date = DAY, currency: str = "EUR") -> CommittedFacts:
    return CommittedFacts(currency, due_on, ordered=Decimal(amount))


def limit(amount: str, currency: str = "EUR", **more: Any) -> LimitFacts:
    return LimitFacts("internal", Decimal(amount), currency, **more)


def standing(**more: Any) -> Standing:
    return replace(Standing(DAY, NOW, 1, 3, grade=4, is_new=False), **more)


def facts(order: AskedFacts | None = None, *accounts: Account, **more: Any) -> Facts:
    made = Facts(
        as_of=DAY,
        currency="EUR",
        asked=order or asked(),
        standing=standing(),
        accounts=accounts or (Account(7),),
        limits=(limit("1000"),),
    )
    return replace(made, **more)
