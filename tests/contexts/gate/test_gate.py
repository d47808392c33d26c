"""An order from its check to its invoice in the ledger, held, released, amended, replayed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from tests.contexts.gate.conftest import DAIRY, HOUR, Gate
from tests.contexts.limits.granting import grant
from tests.contexts.receivables.ledgers import Doc, Paid
from tests.contexts.tenants.conftest import NOW
from tests.unit.control.gate.cases import rule
from xindun.control.gate import actions, reads
from xindun.control.gate.values import HoldState, Outcome, RemedyKind, StopKind
from xindun.prevention.credit_policy.values import Reaction, RuleCode, Segment
from xindun.record.exposure.models import ExposureCommitment, ExposurePosting
from xindun.record.orders import actions as orders
from xindun.record.orders import reads as order_reads
from xindun.record.orders.values import OrderKind, OrderState, PartKind, Prepayment, Verb
from xindun.record.parties import reads as parties
from xindun.record.tenants.values import NotPermitted

DAY = timedelta(days=1)


def test_two_orders_do_not_spend_one_limit(gate: Gate) -> None:
    first, second = gate.check("A-1", "400"), gate.check("A-2", "0.01")
    assert (first.verdict.outcome, first.verdict.room) == (Outcome.RELEASE, 0)
    assert (second.verdict.outcome, second.verdict.binding) == (Outcome.HOLD, "static_limit")
    remedies = [(each.kind, each.amount) for each in second.verdict.remedies]
    assert remedies[0] == (RemedyKind.PREPAYMENT, Decimal("0.01"))
    assert gate.committed() == (400, 0, 0)


def test_a_question_that_reserves_nothing_leaves_nothing_but_its_decision(gate: Gate) -> None:
    asked = gate.check("A-1", "400", reserve=False)
    assert (asked.order_id, asked.reserved_until) == (None, None)
    assert gate.committed() == (0, 0, 0)
    assert gate.firm.asks(order_reads.order_numbered, "erp", "A-1") is None


def test_an_order_counts_once_until_the_ledger_has_its_invoice(gate: Gate) -> None:
    decision = gate.check("A-1", "300")
    gate.act(actions.confirm, decision)
    seen = [gate.committed()]
    gate.tell(decision, PartKind.DELIVERY, "D-1", "200")
    seen.append(gate.committed())
    gate.tell(decision, PartKind.INVOICE, "I-2", "200")
    gate.tell(decision, PartKind.INVOICE, "I-2", "200")  # told twice
    seen.append(gate.committed())
    gate.take(Doc("I-2", buyer="K1", name=DAIRY, amount="200.00", due="2025-08-01"))
    seen.append(gate.committed())
    assert seen == [(300, 0, 0), (100, 200, 0), (100, 0, 200), (100, 0, 0)]
    after = gate.check("A-2", "100", reserve=False).verdict
    assert (after.exposure, after.room) == (1000, 0)
    with pytest.raises(orders.OrderPartDiffers):
        gate.tell(decision, PartKind.INVOICE, "I-2", "201")


def test_an_invoice_already_in_the_ledger_is_not_counted_again(gate: Gate) -> None:
    decision = gate.check("A-1", "300")
    gate.take(Doc("I-2", buyer="K1", name=DAIRY, amount="300.00", due="2025-08-01"))
    gate.tell(decision, PartKind.INVOICE, "I-2", "300")
    assert gate.committed() == (0, 0, 0)


def test_raising_a_confirmed_order_is_checked_and_keeps_what_was_released(gate: Gate) -> None:
    decision = gate.check("A-1", "100")
    gate.act(actions.confirm, decision)
    raised = gate.check("A-1", "10000")
    assert raised.verdict.outcome is Outcome.HOLD
    held = gate.order(decision.order_id)
    assert (held.state, held.amount, held.released) == (OrderState.HELD, 10000, 100)
    assert gate.committed() == (100, 0, 0)
    lowered = gate.check("A-1", "90")
    assert lowered.verdict.outcome is Outcome.RELEASE
    back = gate.order(decision.order_id)
    assert (back.state, back.released, back.expires_at) == (OrderState.CONFIRMED, 90, None)
    assert gate.firm.asks(reads.waiting_count) == 0


def test_a_refused_amendment_leaves_the_order_as_it_was(gate: Gate) -> None:
    decision = gate.check("A-1", "100")
    gate.act(actions.confirm, decision)
    refuse = rule(RuleCode.MAX_DOCUMENT_VALUE, Reaction.REFUSE, amount=Decimal(500))
    gate.use(replace(gate.policies[0], segments=(Segment("", (refuse,)),)))
    assert gate.outcome("A-1", "501") == ("refuse", "max_document_value")
    kept = gate.order(decision.order_id)
    assert (kept.state, kept.amount, kept.released) == (OrderState.CONFIRMED, 100, 100)
    assert gate.outcome("A-9", "501")[0] == "refuse"
    refused = gate.firm.asks(order_reads.order_numbered, "erp", "A-9")
    assert (refused.state, refused.released) == (OrderState.REFUSED, 0)


def test_closing_and_opening_again_does_not_pass_a_hold(gate: Gate) -> None:
    held = gate.check("A-1", "500")
    gate.act(actions.close, held)
    with pytest.raises(orders.WrongOrderStep):
        gate.act(actions.confirm, held)
    assert gate.outcome("A-1", "500") == ("hold", "static_limit")
    [waiting] = gate.firm.asks(reads.holds_page).holds
    assert waiting.order_id == held.order_id


def test_a_reservation_gives_its_room_back_in_time(gate: Gate) -> None:
    decision = gate.check("A-1", "400")
    late = NOW + timedelta(hours=24)
    with pytest.raises(orders.WrongOrderStep):
        gate.act(actions.confirm, decision, now=late)
    assert gate.outcome("A-2", "400", now=late)[0] == "release"
    assert gate.order(decision.order_id).state is OrderState.EXPIRED
    assert gate.firm.does(actions.sweep, now=late + 24 * HOUR) == 1
    assert gate.committed() == (0, 0, 0)


def test_deliveries_and_invoices_of_a_held_order_are_never_refused(gate: Gate) -> None:
    held = gate.check("A-1", "5000")
    assert gate.tell(held, PartKind.DELIVERY, "D-1", "5000").delivered == 5000
    assert gate.tell(held, PartKind.INVOICE, "I-9", "5000").invoiced == 5000
    assert gate.committed() == (0, 0, 5000)


def test_only_cleared_cash_of_its_own_makes_an_order_prepaid(gate: Gate) -> None:
    coming = Prepayment(Decimal(5000), NOW.date() + DAY, "B-1")
    assert gate.outcome("A-1", "5000", prepayments=(coming,))[0] == "hold"
    cleared = replace(coming, cleared_on=NOW.date())
    assert gate.outcome("A-1", "5000", prepayments=(cleared,)) == ("release", "prepaid")
    assert gate.outcome("A-1", "5000") == ("release", "prepaid")  # known from before
    with pytest.raises(orders.PrepaymentUsed):
        gate.check("A-2", "5000", prepayments=(cleared,))
    assert gate.outcome("A-3", "400")[0] == "release"


def test_cash_in_the_ledger_that_is_meant_for_an_order_counts_once(gate: Gate) -> None:
    gate.take(Doc("R-1", buyer="K1", name=DAIRY, kind="receipt", amount="300.00", due=None))
    assert gate.check("A-0", "1", reserve=False).verdict.exposure == 301
    cash = (Prepayment(Decimal(300), NOW.date(), "R-1"),)
    assert gate.outcome("A-1", "300", prepayments=cash)[0] == "release"
    assert gate.check("A-2", "1", reserve=False).verdict.exposure == 601


def test_returns_and_blanket_orders_spend_no_limit(gate: Gate) -> None:
    assert gate.outcome("R-1", "9000", kind=OrderKind.RETURN) == ("release", "return")
    assert gate.outcome("B-1", "9000", kind=OrderKind.BLANKET)[0] == "release"
    assert gate.committed() == (0, 0, 0)


def test_a_person_releases_within_authority_and_not_the_sender(gate: Gate) -> None:
    held = gate.check("A-1", "2000", by="carl")
    [waiting] = gate.firm.asks(reads.holds_page).holds
    assert (waiting.at_risk, waiting.due_at) == (2000, NOW + 48 * HOUR)

    def release(name: str, **more: object) -> object:
        return gate.firm.does(
            *(actions.release_hold, gate.firm.actor(name), waiting.public_id),
            reason="Paid always.",
            **more,
        )

    with pytest.raises(NotPermitted):
        release("sam")
    with pytest.raises(actions.OwnOrder):
        release("carl")
    with pytest.raises(actions.NotInAuthority):
        release("anna")  # 2,600 owed against an authority of 1,500
    gate.firm.joins("cora", gate.firm.role("carl"))
    release("cora", condition="Only with the signed guarantee.")
    order = gate.order(held.order_id)
    assert (order.state, order.released, order.by_person) == (OrderState.RESERVED, 2000, True)
    assert gate.committed() == (2000, 0, 0)
    assert gate.firm.asks(reads.hold, waiting.public_id).state is HoldState.RELEASED
    record = gate.firm.records("order", held.order_id)[-1]
    assert record.result["rules_said"] == "hold"
    assert "guarantee" not in f"{record.inputs}{record.result}"
    # Within the tolerance the person's word goes on; beyond it the rules decide again.
    assert gate.outcome("A-1", "2200")[0] == "release"
    assert gate.outcome("A-1", "2500")[0] == "hold"


def test_part_of_an_order_may_be_released_and_the_rest_be_refused(gate: Gate) -> None:
    held = gate.check("A-1", "900")
    [waiting] = gate.firm.asks(reads.holds_page).holds
    anna = gate.firm.actor("anna")
    with pytest.raises(NotPermitted):
        gate.firm.does(actions.refuse_hold, gate.firm.actor("sam"), waiting.public_id, reason="x")
    gate.firm.does(
        *(actions.release_hold, anna, waiting.public_id),
        reason="Half now.",
        amount=Decimal(400),
    )
    assert gate.committed() == (400, 0, 0)
    assert gate.order(held.order_id).released == 400


def test_a_stop_holds_everything_and_only_another_person_lifts_it(gate: Gate) -> None:
    carl = gate.firm.actor("carl")
    stop = gate.firm.does(
        actions.place_stop, carl, gate.buyer.public_id, StopKind.FRAUD, reason="Changed bank."
    )
    assert gate.outcome("A-1", "1") == ("hold", "fraud_stop")
    [waiting] = gate.firm.asks(reads.holds_page).holds
    with pytest.raises(actions.StopInForce):
        gate.firm.does(
            *(actions.release_hold, gate.firm.actor("olga"), waiting.public_id), reason="Please."
        )
    with pytest.raises(actions.OwnStop):
        gate.firm.does(actions.lift_stop, carl, stop.public_id, reason="Clear.")
    gate.firm.does(actions.lift_stop, gate.firm.actor("olga"), stop.public_id, reason="Clear.")
    assert gate.firm.does(actions.recheck_waiting) == 1
    assert gate.order(waiting.order_id).state is OrderState.RESERVED


def test_a_payment_lets_a_held_order_pass(gate: Gate) -> None:
    held = gate.check("A-1", "700")
    assert gate.firm.does(actions.recheck_waiting) == 0
    paid = Doc(
        "I-1",
        buyer="K1",
        name=DAIRY,
        amount="600.00",
        due="2025-07-09",
        paid=(Paid("600.00", "2025-06-20"),),
    )
    gate.take(paid)
    assert gate.firm.does(actions.recheck_waiting) == 1
    assert gate.order(held.order_id).state is OrderState.RESERVED
    assert gate.firm.asks(reads.waiting_count) == 0


def test_a_lower_limit_counts_from_its_moment(gate: Gate) -> None:
    gate.firm.asks(grant, gate.buyer.id, "700", at=NOW)
    assert gate.outcome("A-1", "101")[0] == "hold"
    assert gate.outcome("A-2", "100")[0] == "release"


def test_the_decision_replays_from_its_facts(gate: Gate) -> None:
    decision = gate.check("A-1", "500")
    [record] = gate.firm.records("credit_check", decision.public_id)
    replayed = gate.firm.asks(actions.replay, decision.public_id)
    recorded = {**record.inputs, **record.versions, **record.result}
    assert {name: recorded[name] for name in replayed} == replayed
    kept = gate.firm.asks(reads.decision, decision.public_id)
    assert kept == decision
    gate.use(replace(gate.policies[0], horizon_days=1, content_hash=b"other"))
    changed = gate.firm.asks(actions.replay, decision.public_id)
    assert changed["policy_sha256"] != recorded["policy_sha256"]


def test_another_customers_number_is_refused_and_nothing_changes(gate: Gate) -> None:
    gate.check("A-1", "100")
    gate.take(Doc("I-8", buyer="K2", name="Other Dairy", amount="1.00"))
    other = next(
        row for row in gate.firm.asks(parties.search_buyers).rows if row.id != gate.buyer.id
    )
    with pytest.raises(orders.NumberTaken):
        gate.check("A-1", "5", buyer=other)
    assert gate.committed() == (100, 0, 0)


def test_balances_are_the_sum_of_their_journal(gate: Gate) -> None:
    first = gate.check("A-1", "300", deliver_on=NOW.date() + 90 * DAY)
    gate.check("A-1", "250")
    gate.act(actions.confirm, first)
    gate.tell(first, PartKind.DELIVERY, "D-1", "100")
    gate.tell(first, PartKind.INVOICE, "I-7", "40")
    gate.act(actions.cancel, first)
    journal: dict[str, Decimal] = {}
    with_scope = gate.firm.asks(
        lambda: list(
            ExposurePosting.objects.filter(cause_kind="order_change").values_list(
                "component", "amount"
            )
        )
    )
    for component, amount in with_scope:
        journal[component] = journal.get(component, Decimal(0)) + amount
    rows = gate.firm.asks(
        lambda: list(ExposureCommitment.objects.values("ordered", "delivered", "billed"))
    )
    sums = {name: sum(row[name] for row in rows) for name in ("ordered", "delivered", "billed")}
    assert sums == {name: journal.get(name, 0) for name in sums}
    assert gate.committed() == (0, 60, 40)
    history = gate.firm.asks(order_reads.history_of, gate.order(first.order_id).id)
    assert [each.verb for each in history] == [
        *(Verb.RESERVE, Verb.RESERVE, Verb.CONFIRM, Verb.DELIVER, Verb.INVOICE, Verb.CANCEL),
    ]
