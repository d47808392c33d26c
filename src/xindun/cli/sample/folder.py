"""A sample as a ledger folder (engine/schema.py), for runs of the engine at full size.

What a reader would get wrong: everything is recorded at the start of the as-of day, so any
``known_at`` from then on sees all of it.
"""

from __future__ import annotations

from contextlib import ExitStack
from datetime import datetime, time
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from xindun.cli.sample.behaviour import CASH, METHODS, NO_DAY, NOWHERE, PAPERS, WRITE_OFF, Slice
from xindun.cli.sample.buyers import COUNTRIES, CURRENCIES, DECIMALS, Ints, Population
from xindun.cli.sample.slices import SampleSpec, population_of, slices
from xindun.engine.schema import BUYERS, CREDITED, ITEMS, MONEY, SETTLEMENTS


def write_ledger_folder(folder: Path, spec: SampleSpec) -> None:
    """Write buyers, items and settlements as Parquet into ``folder`` (made when missing)."""
    folder.mkdir(parents=True, exist_ok=True)
    people = population_of(spec)
    pq.write_table(_buyers(people), folder / "buyers.parquet")
    recorded = datetime.combine(spec.as_of, time())
    next_item, next_settlement = 1, 1
    with ExitStack() as open_files:
        items, settlements = (
            open_files.enter_context(
                pq.ParquetWriter(folder / f"{name}.parquet", schema, compression="zstd")
            )
            for name, schema in (("items", ITEMS), ("settlements", SETTLEMENTS))
        )
        for piece in slices(spec, people):
            items.write_table(_items(piece, next_item, recorded))
            used = _settlements(piece, next_item, next_settlement, recorded)
            settlements.write_table(used)
            next_item += len(piece.invoices) + len(piece.papers)
            next_settlement += used.num_rows


def _buyers(people: Population) -> pa.Table:
    codes = [code for code, *_ in COUNTRIES]
    columns = [
        pa.array(np.arange(1, len(people) + 1)),
        pa.array(people.numbers),
        pa.array(people.names),
        pa.array([codes[place] for place in people.country]),
    ]
    return pa.Table.from_arrays(columns, schema=BUYERS)


def _items(piece: Slice, first_id: int, recorded: datetime) -> pa.Table:
    """Invoices and then papers, numbered from ``first_id`` in that order."""
    invoices, papers = piece.invoices, piece.papers
    count = len(invoices) + len(papers)
    kind = np.concatenate([np.zeros(len(invoices), dtype=np.int64), papers.kind])
    number = np.concatenate([invoices.number, papers.number])
    currency = np.concatenate([invoices.currency, papers.currency])
    issued = _dates(np.concatenate([invoices.issued, papers.issued]))
    due = _dates(np.concatenate([invoices.due, papers.due]))
    disputed = np.concatenate([invoices.disputed, np.zeros(len(papers), dtype=np.bool_)])
    columns = [
        pa.array(np.arange(first_id, first_id + count)),
        pa.array(np.concatenate([invoices.buyer, papers.buyer]) + 1),
        pa.array(PAPERS).take(pa.array(kind)),
        pa.array(number).cast(pa.string()),
        pa.array(CURRENCIES).take(pa.array(currency)),
        _money(np.concatenate([invoices.amount, papers.amount]), currency),
        issued,
        due,
        due,
        issued,
        pa.array(disputed),
        *_seen(count, recorded),
    ]
    return pa.Table.from_arrays(columns, schema=ITEMS)


def _settlements(piece: Slice, first_item: int, first_id: int, recorded: datetime) -> pa.Table:
    """Payments, and the credit notes that name an invoice."""
    invoices, payments, papers = piece.invoices, piece.payments, piece.papers
    credit = np.flatnonzero(papers.applies_to != NOWHERE)
    count = len(payments) + len(credit)
    invoice = np.concatenate([payments.invoice, papers.applies_to[credit]])
    source = np.concatenate([np.full(len(payments), -1), first_item + len(invoices) + credit])
    kind = np.concatenate([payments.method, np.full(len(credit), len(METHODS))])
    day = np.concatenate([payments.day, papers.issued[credit]])
    at_once = (payments.method == CASH) | (payments.method == WRITE_OFF)
    cleared = np.concatenate(
        [np.where(at_once, payments.day, payments.honoured), papers.issued[credit]]
    )
    none = np.full(len(credit), NO_DAY)
    amount = np.concatenate([payments.amount, papers.amount[credit]])
    columns = [
        pa.array(np.arange(first_id, first_id + count)),
        pa.array(first_item + invoice),
        pa.array(source, mask=source < 0),
        pa.array([*METHODS, CREDITED]).take(pa.array(kind)),
        _money(amount, invoices.currency[invoice]),
        _dates(day),
        _dates(cleared),
        _dates(np.concatenate([payments.matures, none])),
        _dates(np.concatenate([payments.dishonoured, none])),
        pa.array(np.zeros(count, dtype=np.bool_)),
        *_seen(count, recorded),
    ]
    return pa.Table.from_arrays(columns, schema=SETTLEMENTS)


def _seen(count: int, recorded: datetime) -> list[pa.Array]:
    stamp = pa.scalar(recorded, pa.timestamp("us"))
    return [pa.repeat(stamp, count), pa.nulls(count, pa.timestamp("us"))]


def _dates(days: Ints) -> pa.Array:
    return pa.array(days.astype(np.int32), pa.int32(), mask=days < 0).cast(pa.date32())


def _money(minor: Ints, currency: Ints) -> pa.Array:
    """Minor units as the schema's decimals, exactly."""
    tenthousandths = pa.array(minor * 10 ** (4 - DECIMALS[currency])).cast(pa.decimal128(19, 0))
    return (
        pc.multiply(tenthousandths, pa.scalar(1, pa.decimal128(1, 0)))
        .view(pa.decimal128(21, 4))
        .cast(MONEY)
    )
