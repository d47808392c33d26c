"""Ledger files for tests of the record: small JSON documents, read without any connector.

A file is a list of invoices as a wide export states them (with what was paid), so that splitting,
correcting and repeating a file are one-line changes in a test.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from hashlib import md5
from pathlib import Path
from typing import Any
from uuid import UUID

import pyarrow as pa
import pyarrow.parquet as pq

from xindun.engine import schema
from xindun.kit.tenancy import tenant_scope
from xindun.record.receivables import actions
from xindun.record.receivables.values import BatchValue, ControlRow, ImportOutcome, LedgerFolder

START = datetime(2025, 6, 1, 8, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Paid:
    """One settlement of an invoice: ``source`` names the receipt or credit note it uses."""

    amount: str
    on: str
    kind: str = "cash"
    cleared: str | None = "same"
    source: str | None = None
    dishonoured: str | None = None


@dataclass(frozen=True)
class Doc:
    """One document of a file."""

    number: str
    amount: str = "100.00"
    buyer: str = "B1"
    name: str = "Acme 北京华信"
    kind: str = "invoice"
    currency: str = "EUR"
    issued: str = "2025-01-10"
    due: str | None = "2025-02-09"
    paid: tuple[Paid, ...] = ()
    disputed: bool = False
    salesperson: str | None = None
    entered: str | None = None


def file_of(*docs: Doc) -> bytes:
    """The bytes of a file that holds ``docs``."""
    return json.dumps([_plain(doc) for doc in docs], ensure_ascii=False).encode()


def read(
    path: Path,
    options: Mapping[str, Any],
    out: Path,
    progress: Any = None,
) -> LedgerFolder:
    """The tests' ledger reader; see ``record/receivables/ports.py``."""
    docs = [_doc(row) for row in json.loads(path.read_text(encoding="utf-8"))]
    if progress is not None:
        progress(len(docs), path.stat().st_size, path.stat().st_size)
    out.mkdir(parents=True)
    write_folder(docs, out, options["source"], datetime.fromisoformat(options["recorded_at"]))
    days = [date.fromisoformat(day) for doc in docs for day in (doc.issued, *_days(doc))]
    return LedgerFolder(
        folder=out,
        rows_read=len(docs),
        rejected=0,
        control=_control(docs),
        layout={"layout": "test"},
        notices=(),
        rejects_csv=None,
        states_settlements=True,
        last_movement_on=max(days, default=None),
    )


class Importer:
    """Imports files for one tenant with a clock that moves one day a file."""

    def __init__(self, tenant_id: int) -> None:
        self.tenant_id = tenant_id
        self.now = START

    def hand_in(
        self, content: bytes, *, again: bool = False, source: str = "main"
    ) -> ImportOutcome:
        self.now += timedelta(days=1)
        return actions.receive_file(
            self.tenant_id,
            io.BytesIO(content),
            file_name="ledger.json",
            now=self.now,
            source=source,
            again=again,
        )

    def run(self, outcome: ImportOutcome) -> BatchValue:
        return actions.import_batch(
            self.tenant_id, outcome.batch.public_id, reader=read, clock=lambda: self.now
        )

    def take(self, *docs: Doc, again: bool = False) -> BatchValue:
        return self.run(self.hand_in(file_of(*docs), again=again))


def ledger_of(tenant_id: int) -> list[tuple[Any, ...]]:
    """The current ledger without ids and times: what two ways of importing must agree on."""
    from django.db import connection

    with tenant_scope(tenant_id), connection.cursor() as cursor:
        cursor.execute(
            "select b.buyer_key, b.name, d.kind, d.number, d.currency, d.amount, d.issued_on,"
            " d.due_on, d.disputed, d.salesperson, encode(d.row_hash, 'hex'),"
            " (select array_agg((s.kind, s.amount, s.effective_on, s.cleared_on)::text"
            "   order by s.settlement_key) from receivables_settlement s"
            "   where s.item_id = d.item_id and s.superseded_at is null)"
            " from receivables_document d join parties_buyer b on b.id = d.buyer_id"
            " where d.superseded_at is null order by d.document_key"
        )
        return list(cursor.fetchall())


def key_of(source: str, doc: Doc) -> str:
    """A document's key as a connector makes it: source, kind and number."""
    return _digest(source, doc.kind, doc.number)


