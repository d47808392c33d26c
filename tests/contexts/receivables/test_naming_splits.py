"""Random ledgers split into two files by rows are the ledger of the whole file."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.contexts.receivables.conftest import new_tenant
from tests.contexts.receivables.named import Files, Row, state, whole

DAYS = st.sampled_from(["2025-01-05", "2025-01-10", "2025-02-01", "2025-03-01"])
MONEY = st.sampled_from(["10.00", "33.33", "60.00", "100.00", "150.01"])
BUYERS = st.sampled_from(["Acme", "Acme", "Beta"])
LISTS = st.sampled_from(["I-1", "I-2", "I-3", "I-1, I-2", "I-3;I-1", "I-9", "I-2/I-9/I-3"])
ROWS = st.tuples(
    st.lists(
        st.builds(
            Row,
            st.sampled_from(["I-1", "I-2", "I-3"]),
            MONEY,
            DAYS,
            buyer=BUYERS,
            due=st.just("2025-04-01"),
            currency=st.sampled_from(["EUR", "EUR", "USD"]),
        ),
        max_size=3,
        unique_by=lambda row: row.number,
    ),
    st.lists(
        st.builds(
            Row,
            st.sampled_from(["R-1", "R-2", "R-3", "R-4"]),
            MONEY,
            DAYS,
            kind=st.sampled_from(["receipt", "receipt", "credit note"]),
            buyer=BUYERS,
            names=LISTS,
        ),
        max_size=4,
        unique_by=lambda row: (row.number, row.kind),
    ),
).map(lambda sides: [*sides[0], *sides[1]])


# Few examples a test: temporary tables hold their locks until the test's transaction ends.
@settings(
    max_examples=5,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(rows=ROWS, data=st.data())
@pytest.mark.django_db
def test_any_split_into_two_files_is_the_whole_file(rows: list[Row], data: st.DataObject) -> None:
    rows = [row for row in rows if row.names or row.kind == "invoice"]
    shuffled = data.draw(st.permutations(rows))
    cut = data.draw(st.integers(0, len(rows)))
    parts = [part for part in (shuffled[:cut], shuffled[cut:]) if part]
    if not parts:
        return
    apart = Files(new_tenant("Apart"))
    for part in (*parts, parts[0]):
        apart.take_rows(*part)
    assert state(apart.tenant_id) == whole(*rows)
    assert apart.take_rows(*rows).counts.changed_nothing


STATING = st.lists(
    st.builds(
        Row,
        st.sampled_from(["I-1", "I-2"]),
        st.just("100.00"),
        DAYS,
        due=st.just("2025-04-01"),
        paid=st.sampled_from(["", "30.00", "70.00", "100.00"]),
        paid_on=st.sampled_from(["2025-02-15", "2025-03-15"]),
    ),
    min_size=1,
    max_size=2,
    unique_by=lambda row: row.number,
).map(lambda rows: [row if row.paid else replace(row, paid_on="") for row in rows])
FUNDS = st.lists(
    st.builds(
        Row,
        st.sampled_from(["R-1", "R-2"]),
        MONEY,
        DAYS,
        kind=st.sampled_from(["receipt", "credit note"]),
        names=st.sampled_from(["I-1", "I-2"]),
    ),
    max_size=3,
    unique_by=lambda row: (row.number, row.kind),
)


@settings(
    max_examples=5,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(invoices=STATING, funds=FUNDS, data=st.data())
@pytest.mark.django_db
def test_stated_payments_count_once_in_any_split(
    invoices: list[Row], funds: list[Row], data: st.DataObject
) -> None:
    rows = data.draw(st.permutations([*invoices, *funds]))
    cut = data.draw(st.integers(0, len(rows)))
    apart = Files(new_tenant("Apart"))
    for part in (rows[:cut], rows[cut:], rows[:cut]):
        if part:
            apart.take_rows(*part)
    assert state(apart.tenant_id) == whole(*invoices, *funds)
    assert apart.take_rows(*rows).counts.changed_nothing
