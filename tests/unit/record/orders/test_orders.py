"""An order counts each document once, whatever happens to it in whatever order."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xindun.record.orders.rules import (
    OPEN,
    STEPS,
    BadOrder,
    WrongOrderStep,
    arrived,
    check_asked,
    commitments_of,
    is_expired,
    moved,
    released,
    with_part,
)
from xindun.record.orders.values import (
    Asked,
    Order,
    OrderKind,
    OrderState,
    Part,
    PartKind,
    Prepayment,
    Verb,
)

DAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
ZERO = Decimal(0)


def order(amount: str = "1000", **more: object) -> Order:
    made = Order(
        id=1,
        public_id=UUID(int=1),
        buyer_id=7,
        source="erp",
        number="A-1",
        kind=OrderKind.ORDER,
        currency="EUR",
        amount=Decimal(amount),
        deliver_on=DAY,
        terms_days=30,
        contract=None,
        state=OrderState.CONFIRMED,
        released=Decimal(amount),
    )
    return replace(made, **more)  # type: ignore[arg-type]


def total(asked: Order) -> Decimal:
    return sum(
        (line.ordered + line.delivered + line.billed for line in commitments_of(asked)), ZERO
    )


def part(kind: PartKind, amount: str, *, in_ledger: bool = False) -> Part:
    return Part(kind, "N", Decimal(amount), DAY, in_ledger)


def test_a_document_counts_once_as_it_moves_from_order_to_ledger() -> None:
    seen = []
    now = order()
    for then in (
        now,
        now := with_part(now, part(PartKind.DELIVERY, "600")),
        now := with_part(now, part(PartKind.INVOICE, "600")),
        now := arrived(now, Decimal(600)),
    ):
        line = commitments_of(then)[0]
        seen.append((line.ordered, line.delivered, line.billed))
    assert seen == [(1000, 0, 0), (400, 600, 0), (400, 0, 600), (400, 0, 0)]


def test_cancelling_keeps_what_has_left_the_house() -> None:
    half = with_part(order(), part(PartKind.DELIVERY, "600"))
    assert total(moved(half, Verb.CANCEL)) == total(moved(half, Verb.CLOSE)) == Decimal(600)


def test_an_invoice_without_a_told_delivery_takes_its_amount_out_of_the_order() -> None:
    line = commitments_of(with_part(order(), part(PartKind.INVOICE, "300")))[0]
    assert (line.ordered, line.delivered, line.billed) == (700, 0, 300)


def test_an_invoice_that_the_ledger_holds_counts_there_alone() -> None:
    assert total(with_part(order(), part(PartKind.INVOICE, "300", in_ledger=True))) == 700


def test_prepaid_cash_never_makes_an_order_negative() -> None:
    line = commitments_of(order(prepaid=Decimal(1500)))[0]
    assert (line.ordered, line.prepaid) == (0, 1000)
    assert commitments_of(moved(order(prepaid=Decimal(1500)), Verb.CANCEL)) == ()


def test_cash_that_paid_an_invoice_of_the_ledger_is_not_set_off_again() -> None:
    paid = with_part(order(prepaid=Decimal(400)), part(PartKind.INVOICE, "400", in_ledger=True))
    line = commitments_of(paid)[0]
    assert (line.ordered, line.prepaid) == (600, 0)


@pytest.mark.parametrize("kind", [OrderKind.RETURN, OrderKind.BLANKET])
def test_returns_and_blanket_orders_promise_nothing(kind: OrderKind) -> None:
    assert commitments_of(order(kind=kind)) == ()


def test_what_is_delivered_of_a_blanket_order_counts() -> None:
    called = with_part(order(kind=OrderKind.BLANKET), part(PartKind.DELIVERY, "50"))
    assert total(called) == 50


@pytest.mark.parametrize("state", [s for s in OrderState if s not in OPEN])
def test_an_order_that_is_over_commits_nothing(state: OrderState) -> None:
    assert commitments_of(order(state=state)) == ()


def test_a_reservation_expires_and_a_confirmed_order_never_does() -> None:
    fresh = order(state=OrderState.HELD, released=ZERO)
    kept, verb = released(fresh, fresh.amount, expires_at=NOW + timedelta(hours=1))
    assert (kept.state, verb) == (OrderState.RESERVED, Verb.RESERVE)
    assert is_expired(kept, NOW + timedelta(hours=1)) and not is_expired(kept, NOW)
    taken = moved(kept, Verb.CONFIRM)
    assert not is_expired(taken, NOW + timedelta(days=999))
    again, verb = released(taken, Decimal(900), expires_at=NOW)
    assert (again.state, verb, again.expires_at) == (OrderState.CONFIRMED, Verb.RELEASE, None)


def test_opening_a_closed_order_needs_a_check_again() -> None:
    closed = moved(order(), Verb.CLOSE)
    with pytest.raises(WrongOrderStep):
        moved(closed, Verb.CONFIRM)
    assert STEPS[closed.state, Verb.RESERVE] is OrderState.RESERVED
    assert not closed.confirmed


@given(
    st.lists(
        st.tuples(st.sampled_from(["deliver", "invoice", "arrive"]), st.integers(1, 400)),
        max_size=12,
    ),
    st.integers(0, 1500),
)
def test_nothing_is_lost_or_counted_twice(steps: list[tuple[str, int]], prepaid: int) -> None:
    now, in_ledger = order(), ZERO
    for name, size in steps:
        amount = Decimal(size)
        if name == "deliver":
            now = with_part(now, Part(PartKind.DELIVERY, "d", amount, DAY))
        elif name == "invoice":
            now = with_part(now, Part(PartKind.INVOICE, "i", amount, DAY))
        else:
            amount = min(amount, now.billed)
            now, in_ledger = arrived(now, amount), in_ledger + amount
    # Ordered or shipped, whichever is more; less what the ledger has taken over.
    assert total(now) == max(now.released, now.delivered) - in_ledger
    paid = replace(now, prepaid=Decimal(prepaid))
    used = sum((line.prepaid for line in commitments_of(paid)), ZERO)
    assert total(paid) == total(now) - used >= 0
    assert used == min(max(ZERO, paid.prepaid - in_ledger), total(now))


@pytest.mark.parametrize(
    ("field", "asked"),
    [
        ("number", Asked("erp", "", "EUR", Decimal(1))),
        ("number", Asked("erp", "a\nb", "EUR", Decimal(1))),
        ("amount", Asked("erp", "1", "EUR", ZERO)),
        ("amount", Asked("erp", "1", "EUR", Decimal("NaN"))),
        ("amount", Asked("erp", "1", "EUR", Decimal(10) ** 20)),
        ("amount", Asked("erp", "1", "JPY", Decimal("1.5"))),
        ("terms_days", Asked("erp", "1", "EUR", Decimal(1), terms_days=-1)),
        (
            "reference",
            Asked("erp", "1", "EUR", Decimal(1), prepayments=(Prepayment(Decimal(1), DAY, ""),)),
        ),
    ],
)
def test_what_is_no_order_is_refused_by_field(field: str, asked: Asked) -> None:
    with pytest.raises(BadOrder) as refused:
        check_asked(asked)
    assert refused.value.params["field"] == field
