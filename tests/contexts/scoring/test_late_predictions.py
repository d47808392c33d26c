"""Open invoices are predicted by the champion, else by a history that is called one."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.contexts.monitoring.portfolio import EVENING, Console, small_ledger
from tests.contexts.receivables.ledgers import Importer
from tests.contexts.tenants.conftest import Firm, open_firm
from xindun.engine.late_payment.artefact import LateModel, Trained
from xindun.prevention.models import actions as models
from xindun.prevention.models.values import Purpose
from xindun.prevention.scoring import actions, reads
from xindun.prevention.scoring.values import LatePrediction
from xindun.record.parties import reads as parties
from xindun.record.tenants import actions as tenants
from xindun.record.tenants.reads import machine_actor

MACHINE = machine_actor("cli:test")
NO_TREES = LateModel(
    trees=(),
    trained=Trained(
        as_of=date(2025, 1, 1),
        issued_from=date(2024, 1, 1),
        issued_until=date(2024, 12, 31),
        invoices=500,
        rows=500,
        payers=5,
        base_rates={0: 0.5, 15: 0.2, 30: 0.1},
    ),
    settings={},
)
"""Synthetic: without trees half of the curve is the invoice's history."""


@pytest.fixture
def firm(db: None, tmp_path: Path, settings: Any) -> Firm:
    settings.XINDUN_HOME = tmp_path
    made = open_firm()
    made.joins("carl")
    console = Console(Importer(made.tenant.id))
    console.take(*small_ledger())
    return made


def predicted(firm: Firm) -> tuple[LatePrediction, ...]:
    [buyer] = firm.asks(parties.search_buyers, "Tardy").rows
    count = firm.does(actions.predict_late, MACHINE, now=EVENING)
    rows: tuple[LatePrediction, ...] = firm.asks(reads.late_predictions, buyer.id)
    assert count >= len(rows) > 0
    return rows


def test_predictions_are_replaced_and_say_by_what_they_are_made(firm: Firm) -> None:
    first = predicted(firm)
    assert {each.method for each in first} <= {"history", "seller"}
    for each in first:
        assert 1 >= each.late >= each.late_15 >= each.late_30 >= 0
        assert each.as_of < each.expected_on
        assert each.early_on <= each.expected_on <= each.slow_on
        assert each.model_version == ""
    version = firm.does(
        models.register, firm.actor("carl"), Purpose.LATE_PAYMENT, NO_TREES.as_bytes()
    )
    report = {"model": NO_TREES.version, "chances": [{"base_rate": 0.5}]}
    firm.does(models.keep_report, firm.actor("carl"), version.reference, report)
    proposal = firm.does(models.propose_promotion, firm.actor("carl"), version.reference)
    firm.does(tenants.approve, firm.actor("olga"), proposal.public_id)
    second = predicted(firm)
    assert {(each.method, each.model_version) for each in second} == {("model", NO_TREES.version)}
    assert len(second) == len(first)
    [buyer] = firm.asks(parties.search_buyers, "Tardy").rows
    assert firm.asks(reads.late_predictions, buyer.id, currency="XXX") == ()
    newest, before = firm.records("late_payments", first[0].as_of)
    assert newest.versions["model"] == NO_TREES.version
    assert before.versions["model"] == "history"
    assert newest.result["invoices"] == before.result["invoices"]
    assert newest.result["root"] != before.result["root"]
