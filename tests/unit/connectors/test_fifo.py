"""Nameless receipts: oldest due first, exact, and never ahead of time."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.unit.connectors.tables import Read, Reader, as_csv, tables
from xindun.connectors.ledger_files import Options, matching, read_ledger
from xindun.connectors.ledger_files.fifo import Event, replay
from xindun.connectors.ledger_files.staging import Staging
from xindun.engine.schema import MONEY

START = date(2025, 1, 1)
HEADER = ["Customer", "Type", "Number", "Date", "Due Date", "Amount", "Currency"]


def day(offset: int) -> str:
    return (START + timedelta(offset)).isoformat()


def test_the_oldest_due_debt_is_paid_first_among_those_that_exist(read: Reader) -> None:
    ledger = read(
        [
            HEADER,
            ["A", "Invoice", "long", day(0), day(90), "100", "EUR"],
            ["A", "Invoice", "short", day(5), day(15), "100", "EUR"],
            ["A", "Receipt", "r1", day(2), "", "30", "EUR"],
            ["A", "Receipt", "r2", day(10), "", "120", "EUR"],
            ["A", "Receipt", "r3", day(11), "", "80", "EUR"],
            ["A", "Invoice", "next", day(20), day(40), "50", "EUR"],
            ["A", "Invoice", "usd", day(0), day(1), "50", "USD"],
            ["B", "Invoice", "other", day(0), day(1), "50", "EUR"],
        ]
    )
    paid = {n: [(s["amount"], s["effective_on"]) for s in ledger.uses(n)] for n in NUMBERS}
    at = [START + timedelta(n) for n in range(30)]
    assert paid == {
        "long": [(30, at[2]), (20, at[10]), (50, at[11])],
        "short": [(100, at[10])],
        "next": [(30, at[20])],
        "usd": [],
        "other": [],
    }
    assert all(s["derived"] for s in ledger.settlements)
    assert "fifo_applied" in ledger.notices


NUMBERS = ("long", "short", "next", "usd", "other")
MONEYS = st.integers(1, 500).map(lambda cents: Decimal(cents) / 100)
DEBTS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 60), MONEYS), max_size=12)
FUNDS = st.lists(st.tuples(st.integers(0, 60), MONEYS), max_size=10)


def events(debts: list[tuple[int, int, Decimal]], funds: list[tuple[int, Decimal]]) -> list[Event]:
    """Events in the order in which the reader replays them."""
    found: list[Event] = []
    for rn, (issued, term, amount) in enumerate(debts):
        found.append((START + timedelta(issued), 0, START + timedelta(issued + term), rn, amount))
    for rn, (came, amount) in enumerate(funds, start=1000):
        found.append((START + timedelta(came), 1, START + timedelta(came), rn, amount))
    return sorted(found)


@settings(deadline=None, max_examples=200)
@given(DEBTS, FUNDS)
def test_replay_conserves_money_and_never_looks_ahead(
    debts: list[tuple[int, int, Decimal]], funds: list[tuple[int, Decimal]]
) -> None:
    everything = events(debts, funds)
    matches = list(replay(everything))
    amounts = {rn: amount for _, _, _, rn, amount in everything}
    for side in (0, 1):
        for rn in {match[side] for match in matches}:
            assert sum(m[2] for m in matches if m[side] == rn) <= amounts[rn]
    owed = sum(amount for _, _, amount in debts) if debts else Decimal()
    came = sum(amount for _, amount in funds) if funds else Decimal()
    assert sum((m[2] for m in matches), Decimal()) == min(owed, came)
    for cut in sorted({event[0] for event in everything}):
        past = list(replay([event for event in everything if event[0] <= cut]))
        assert past == [match for match in matches if match[3] <= cut]


@settings(deadline=None, max_examples=25, phases=(Phase.generate,))
@given(DEBTS, FUNDS)
def test_window_sums_give_what_the_replay_gives(
    debts: list[tuple[int, int, Decimal]], funds: list[tuple[int, Decimal]]
) -> None:
    in_order = [(issued, 30, amount) for issued, _, amount in debts]
    everything = events(in_order, funds)
    columns = {"rn": pa.int64(), "issued": pa.date32(), "due": pa.date32(), "amount": MONEY}
    with Staging(memory="100MB") as staging:
        for name, side in (("d", 0), ("f", 1)):
            rows = [(e[3], e[0], e[2], e[4]) for e in everything if e[1] == side]
            arrays = [
                pa.array([row[n] for row in rows], kind) for n, kind in enumerate(columns.values())
            ]
            staging.con.register("given", pa.table(arrays, names=list(columns)))
            staging.run(f"CREATE TABLE {name} AS SELECT 'g' AS grp, * FROM given")
        matching.overlap(staging, "d", "f", "m")
        found = staging.all("SELECT debt_rn, fund_rn, amount, effective_on FROM m")
    assert sorted(found) == sorted(replay(everything))


@settings(deadline=None, max_examples=8, phases=(Phase.generate,))
@given(DEBTS, FUNDS)
def test_a_written_ledger_never_uses_more_than_there_is(
    debts: list[tuple[int, int, Decimal]], funds: list[tuple[int, Decimal]]
) -> None:
    rows = [HEADER]
    for n, (issued, term, amount) in enumerate(debts):
        rows.append(["A", "Invoice", f"I{n}", day(issued), day(issued + term), str(amount), "EUR"])
    for n, (came, amount) in enumerate(funds):
        rows.append(["A", "Receipt", f"R{n}", day(came), "", str(amount), "EUR"])
    with TemporaryDirectory() as folder:
        path = Path(folder) / "l.csv"
        path.write_text(as_csv(rows), encoding="utf-8")
        ledger = tables(read_ledger([path], Options(), Path(folder) / "out"))
    expected = [(amount, on) for *_, amount, on in replay(events(debts, funds))]
    assert sorted((s["amount"], s["effective_on"]) for s in ledger.settlements) == sorted(expected)
    check_conservation(ledger)


def check_conservation(ledger: Read) -> None:
    for item in ledger.items:
        side = "item_id" if item["kind"] == "invoice" else "source_item_id"
        used = sum(s["amount"] for s in ledger.settlements if s[side] == item["item_id"])
        assert used <= item["amount"]
