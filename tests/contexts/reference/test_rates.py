"""Loaded rates: what counted on a day, and what was known of it when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.contexts.receivables.conftest import new_tenant
from xindun.connectors.rate_files import read_rates
from xindun.kit.tenancy import tenant_scope
from xindun.record.evidence import reads as evidence
from xindun.record.reference.actions import load_rates
from xindun.record.reference.models import ExchangeRate
from xindun.record.reference.reads import exchange, quotation, rate_loads
from xindun.record.reference.rules import QuotedOtherwise
from xindun.record.reference.values import RateLoad
from xindun.record.tenants.reads import machine_actor
from xindun.record.tenants.values import Actor, NotPermitted

ACTOR = machine_actor("system:test")
NOON = datetime(2024, 5, 6, 12, tzinfo=UTC)
MONDAY, FRIDAY, THURSDAY = date(2024, 5, 6), date(2024, 5, 3), date(2024, 5, 2)
HISTORY = "Date,USD,JPY,\n2024-05-03,1.0750,164.50,\n2024-05-02,1.07,N/A,\n"


@pytest.fixture
def seller(db: None) -> Iterator[int]:
    """Inside the scope of its tenant."""
    tenant_id = new_tenant("Seller")
    with tenant_scope(tenant_id):
        yield tenant_id


def load(text: str, now: datetime = NOON, *, requote: bool = False) -> RateLoad | None:
    return load_rates(ACTOR, read_rates(text.encode()), requote=requote, now=now)


def test_the_newest_rate_on_or_before_the_day_counts_as_it_was_known(seller: int) -> None:
    assert (quotation(), exchange(on=MONDAY).quoted_in) == ("", "")
    first = load(HISTORY)
    assert first is not None
    assert (first.added, first.corrected, first.unchanged) == (3, 0, 0)
    later = NOON + timedelta(hours=1)
    second = load(f"{HISTORY.replace('164.50', '163.00')}2024-05-01,1.06,160,\n", later)
    assert second is not None
    assert (second.added, second.corrected, second.unchanged) == (2, 1, 2)

    table = exchange(on=MONDAY)
    with CaptureQueriesContext(connection) as asked:
        assert exchange(on=MONDAY) is table
    assert len(asked) == 1
    rates = {code: (str(rate.per_unit), rate.on) for code, rate in table.rates.items()}
    assert rates == {"USD": ("1.075", FRIDAY), "JPY": ("163", FRIDAY)}
    assert (table.quoted_in, table.load) == ("EUR", second.public_id)
    before = exchange(on=MONDAY, known_at=NOON)
    assert (before.rates["JPY"].per_unit, before.load) == (Decimal("164.50"), first.public_id)
    assert exchange(on=MONDAY, known_at=NOON - timedelta(seconds=1)).rates == {}
    early = exchange(on=THURSDAY)
    assert early.rates["USD"].per_unit == Decimal("1.07")
    assert early.rates["JPY"].per_unit == 160  # the day before's: that day has none
    assert "JPY" not in exchange(on=THURSDAY, known_at=NOON).rates
    assert exchange(on=date(2024, 4, 30)).rates == {}

    records = evidence.latest(count=2)
    assert [each.kind for each in records] == ["rates_loaded", "rates_loaded"]
    assert records[0].result["corrected"] == 1
    assert records[0].versions == {"rates": str(second.public_id)}
    with tenant_scope(new_tenant("Another seller")):
        assert exchange(on=MONDAY).rates == {}


def test_what_was_known_leaves_no_trace_and_a_refusal_changes_nothing(seller: int) -> None:
    load(HISTORY)
    assert load(HISTORY) is None
    assert load("Date,USD,\n2024-05-03,1.075,\n") is None  # the same number
    own = "date,currency,rate,base\n2024-05-03,USD,0.14,CNY\n"
    with pytest.raises(QuotedOtherwise):
        load(own)
    with pytest.raises(NotPermitted):
        load_rates(Actor("user:nobody"), read_rates(own.encode()), now=NOON)
    assert len(rate_loads(9)) == 1
    assert ExchangeRate.objects.count() == 3
    # Told to, the new quotation takes over, and back; nothing that was known is lost.
    load(own, requote=True)
    table = exchange(on=MONDAY)
    assert (table.quoted_in, [*table.rates]) == ("CNY", ["USD"])
    assert table.rates["USD"].source == "own"
    back = load(HISTORY, requote=True)
    assert back is not None
    assert (back.added, back.unchanged) == (0, 3)
    assert exchange(on=MONDAY).rates["JPY"].source == "ECB"
    assert [each.quoted_in for each in rate_loads(9)] == ["EUR", "CNY", "EUR"]
    assert rate_loads(1)[0].recorded_at > rate_loads(2)[1].recorded_at
