"""A company's own ledger answers when its open invoices will be paid."""

from __future__ import annotations

from datetime import date

import pytest

from tests.contexts.receivables.ledgers import Doc, Importer, Paid
from xindun.cli.model.ledgers import NothingImported, opened_company
from xindun.engine.late_payment.prediction import predictions


def test_the_companys_ledger_is_asked_as_it_stands(importer: Importer) -> None:
    with pytest.raises(NothingImported), opened_company(importer.tenant_id):
        pass
    importer.take(Doc("A-1", paid=(Paid("100.00", "2025-02-20"),)), Doc("A-2"))
    with opened_company(importer.tenant_id) as own:
        rows = predictions(
            own.ledger, own.payers, None, as_of=date(2025, 2, 21), known_at=own.known_at
        ).to_pylist()
    assert [(row["method"], row["amount"]) for row in rows] == [("seller", 100)]
    assert rows[0]["due_on"] < date(2025, 2, 21) < rows[0]["expected_on"]
    assert rows[0]["late"] == 1.0