def write_folder(docs: Sequence[Doc], out: Path, source: str, recorded_at: datetime) -> None:
    """A ledger folder with the columns that the record needs."""
    buyers = {doc.buyer: n for n, doc in reversed(list(enumerate(docs, 1)))}
    names = {doc.buyer: doc.name for doc in reversed(docs)}
    keys = {doc.number: key_of(source, doc) for doc in docs}
    learned = recorded_at.replace(tzinfo=None)
    items, settlements = [], []
    for item_id, doc in enumerate(docs, 1):
        entered = datetime.fromisoformat(doc.entered) if doc.entered else learned
        items.append(_item(item_id, doc, buyers[doc.buyer], keys[doc.number], entered, learned))
        for n, paid in enumerate(doc.paid, 1):
            settlements.append(
                _settlement(len(settlements) + 1, item_id, n, doc, paid, source, learned)
            )
    _write(out / "items.parquet", items, schema.ITEMS, {"document_key": pa.string()})
    extra = {"settlement_key": pa.string(), "document_key": pa.string()}
    extra["source_document_key"] = pa.string()
    _write(out / "settlements.parquet", settlements, schema.SETTLEMENTS, extra)
    rows = [
        {"buyer_id": n, "buyer_key": key, "name": names[key], "country": None}
        for key, n in buyers.items()
    ]
    _write(out / "buyers.parquet", rows, schema.BUYERS, {})


def _item(
    item_id: int, doc: Doc, buyer: int, key: str, entered: datetime, learned: datetime
) -> dict[str, Any]:
    due = date.fromisoformat(doc.due) if doc.due else None
    return {
        "item_id": item_id,
        "buyer_id": buyer,
        "document_key": key,
        "kind": doc.kind,
        "number": doc.number,
        "currency": doc.currency,
        "amount": Decimal(doc.amount),
        "issued_on": date.fromisoformat(doc.issued),
        "due_on": due,
        "original_due_on": due,
        "recognised_on": date.fromisoformat(doc.issued),
        "disputed": doc.disputed,
        "salesperson": doc.salesperson,
        "line_no": item_id + 1,
        "recorded_at": entered if doc.entered else learned,
    }


def _settlement(
    settlement_id: int,
    item_id: int,
    n: int,
    doc: Doc,
    paid: Paid,
    source: str,
    learned: datetime,
) -> dict[str, Any]:
    effective = date.fromisoformat(paid.on)
    cleared = effective if paid.cleared == "same" else paid.cleared
    kind = {"credit_note": "credit_note"}.get(paid.kind, "receipt")
    used = key_of(source, replace(doc, kind=kind, number=paid.source)) if paid.source else None
    return {
        "settlement_id": settlement_id,
        "item_id": item_id,
        "settlement_key": _digest(key_of(source, doc), str(n)),
        "document_key": key_of(source, doc),
        "source_document_key": used,
        "kind": paid.kind,
        "amount": Decimal(paid.amount),
        "effective_on": effective,
        "cleared_on": date.fromisoformat(cleared) if isinstance(cleared, str) else cleared,
        "dishonoured_on": date.fromisoformat(paid.dishonoured) if paid.dishonoured else None,
        "derived": False,
        "line_no": item_id + 1,
        "recorded_at": learned,
    }


def _write(
    path: Path, rows: list[dict[str, Any]], base: pa.Schema, extra: dict[str, pa.DataType]
) -> None:
    columns = list(base)
    if "item_id" in base.names and "buyer_id" in base.names:
        extra = {**extra, "salesperson": pa.string(), "line_no": pa.int64()}
    columns += [pa.field(name, kind) for name, kind in extra.items()]
    pq.write_table(pa.Table.from_pylist(rows, schema=pa.schema(columns)), path)


def _control(docs: Sequence[Doc]) -> tuple[ControlRow, ...]:
    rows = []
    for currency in sorted({doc.currency for doc in docs}):
        amounts = [Decimal(doc.amount) for doc in docs if doc.currency == currency]
        total = sum(amounts, Decimal(0))
        rows.append(
            ControlRow(currency, len(amounts), total, len(amounts), total, 0, Decimal(0), 0)
        )
    return tuple(rows)


def _days(doc: Doc) -> list[str]:
    return [paid.on for paid in doc.paid]


def _plain(doc: Doc) -> dict[str, Any]:
    return {**doc.__dict__, "paid": [paid.__dict__ for paid in doc.paid]}


def _doc(row: dict[str, Any]) -> Doc:
    return Doc(**{**row, "paid": tuple(Paid(**paid) for paid in row["paid"])})


def _digest(*parts: str) -> str:
    return UUID(md5("\x1f".join(parts).encode(), usedforsecurity=False).hexdigest()).hex
