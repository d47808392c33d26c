"""Which model is used is a decision of two people, and what was graded before stays provable."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.contexts.monitoring.portfolio import EVENING, Console, small_ledger
from tests.contexts.receivables.ledgers import Importer
from tests.contexts.tenants.conftest import NOW, Firm, open_firm
from xindun.engine.additive import UnsoundModel
from xindun.engine.default_risk.shipped import shipped
from xindun.engine.late_payment.artefact import NotALateModel
from xindun.engine.validation.drift import Drift
from xindun.prevention.models import actions, reads
from xindun.prevention.models.rules import (
    AlreadyChampion,
    NoRealTest,
    NotReadByGrades,
    NotValidated,
    ReportOfAnother,
)
from xindun.prevention.models.values import DriftVerdict, ModelRole, ModelVersion, Purpose
from xindun.prevention.scoring import actions as scoring
from xindun.prevention.scoring import reads as grades
from xindun.prevention.scoring.models import GradeMethod
from xindun.record.parties import reads as parties
from xindun.record.parties.actions import match_buyer, open_party
from xindun.record.statements.actions import record_statement
from xindun.record.statements.values import AuditOpinion, Figures, NewStatement, Scope, Standard
from xindun.record.tenants import actions as tenants
from xindun.record.tenants.reads import machine_actor
from xindun.record.tenants.values import NotPermitted, Role

MACHINE = machine_actor("cli:test")


@dataclass
class Case:
    """A firm with a ledger, a manager, an analyst, and a synthetic model of its own."""

    firm: Firm
    console: Console
    body: dict[str, Any]

    def kept(self) -> ModelVersion:
        content = json.dumps(self.body).encode()
        found: ModelVersion = self.firm.does(
            actions.register, self.firm.actor("carl"), Purpose.DEFAULT_RISK, content
        )
        return found

    def report(self, **more: Any) -> dict[str, Any]:
        named = {"model": self.body["id"], "version": self.body["version"]}
        return {**named, "rows": 900, "events": 9, "base_rate": 0.01, "auc": 0.8, **more}

    def promotes(self, reference: str) -> None:
        proposal = self.firm.does(actions.propose_promotion, self.firm.actor("carl"), reference)
        self.firm.does(tenants.approve, self.firm.actor("olga"), proposal.public_id)

    def role(self, reference: str) -> ModelRole:
        found: ModelVersion = self.firm.asks(reads.version, reference)
        return found.role

    def regrades(self, now: datetime = EVENING) -> int:
        return scoring.regrade(
            self.firm.tenant.id,
            actor="system:test",
            now=now,
            trigger="change",
        ).graded


@pytest.fixture
def case(db: None, tmp_path: Path, settings: Any) -> Case:
    settings.XINDUN_HOME = tmp_path
    firm = open_firm()
    firm.joins("carl", Role.CREDIT_MANAGER)
    firm.joins("anna", Role.ANALYST)
    console = Console(Importer(firm.tenant.id))
    console.take(*small_ledger())
    console.run()
    body = shipped("private") | {"id": "synthetic", "version": "1"}
    body["intercept"] += 1.0
    return Case(firm, console, body)


def test_a_challenger_is_promoted_by_two_and_the_old_champion_comes_back(case: Case) -> None:
    assert case.regrades() == 5
    [buyer] = case.firm.asks(parties.search_buyers, "Tardy").rows
    before = case.firm.asks(grades.grade_of, buyer.id)
    own = case.kept()
    assert (own.role, own.report, "terms" in own.card) == (ModelRole.CHALLENGER, None, False)
    with pytest.raises(NotValidated):
        case.promotes(own.reference)
    carl = case.firm.actor("carl")
    case.firm.does(actions.keep_report, carl, own.reference, case.report())
    proposal = case.firm.does(actions.propose_promotion, carl, own.reference)
    with pytest.raises(tenants.OwnProposal):
        case.firm.does(tenants.approve, carl, proposal.public_id)
    assert case.role("shipped-private") is ModelRole.CHAMPION
    case.firm.does(tenants.approve, case.firm.actor("olga"), proposal.public_id)
    assert case.role(own.reference) is ModelRole.CHAMPION
    assert case.role("shipped-private") is ModelRole.RETIRED
    with pytest.raises(AlreadyChampion):
        case.promotes(own.reference)
    # Everybody is due by the new method; the old grade still comes out of its stored one.
    assert case.regrades() == 5
    after = case.firm.asks(grades.grade_of, buyer.id)
    assert (after.model_version, before.model_version) == (
        "synthetic 1",
        f"{shipped('private')['id']} {shipped('private')['version']}",
    )
    assert case.firm.asks(GradeMethod.objects.count) == 2
    for grade in (before, after):
        assert case.firm.asks(scoring.replay_grade, grade.public_id).same
    case.promotes("shipped-private")
    assert case.role(own.reference) is ModelRole.RETIRED
    assert case.firm.asks(reads.champion).model_id == shipped("private")["id"]
    case.promotes(own.reference)
    assert case.role(own.reference) is ModelRole.CHAMPION
    kinds = [each.kind for each in case.firm.records("model", own.reference)]
    assert kinds == ["model_promoted", "model_promoted", "model_validated", "model_registered"]


def test_what_is_no_model_and_no_test_of_it_leaves_nothing_behind(case: Case) -> None:
    carl = case.firm.actor("carl")
    strange = json.loads(json.dumps(case.body))
    strange["terms"][0]["codes"] = ["market_value_usd"]
    refused: list[tuple[Purpose, bytes, type[Exception]]] = [
        (Purpose.DEFAULT_RISK, b"\xff", UnsoundModel),
        (Purpose.DEFAULT_RISK, b"[]", UnsoundModel),
        (Purpose.DEFAULT_RISK, json.dumps(strange).encode(), NotReadByGrades),
        (Purpose.LATE_PAYMENT, json.dumps(case.body).encode(), NotALateModel),
    ]
    for purpose, content, error in refused:
        with pytest.raises(error):
            case.firm.does(actions.register, carl, purpose, content)
    with pytest.raises(NotPermitted):
        case.firm.does(actions.register, case.firm.actor("anna"), Purpose.DEFAULT_RISK, b"{}")
    listed = json.dumps(strange).encode()
    assert case.firm.does(actions.register, carl, Purpose.LISTED, listed).purpose is Purpose.LISTED
    own = case.kept()
    with pytest.raises(actions.ModelKnown):
        case.kept()
    for report, error in (
        (case.report(version="2"), ReportOfAnother),
        (case.report(overlaps_training=True), NoRealTest),
        (case.report(events=0), NoRealTest),
    ):
        with pytest.raises(error):
            case.firm.does(actions.keep_report, carl, own.reference, report)
    assert case.firm.asks(reads.version, own.reference).report is None
    content = json.dumps(case.body).encode()
    assert case.firm.asks(reads.kept_as, Purpose.DEFAULT_RISK, content) == own
    with pytest.raises(reads.NotKept):
        case.firm.asks(reads.kept_as, Purpose.LISTED, content)
    assert len(case.firm.asks(reads.versions)) == 4


def test_drift_is_measured_once_a_month_over_buyers_with_accounts(case: Case) -> None:
    def measured(days: int = 0) -> Any:
        return case.firm.does(scoring.measure_drift, MACHINE, now=now + timedelta(days=days))

    now = datetime.now(UTC)  # what is recorded here is known from now on

    case.regrades()
    assert measured() is None
    anna = case.firm.actor("anna")
    [buyer] = case.firm.asks(parties.search_buyers, "Prompt").rows
    party = case.firm.does(open_party, anna, "Prompt Inc", "US")
    case.firm.does(match_buyer, anna, buyer.public_id, party.public_id, {})
    lines = {"total_assets": 900, "total_liabilities": 400, "equity": 500, "net_income": 50}
    accounts = NewStatement(
        starts_on=date(2024, 1, 1),
        ends_on=date(2024, 12, 31),
        standard=Standard.US_GAAP,
        currency="USD",
        unit=1,
        scope=Scope.SINGLE,
        audit_opinion=AuditOpinion.NONE_STATED,
        figures=Figures(**{name: Decimal(value) for name, value in lines.items()}),
        source="made up for a test",
    )
    case.firm.does(record_statement, anna, party.public_id, accounts)
    case.regrades(now + timedelta(days=1))
    month = measured(days=1)
    # One company says nothing about a population, however large its PSI.
    assert (month.rows, month.verdict) == (1, DriftVerdict.TOO_FEW)
    assert {each.name for each in month.figures} >= {"probability", "net_income_to_assets"}
    assert all(each.psi > 0 for each in month.figures)
    assert measured(days=2) is None
    assert measured(days=32).month > month.month
    assert [each.version for each in case.firm.asks(reads.drift_history)] == [month.version] * 2
    records = case.firm.records("model", "shipped-private")
    assert [each.kind for each in records] == ["model_drift_measured"] * 2


def test_the_worst_input_of_a_large_population_is_the_months_verdict(case: Case) -> None:
    used = case.firm.asks(reads.default_risk_champion)
    moved = [Drift(f"input_{psi}", psi, 5_000, 0.002) for psi in (0.09, 0.25, 0.26, 0.10)]
    month = case.firm.does(actions.keep_drift, MACHINE, used, moved, rows=5_000, as_of=NOW.date())
    assert [each.verdict.value for each in month.figures] == ["act", "watch", "watch", "quiet"]
    assert month.verdict is DriftVerdict.ACT
