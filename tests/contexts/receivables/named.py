"""CSV files of invoices and receipts, read by the real reader, and the state a ledger is in after.

Two ways of importing agree when ``state`` does: documents, settlements with keys and hashes, and
exposure, where balance, journal and engine must say the same.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.db import connection

from tests.contexts.receivables.conftest import new_tenant
from tests.contexts.receivables.ledgers import Importer
from tests.contexts.receivables.test_ledger_axes import aged
from xindun.config.ledger_reading import read_ledger_file
from xindun.kit.tenancy import tenant_scope
from xindun.record.exposure import reads as exposure
from xindun.record.exposure.values import COMPONENTS
from xindun.record.receivables import actions
from xindun.record.receivables.values import BatchValue, LedgerFolder

COLUMNS = {
    "number": "number",
    "kind": "type",
    "buyer": "customer",
    "issued": "invoice date",
    "due": "due date",
    "amount": "amount",
    "currency": "currency",
    "names": "applies to",
    "paid": "paid amount",
    "paid_on": "payment date",
    "means": "payment method",
    "matures": "bill maturity date",
    "bill": "bill number",
}


@dataclass(frozen=True)
class Row:
    """One row of a file."""

    number: str
    amount: str
    issued: str
    kind: str = "invoice"
    buyer: str = "Acme"
    due: str = ""
    currency: str = "EUR"
    names: str = ""
    paid: str = ""
    paid_on: str = ""
    means: str = ""
    matures: str = ""
    bill: str = ""


def invoice(number: str, amount: str = "100.00", issued: str = "2025-01-10", **said: str) -> Row:
    return Row(number, amount, issued, due="2025-02-10", **said)


def receipt(number: str, amount: str, names: str, issued: str = "2025-02-01", **said: str) -> Row:
    return Row(number, amount, issued, kind="receipt", names=names, **said)


I1, I2 = invoice("I-1"), invoice("I-2", issued="2025-01-12")
R1 = receipt("R-1", "60.00", "I-1")
R2 = receipt("R-2", "150.00", "I-1, I-2", "2025-02-03")


_READ: dict[str, LedgerFolder] = {}
_KEPT = tempfile.TemporaryDirectory(prefix="xindun-read-")


def read_once(
    path: Path, options: Mapping[str, Any], out: Path, progress: Any = None
) -> LedgerFolder:
    """The real reader; the same file with the same options and moment is read once a test run."""
    told = json.dumps([path.name, path.read_text(encoding="utf-8"), dict(options)], default=str)
    key = sha256(told.encode()).hexdigest()
    if key not in _READ:
        kept = Path(_KEPT.name) / key
        _READ[key] = read_ledger_file(path, options, kept, progress)
    found = _READ[key]
    shutil.copytree(found.folder, out)
    rejects = found.rejects_csv and out / found.rejects_csv.relative_to(found.folder)
    return replace(found, folder=out, rejects_csv=rejects)


class Files(Importer):
    """Imports CSV files of rows; columns that no row fills are left out."""

    def take_rows(self, *rows: Row, source: str = "main") -> BatchValue:
        told = [name for name in COLUMNS if any(getattr(row, name) for row in rows)]
        lines = [[COLUMNS[name] for name in told]]
        lines += [[getattr(row, name) for name in told] for row in rows]
        text = "\n".join(",".join(f'"{cell}"' for cell in line) for line in lines)
        outcome = self.hand_in(text.encode(), again=True, source=source)
        return actions.import_batch(
            self.tenant_id,
            outcome.batch.public_id,
            reader=read_once,
            clock=lambda: self.now,
        )


def ledger(tenant_id: int) -> tuple[list[Any], list[Any]]:
    """Current documents and settlements, without ids, times and places in files."""
    with tenant_scope(tenant_id), connection.cursor() as cursor:
        cursor.execute(
            "select document_key, kind, number, currency, amount, issued_on, due_on, naming,"
            " encode(row_hash, 'hex') from receivables_document where superseded_at is null"
            " order by document_key"
        )
        documents = list(cursor.fetchall())
        cursor.execute(
            "select i.number, f.number, s.kind, s.amount, s.effective_on, s.cleared_on, s.derived,"
            " s.settlement_key, encode(s.row_hash, 'hex') from receivables_settlement s"
            " join receivables_document i on i.id = s.item_id"
            " left join receivables_document f on f.id = s.source_item_id"
            " where s.superseded_at is null order by i.number, f.number, s.settlement_key"
        )
        return documents, list(cursor.fetchall())


def uses(tenant_id: int) -> list[tuple[str, str | None, Decimal]]:
    return [(row[0], row[1], row[3]) for row in ledger(tenant_id)[1]]


def exposures(tenant_id: int) -> dict[Any, tuple[Decimal, ...]]:
    """What each buyer's account stands at; balance, journal and engine agree on it."""
    with tenant_scope(tenant_id), connection.cursor() as cursor:
        cursor.execute("select id, name from parties_buyer")
        names = dict(cursor.fetchall())
        cursor.execute(
            "select buyer_id, currency, component, sum(amount) from exposure_posting group by 1,2,3"
        )
        journal = {row[:3]: row[3] for row in cursor.fetchall()}
        balances = exposure.all_balances()
    engine = {(row["buyer_id"], row["currency"]): row for row in aged(tenant_id)}
    for balance in balances:
        key = (balance.buyer_id, balance.currency)
        for name in COMPONENTS:
            assert getattr(balance, name) == journal.get((*key, name), 0), name
        row = engine.get(key) or dict.fromkeys(("open_total", "credits", "unapplied", "net"), 0)
        assert balance.receivables == row["open_total"]
        assert balance.credits == row["credits"]
        assert balance.unapplied == row["unapplied"]
        assert balance.net == row["net"]
    return {
        (names[b.buyer_id], b.currency): tuple(getattr(b, name) for name in COMPONENTS)
        for b in balances
        if any(getattr(b, name) for name in COMPONENTS)
    }


def state(tenant_id: int) -> tuple[Any, ...]:
    return (*ledger(tenant_id), exposures(tenant_id))


def whole(*rows: Row) -> tuple[Any, ...]:
    """The state of a fresh ledger that got all rows in one file."""
    fresh = Files(new_tenant("Whole"))
    fresh.take_rows(*rows)
    return state(fresh.tenant_id)
