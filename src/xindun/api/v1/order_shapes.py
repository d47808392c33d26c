"""The forms of orders, credit checks and held orders."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.utils.translation import get_language
from pydantic import Field

from xindun.api.v1.shapes import (
    Amount,
    Asked,
    Currency,
    Figure,
    Paged,
    Shape,
    figure_or_none,
    money,
    money_or_none,
)
from xindun.control.gate.values import SENTENCES, Decision, Hold, Line, Outcome, Unit
from xindun.kernel.words import translate
from xindun.record.orders.values import (
    Asked as OrderStated,
)
from xindun.record.orders.values import (
    Order,
    OrderKind,
    OrderState,
    Part,
    PartKind,
    Prepayment,
)


class PrepaymentAsked(Asked):
    """Cash that has cleared and is meant for this order; not a slip, not a bill."""

    amount: Amount
    cleared_on: date = Field(description="The day it was on your account; later ones do not count.")
    reference: str = Field(
        min_length=1, max_length=200, description="The bank's own reference; serves one order."
    )


class OrderAsked(Asked):
    """An order as your system states it."""

    source: str = Field("erp", min_length=1, max_length=200, description="Who numbers it.")
    number: str = Field(min_length=1, max_length=200)
    kind: OrderKind = OrderKind.ORDER
    currency: Currency
    amount: Amount = Field(description="The whole order with tax.")
    deliver_on: date | None = Field(None, description="Planned delivery; without one, today.")
    terms_days: int | None = Field(None, ge=0, le=3650, description="Payment terms asked for.")
    contract: str | None = Field(None, max_length=200)
    prepayments: list[PrepaymentAsked] = Field(default_factory=list, max_length=50)

    def stated(self) -> OrderStated:
        """The order as the gate takes it."""
        return OrderStated(
            source=self.source,
            number=self.number,
            currency=self.currency,
            amount=Decimal(self.amount),
            kind=self.kind,
            deliver_on=self.deliver_on,
            terms_days=self.terms_days,
            contract=self.contract,
            prepayments=tuple(
                Prepayment(Decimal(each.amount), each.cleared_on, each.reference)
                for each in self.prepayments
            ),
        )


class CheckAsked(Asked):
    """One question to the gate."""

    customer: UUID
    order: OrderAsked
    reserve: bool = Field(True, description="False only asks; nothing is reserved or held.")


class CheckLineShape(Shape):
    """One rule with its figure."""

    code: str
    reaction: str = Field(description="What the policy does when it fails.")
    passed: bool | None = Field(description="Null where the figure is not known.")
    unit: Unit = Field(description="Of figure and bound; money is in the check's currency.")
    figure: Figure | None
    bound: Figure | None
    items: list[str] = Field(description="What the rule is about, such as a country.")
    text: str | None = Field(
        description="What its failure means, for people; null unless it failed."
    )


class LimitViewShape(Shape):
    """One limit beside the others; what lies above an insured one is wholly uninsured."""

    kind: str
    currency: Currency
    amount: Amount
    used: Amount = Field(description="With this order.")
    room: Amount


class RemedyShape(Shape):
    """What would make the order pass, alone."""

    kind: str = Field(description="prepayment, security, terms, payment or smaller.")
    amount: Amount | None
    currency: Currency | None
    days: int | None


class CheckShape(Shape):
    """The gate's answer."""

    id: UUID
    outcome: Outcome
    binding: str = Field(description="The code of the rule that decided.")
    order: UUID | None = Field(description="The reservation; null when nothing was reserved.")
    order_number: str
    amount: Amount
    amount_currency: Currency
    currency: Currency = Field(description="Of the limit, in which all is compared.")
    exposure: Amount | None = Field(description="With this order, after security.")
    room: Amount | None = Field(description="After this order when it is released, else without.")
    lines: list[CheckLineShape]
    limits: list[LimitViewShape]
    remedies: list[RemedyShape]
    reserved_until: datetime | None
    policy: int = Field(description="Version of the credit policy; 0 is the built-in default.")
    as_of: date
    decided_at: datetime
    prepared_at: datetime = Field(description="When grade and checklist were last looked at.")
    evidence: UUID


class ChecksPage(Paged):
    """A page of credit checks, the newest first."""

    items: list[CheckShape]


class PartAsked(Asked):
    """A delivery or an invoice of an order."""

    number: str = Field(min_length=1, max_length=200)
    amount: Amount
    happened_on: date

    def stated(self, kind: PartKind) -> Part:
        """The part as orders take it."""
        return Part(kind, self.number, Decimal(self.amount), self.happened_on)


