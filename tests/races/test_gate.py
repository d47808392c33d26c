"""Many programs ask for the same limit at once: it is spent once, and nobody waits for another's.

What a reader would get wrong: these are real commits on real connections, one a thread. What dies
in the middle (kill -9 of the server and of the database, under load, with retries) is the business
of ``test_crashes.py``, whose programs check orders too.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from tests.contexts.limits.granting import grant
from tests.contexts.receivables.conftest import new_tenant
from tests.contexts.receivables.ledgers import Doc, Importer
from tests.unit.control.gate.cases import policy
from xindun.control.gate import actions
from xindun.control.gate.values import Decision, Outcome
from xindun.kit.tenancy import tenant_scope
from xindun.record.exposure.actions import lock_holders
from xindun.record.exposure.models import ExposurePosting
from xindun.record.exposure.reads import owed_by
from xindun.record.orders.models import OrderRow
from xindun.record.orders.values import Asked
from xindun.record.parties.reads import search_buyers
from xindun.record.parties.values import BuyerValue
from xindun.record.tenants.reads import machine_actor

pytestmark = pytest.mark.django_db(transaction=True)
CLIENTS = 64
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
ERP = machine_actor("system:test")


@dataclass
class Seller:
    """A company with customers, each with a limit of 1,000."""

    tenant_id: int
    buyers: list[BuyerValue]

    def check(self, buyer: BuyerValue, number: str, amount: str) -> Decision:
        asked = Asked("erp", number, "EUR", Decimal(amount))
        with tenant_scope(self.tenant_id):
            return actions.check(ERP, buyer.public_id, asked, now=NOW)

    def ordered(self, buyer: BuyerValue) -> Decimal:
        with tenant_scope(self.tenant_id):
            lines = owed_by([buyer.id]).commitments
        return sum((line.ordered for line in lines), Decimal(0))


@pytest.fixture
def seller(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Seller:
    settings.XINDUN_HOME = tmp_path
    monkeypatch.setattr(
        "xindun.control.gate.actions.gathering.policy_in_force", lambda **_at: policy()
    )
    tenant_id = new_tenant("Seller")
    Importer(tenant_id).take(
        *(Doc(f"I-{n}", buyer=f"K{n}", name=f"Buyer {n}", amount="0.01") for n in range(12))
    )
    with tenant_scope(tenant_id):
        buyers = list(search_buyers().rows)
        for buyer in buyers:
            grant(buyer.id, "1000.01", at=NOW - timedelta(hours=1))
    return Seller(tenant_id, buyers)


def all_at_once(jobs: list[Callable[[], Any]]) -> list[Any]:
    """Run the jobs by 64 threads that start together; what each returned, in order."""
    start = threading.Barrier(min(CLIENTS, len(jobs)))
    first = threading.local()

    def run(job: Callable[[], Any]) -> Any:
        if not hasattr(first, "came"):
            first.came = True
            start.wait(30)
        try:
            return job()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(CLIENTS) as pool:
        return list(pool.map(run, jobs))


def test_one_hot_buyer_never_exceeds_its_limit(seller: Seller) -> None:
    hot = seller.buyers[0]
    found = all_at_once(
        [lambda n=n: seller.check(hot, f"A-{n}", "30.00") for n in range(CLIENTS * 2)]  # type: ignore[misc]
    )
    outcomes = Counter(each.verdict.outcome for each in found)
    assert outcomes == {Outcome.RELEASE: 33, Outcome.HOLD: CLIENTS * 2 - 33}
    assert seller.ordered(hot) == 990
    rooms = sorted(x.verdict.room for x in found if x.verdict.outcome is Outcome.RELEASE)
    assert rooms == [10 + 30 * n for n in range(33)]  # each saw all that came before it


def test_the_same_order_sent_by_all_is_reserved_once(seller: Seller) -> None:
    hot = seller.buyers[0]
    found = all_at_once([lambda: seller.check(hot, "A-1", "600.00")] * CLIENTS)
    assert {each.verdict.outcome for each in found} == {Outcome.RELEASE}
    assert len({each.order_id for each in found}) == 1
    assert seller.ordered(hot) == 600
    with tenant_scope(seller.tenant_id):
        [row] = OrderRow.objects.all()
        journal = ExposurePosting.objects.filter(cause_kind="order_change")
        assert (row.version, [each.amount for each in journal]) == (CLIENTS, [600])


def test_orders_of_other_buyers_do_not_wait_for_a_locked_one(seller: Seller) -> None:
    hot, *others = seller.buyers
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with tenant_scope(seller.tenant_id):
            lock_holders([hot.id])
            held.set()
            assert done.wait(60), "the others waited for the lock"
        connections.close_all()

    holder = threading.Thread(target=hold)
    holder.start()
    assert held.wait(30)
    try:
        found = all_at_once([lambda b=b: seller.check(b, f"B-{b.id}", "1.00") for b in others])  # type: ignore[misc]
        assert {each.verdict.outcome for each in found} == {Outcome.RELEASE}
    finally:
        done.set()
        holder.join()


def test_everything_at_once_keeps_balance_and_journal_in_step(seller: Seller) -> None:
    """Checks, confirmations, cancellations and an import, over few buyers, in any order."""

    def life(n: int) -> None:
        buyer = seller.buyers[n % 3]
        decision = seller.check(buyer, f"L-{n}", f"{17 + n}.25")
        if decision.verdict.outcome is not Outcome.RELEASE or decision.order_id is None:
            return
        with tenant_scope(seller.tenant_id):
            actions.confirm(ERP, decision.order_id, now=NOW)
        if n % 2:
            with tenant_scope(seller.tenant_id):
                actions.cancel(ERP, decision.order_id, now=NOW)

    jobs: list[Callable[[], Any]] = [lambda n=n: life(n) for n in range(CLIENTS)]  # type: ignore[misc]
    jobs.insert(20, lambda: Importer(seller.tenant_id).take(Doc("I-0", buyer="K0", amount="5.00")))
    all_at_once(jobs)
    with tenant_scope(seller.tenant_id):
        stands = sum_of(row.amount for row in OrderRow.objects.filter(state="confirmed"))
        journal = sum_of(
            each.amount for each in ExposurePosting.objects.filter(cause_kind="order_change")
        )
    balances = sum_of(seller.ordered(buyer) for buyer in seller.buyers)
    assert stands == journal == balances > 0
    assert all(seller.ordered(buyer) <= 1000 for buyer in seller.buyers)


def sum_of(amounts: Iterator[Decimal]) -> Decimal:
    return sum(amounts, Decimal(0))
