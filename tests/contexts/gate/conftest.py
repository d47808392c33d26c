"""A firm whose buyer has a limit, and a policy of few rules that tests change."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from tests.contexts.limits.granting import grant
from tests.contexts.receivables.ledgers import Doc, Importer
from tests.contexts.tenants.conftest import NOW, Firm, open_firm
from tests.unit.control.gate.cases import policy
from xindun.control.gate import actions
from xindun.control.gate.values import Decision
from xindun.prevention.credit_policy.values import Authority, CreditPolicy
from xindun.record.exposure import reads as exposure
from xindun.record.orders import reads as orders
from xindun.record.orders.values import Asked, Order, Part, PartKind
from xindun.record.parties import reads as parties
from xindun.record.parties.values import BuyerValue
from xindun.record.tenants.values import Role

HOUR = timedelta(hours=1)
DAIRY = "Blue Meadow Dairy"


@dataclass
class Gate:
    """What an ERP does, by short names."""

    firm: Firm
    importer: Importer
    buyer: BuyerValue
    policies: list[CreditPolicy] = field(default_factory=list)

    def check(self, number: str, amount: str, **more: Any) -> Decision:
        by, now = more.pop("by", "sam"), more.pop("now", NOW)
        reserve, buyer = more.pop("reserve", True), more.pop("buyer", self.buyer)
        asked = Asked("erp", number, more.pop("currency", "EUR"), Decimal(amount), **more)
        found: Decision = self.firm.does(
            *(actions.check, self.firm.actor(by), buyer.public_id, asked),
            reserve=reserve,
            now=now,
        )
        return found

    def outcome(self, number: str, amount: str, **more: Any) -> tuple[str, str]:
        verdict = self.check(number, amount, **more).verdict
        return verdict.outcome.value, verdict.binding

    def act(self, verb: Any, decision: Decision, **named: Any) -> Order:
        found: Order = self.firm.does(verb, self.firm.actor("sam"), decision.order_id, **named)
        return found

    def tell(self, decision: Decision, kind: PartKind, number: str, amount: str) -> Order:
        part = Part(kind, number, Decimal(amount), NOW.date())
        found: Order = self.firm.does(actions.tell, self.firm.actor("sam"), decision.order_id, part)
        return found

    def order(self, order_id: UUID | None) -> Order:
        assert order_id is not None
        found: Order = self.firm.asks(orders.order, order_id)
        return found

    def committed(self) -> tuple[Decimal, Decimal, Decimal]:
        """Ordered, delivered and billed of the buyer, by the balance."""
        owed = self.firm.asks(exposure.owed_by, [self.buyer.id])
        return tuple(  # type: ignore[return-value]
            sum((getattr(line, name) for line in owed.commitments), Decimal(0))
            for name in ("ordered", "delivered", "billed")
        )

    def use(self, changed: CreditPolicy) -> None:
        self.policies[:] = [changed]

    def take(self, *docs: Doc) -> None:
        self.importer.now = max(self.importer.now, NOW - timedelta(days=20))
        self.importer.take(*docs)


@pytest.fixture
def gate(db: None, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Gate:
    settings.XINDUN_HOME = tmp_path
    firm = open_firm()
    for name, role in (
        ("sam", Role.SALES),
        ("carl", Role.CREDIT_MANAGER),
        ("anna", Role.ANALYST),
    ):
        firm.joins(name, role)
    importer = Importer(firm.tenant.id)
    importer.take(
        Doc("I-1", buyer="K1", name="Blue Meadow Dairy", amount="600.00", due="2025-07-09")
    )
    [buyer] = firm.asks(parties.search_buyers).rows
    firm.asks(grant, buyer.id, "1000", at=NOW - HOUR)
    authorities = (
        Authority(Role.ANALYST, Decimal(1_500), 10),
        Authority(Role.CREDIT_MANAGER, Decimal(100_000), 10),
    )
    made = Gate(firm, importer, buyer, [replace(policy(), authorities=authorities)])
    for module in ("gathering", "replaying"):
        name = "policy_in_force" if module == "gathering" else "policy_numbered"
        monkeypatch.setattr(
            f"xindun.control.gate.actions.{module}.{name}",
            lambda *_args, **_named: made.policies[0],
        )
    return made