class OrderShape(Shape):
    """An order as it stands."""

    id: UUID
    source: str
    number: str
    kind: OrderKind
    state: OrderState
    currency: Currency
    amount: Amount
    released: Amount = Field(description="How much of it may be delivered.")
    delivered: Amount
    invoiced: Amount
    not_in_ledger: Amount = Field(description="Invoiced, and its invoices are not imported yet.")
    prepaid: Amount
    deliver_on: date
    terms_days: int | None
    contract: str | None
    reserved_until: datetime | None
    version: int


class OrdersPage(Paged):
    """A page of a customer's orders, the newest first."""

    items: list[OrderShape]


class HoldShape(Shape):
    """An order that waits for somebody's decision, or waited."""

    id: UUID
    order: UUID
    order_number: str
    customer: UUID
    check: UUID = Field(description="The newest credit check of the order.")
    binding: str
    at_risk: Amount
    currency: Currency
    state: str
    opened_at: datetime
    due_at: datetime
    decided_at: datetime | None


class HoldsShape(Paged):
    """A page of held orders, the newest first."""

    items: list[HoldShape]


def check_shape(decision: Decision) -> CheckShape:
    """A decision as the interface tells it."""
    verdict = decision.verdict
    return CheckShape(
        id=decision.public_id,
        outcome=verdict.outcome,
        binding=verdict.binding,
        order=decision.order_id,
        order_number=decision.order_number,
        amount=money(decision.amount, decision.amount_currency),
        amount_currency=decision.amount_currency,
        currency=verdict.currency,
        exposure=money_or_none(verdict.exposure, verdict.currency),
        room=money_or_none(verdict.room, verdict.currency),
        lines=[_line(each, decision) for each in verdict.lines],
        limits=[
            LimitViewShape(
                kind=each.kind,
                currency=each.currency,
                amount=money(each.amount, each.currency),
                used=money(each.used, each.currency),
                room=money(each.room, each.currency),
            )
            for each in verdict.limits
        ],
        remedies=[
            RemedyShape(
                kind=each.kind.value,
                amount=money_or_none(each.amount, each.currency or verdict.currency),
                currency=each.currency,
                days=each.days,
            )
            for each in verdict.remedies
        ],
        reserved_until=decision.reserved_until,
        policy=decision.policy_number,
        as_of=decision.as_of,
        decided_at=decision.decided_at,
        prepared_at=decision.prepared_at,
        evidence=decision.evidence_id,
    )


def order_shape(order: Order) -> OrderShape:
    """An order as the interface tells it."""
    amounts = {
        name: money(getattr(order, name), order.currency)
        for name in ("amount", "released", "delivered", "invoiced", "prepaid")
    }
    return OrderShape(
        id=order.public_id,
        source=order.source,
        number=order.number,
        kind=order.kind,
        state=order.state,
        currency=order.currency,
        not_in_ledger=money(order.billed, order.currency),
        deliver_on=order.deliver_on,
        terms_days=order.terms_days,
        contract=order.contract,
        reserved_until=order.expires_at,
        version=order.version,
        **amounts,
    )


def hold_shape(hold: Hold, customer: UUID) -> HoldShape:
    """An entry of the worklist as the interface tells it."""
    return HoldShape(
        id=hold.public_id,
        order=hold.order_id,
        order_number=hold.order_number,
        customer=customer,
        check=hold.decision_id,
        binding=hold.binding,
        at_risk=money(hold.at_risk, hold.currency),
        currency=hold.currency,
        state=hold.state.value,
        opened_at=hold.opened_at,
        due_at=hold.due_at,
        decided_at=hold.decided_at,
    )


def _line(line: Line, decision: Decision) -> CheckLineShape:
    currencies = {
        Unit.MONEY: decision.verdict.currency,
        Unit.ORDER_MONEY: decision.amount_currency,
    }

    def said(value: Decimal | None) -> str | None:
        currency = currencies.get(line.unit)
        return figure_or_none(value) if currency is None else money_or_none(value, currency)

    return CheckLineShape(
        code=line.code,
        reaction=line.reaction.value,
        passed=line.passed,
        unit=line.unit,
        figure=said(line.figure),
        bound=said(line.bound),
        items=list(line.items),
        text=_sentence(line),
    )


def _sentence(line: Line) -> str | None:
    """The sentence of a line that failed, in the language of the request."""
    found = SENTENCES.get(line.code) if line.passed is False else None
    return translate(get_language() or "en")(found) if found else None
