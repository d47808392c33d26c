"""Company grades: given when due, kept with what they were made from, proved, overridden."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from click.testing import Result
from typer.testing import CliRunner

from tests.contexts.company_file.conftest import ACTOR as CLERK
from tests.contexts.company_file.conftest import new_fact
from tests.contexts.monitoring.portfolio import ACTOR, DAY, EVENING, Console, small_ledger
from tests.contexts.receivables.conftest import new_tenant
from tests.contexts.receivables.ledgers import Importer
from tests.contexts.tenants.conftest import Firm
from tests.unit.engine.small_model import MODEL
from xindun.cli.main import app
from xindun.config import startup
from xindun.control.monitoring.actions import replay
from xindun.control.monitoring.tasks import request_when_due
from xindun.kit.tenancy import tenant_scope
from xindun.prevention.limits import reads as limits_reads
from xindun.prevention.scoring import actions, models, reads
from xindun.prevention.scoring.actions import grading
from xindun.prevention.scoring.actions.method import Method
from xindun.prevention.scoring.rules import BadGradeOverride, BadGradeOverrideDay, outcome
from xindun.prevention.scoring.values import CompanyGrade, Outcome, Regraded
from xindun.record.company_file.actions import record_facts
from xindun.record.evidence import reads as evidence
from xindun.record.evidence.actions import append
from xindun.record.parties import reads as parties
from xindun.record.parties.actions import match_buyer, open_party
from xindun.record.statements.actions import record_statement
from xindun.record.statements.values import (
    AuditOpinion,
    Figures,
    NewStatement,
    Scope,
    Standard,
)
from xindun.record.tenants import actions as tenants
from xindun.record.tenants.values import NotPermitted, Role

METHOD = Method(MODEL)
MONTH = timedelta(days=28)


@pytest.fixture
def console(db: None, tmp_path: Path, settings: Any) -> Console:
    settings.XINDUN_HOME = tmp_path
    made = Console(Importer(new_tenant("Seller")))
    made.take(*small_ledger())
    made.run()
    return made


def given(console: Console, **more: Any) -> Regraded:
    asked: dict[str, Any] = {"actor": ACTOR, "now": EVENING, "trigger": "change", **more}
    return actions.regrade(console.tenant_id, **({"method": METHOD} | asked))


def buyer_id(name: str) -> int:
    (row,) = parties.search_buyers(name).rows
    return row.id


def grade_of(name: str, **more: Any) -> CompanyGrade:
    found = reads.grade_of(buyer_id(name), **more)
    assert found is not None
    return found


def test_every_buyer_is_graded_once_until_something_changes(console: Console) -> None:
    assert given(console) == Regraded(5, 5)
    assert given(console) == Regraded(5, 0)
    with tenant_scope(console.tenant_id):
        good, slow, new = (grade_of(name) for name in ("Prompt", "Tardy", "Newcomer"))
        (record,) = evidence.latest(kind="companies_graded")
    assert good.grade and slow.grade and good.grade < slow.grade
    assert good.pd_12m and slow.pd_12m and good.pd_12m < slow.pd_12m
    assert sum(reason.log_odds for reason in slow.reasons) == slow.log_odds
    assert (new.grade, new.not_rated_reason) == (None, "no_statements_and_no_payments")
    assert (good.as_of, good.scale.scale_id, good.scale.direction) == (
        DAY,
        "xindun-company-10",
        "1_is_best",
    )
    assert good.dimensions["financial"] is None
    assert good.dimensions["payment"] and good.dimensions["payment"] < Decimal("0.02")
    assert slow.lifts
    assert all(lift.reaches_grade < slow.grade for lift in slow.lifts)
    assert record.result["grades"] == 5
    assert record.versions["method"] == METHOD.digest
    # Another policy or model is another method: everybody is due.
    assert given(console, method=Method(None)) == Regraded(5, 5)


def test_a_grade_is_given_again_when_a_month_is_over(console: Console) -> None:
    given(console)
    assert given(console, now=EVENING + MONTH - timedelta(days=1)).graded == 0
    assert given(console, now=EVENING + MONTH, trigger="month").graded == 5
    with tenant_scope(console.tenant_id):
        days = [each.as_of for each in reads.grade_history(buyer_id("Tardy"))]
        assert days == [DAY + MONTH, DAY]
        assert grade_of("Tardy", as_of=DAY + MONTH - timedelta(days=1)).as_of == DAY
    # A quarter without a payment grade lowers what it is worth.
    later = EVENING + timedelta(days=93)
    assert given(console, now=later, as_of=later.date()).graded == 5
    with tenant_scope(console.tenant_id):
        old, fresh = grade_of("Tardy"), grade_of("Tardy", as_of=DAY)
    assert old.inputs.columns["payment_confidence"] == "low"
    assert old.pd_high and fresh.pd_high and old.pd_high > fresh.pd_high


@pytest.mark.unguarded("writes an override past its two people, whom another test asks")
def test_a_worse_company_grade_lowers_the_limit_of_the_next_run(console: Console) -> None:
    before = console.run()
    given(console)
    later = EVENING + timedelta(minutes=1)

    def limits() -> dict[str, Decimal | None]:
        rows = console.ask("iter_buyers")
        return {f"{row.name} {row.currency}": row.limit_recommended for row in rows}

    payments = limits()
    with tenant_scope(console.tenant_id):
        buyer = parties.search_buyers("Prompt").rows[0]
        models.GradeOverride.objects.create(
            tenant_id=console.tenant_id,
            buyer_id=buyer.id,
            grade=9,
            reason="The owner left.",
            starts_on=DAY,
            expires_on=DAY + MONTH,
            proposed_by="user:a",
            approved_by="user:b",
            recorded_at=EVENING,
        )
        assert request_when_due(later)
        assert not request_when_due(later)  # it waits already
    run = console.run(now=later)
    assert run.run_id != before.run_id
    with tenant_scope(console.tenant_id):
        assert not request_when_due(later)
        (record,) = evidence.latest(kind="portfolio_reviewed")[:1]
        limit = limits_reads.latest_recommendation(buyer.id, "EUR")
    assert record.inputs["company_grades"] == run.company_grades_hash != ""
    assert limit and limit.binding == "company_grade"
    (binding,) = (each for each in limit.formulas if each.code == limit.binding)
    assert (binding.params["grade"], binding.params["payment_grade"]) == (9, 1)
    assert limit.amount and limit.amount < (payments["Prompt Ltd EUR"] or 0)
    for account, amount in limits().items():
        assert (amount is None) == (payments[account] is None)
        assert (amount or 0) <= (payments[account] or 0)
    for each in (before, run):
        assert replay(console.tenant_id, each.run_id, now=later).same


def forged_grade(public_id: UUID) -> UUID:
    """A copy of a grade whose inputs were changed after it was given."""
    row = models.CompanyGrade.objects.get(public_id=public_id)
    models.CompanyGrade.objects.create(
        **{
            each.name: getattr(row, each.name)
            for each in row._meta.concrete_fields
            if each.name not in ("id", "public_id", "inputs", "recorded_at")
        },
        public_id=(forged := uuid4()),
        inputs=row.inputs.replace('"payment_score":', '"payment_score":1'),
    )
    return forged


@pytest.mark.unguarded("writes a grade past the actions, as tampering would")
def test_a_grade_comes_out_the_same_from_its_stored_inputs(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(startup, "start", lambda: None)
    given(console)

    def asked(public_id: UUID, *more: str) -> Result:
        return CliRunner().invoke(app, ["score", "replay", str(public_id), *more])

    with tenant_scope(console.tenant_id):
        found = grade_of("Tardy")
        replayed = actions.replay_grade(found.public_id)
        assert (replayed.same, replayed.differing) == (True, ())
        assert replayed.computed_hash == found.output_hash
        forged = forged_grade(found.public_id)
        assert actions.replay_grade(forged).same is False
        with pytest.raises(reads.UnknownGrade):
            actions.replay_grade(uuid4())
    same, differs = asked(found.public_id), asked(forged, "--json")
    assert (same.exit_code, same.output) == (0, f"The same: {found.output_hash}\n")
    said = json.loads(differs.output)
    assert (differs.exit_code, said["same"], said["differing"][0]) == (1, False, "inputs")
    assert isinstance(asked(uuid4()).exception, reads.UnknownGrade)


@pytest.mark.unguarded("writes a grade past the actions, as tampering would")
def test_the_evidence_of_graded_companies_is_computed_again(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grading, "BLOCK", 3)  # one run, two records
    given(console)
    with tenant_scope(console.tenant_id):
        second, first = evidence.latest(kind="companies_graded")
        for record, size in ((first, 3), (second, 2)):
            assert record.result["grades"] == size
            found = evidence.replay(record.public_id, now=EVENING + MONTH)
            assert (found.same, found.compared) == (True, ("grades", "root"))
        forged = forged_grade(grade_of("Tardy").public_id)
        for claimed, differing in (
            ({"root": "00" * 32}, {"root"}),
            ({"grades": 9}, {"grades", "root", "grade"}),  # the forged one comes behind
            ({"first": str(forged), "grades": 1}, {"root", "grade"}),
        ):
            claim = append(
                kind=second.kind,
                subject=second.subject,
                actor="system:test",
                occurred_at=second.occurred_at,
                inputs=second.inputs,
                result={**second.result, **claimed},
                versions=second.versions,
            )
            found = evidence.replay(claim.public_id, now=EVENING)
            assert {each.what for each in found.differences} == differing


def test_the_command_grades_everybody_whose_grade_is_due(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(startup, "start", lambda: None)
    rival = new_tenant("Rival")
    for graded in (5, 0):
        done = CliRunner().invoke(app, ["score", "run"])
        assert (done.exit_code, done.output.splitlines()) == (
            0,
            [
                f"company {console.tenant_id}: 5 buyers, {graded} graded",
                f"company {rival}: 0 buyers, 0 graded",
            ],
        )


def firm_of(console: Console) -> Firm:
    from xindun.record.tenants.reads import current_tenant

    with tenant_scope(console.tenant_id):
        firm = Firm(current_tenant())
    firm.joins("olga")
    firm.joins("anna", Role.ANALYST)
    return firm


def public_id(firm: Firm, name: str) -> UUID:
    found: UUID = firm.asks(lambda: parties.search_buyers(name).rows[0].public_id)
    return found


def test_an_override_needs_a_second_person_and_ends(console: Console) -> None:
    given(console)
    firm = firm_of(console)
    anna, olga = firm.actor("anna"), firm.actor("olga")
    tardy = public_id(firm, "Tardy")
    said = {"reason": "Parent pays.", "expires_on": DAY + MONTH, "today": DAY, "now": EVENING}
    for wrong, error in (
        ({"grade": 11}, BadGradeOverride),
        ({"reason": " "}, BadGradeOverride),
        ({"expires_on": DAY}, BadGradeOverrideDay),
    ):
        with pytest.raises(error):
            firm.does(actions.propose_override, anna, tardy, **({"grade": 3} | said | wrong))
    proposal = firm.does(actions.propose_override, anna, tardy, 3, **said)
    with tenant_scope(console.tenant_id):
        assert grade_of("Tardy").override is None
    with pytest.raises(NotPermitted):
        firm.does(tenants.approve, anna, proposal.public_id, now=EVENING)
    firm.does(tenants.approve, olga, proposal.public_id, now=EVENING)
    with tenant_scope(console.tenant_id):
        found = grade_of("Tardy")
        assert found.override
        assert (found.in_force, found.override.model_grade) == (3, found.grade)
        assert found.override.proposed_by != found.override.approved_by
        assert grade_of("Tardy", as_of=DAY + MONTH).in_force == found.grade
        (early,), (judged,) = (reads.override_outcomes(DAY + n * MONTH / 2) for n in (1, 2))
    assert (early.outcome, judged.outcome) == (Outcome.EARLY, Outcome.FINE)
    assert judged.payment_before and judged.payment_since is None
    assert outcome(True, None, DAY, DAY) is Outcome.FAILED
    assert outcome(False, Decimal("39.9"), DAY, DAY) is Outcome.LATE
    firm.does(actions.end_override, anna, tardy, today=DAY, now=EVENING)
    with tenant_scope(console.tenant_id):
        assert grade_of("Tardy").override is None
        kinds = [each.kind for each in evidence.latest(count=2)]
    assert kinds == ["grade_override_ended", "grade_overridden"]


def test_statements_and_public_events_come_by_the_party_that_a_buyer_is(console: Console) -> None:
    now = datetime.now(UTC)  # what is recorded here is known from now on
    today = now.date()
    accounts = NewStatement(
        starts_on=date(today.year - 1, 1, 1),
        ends_on=date(today.year - 1, 12, 31),
        standard=Standard.IFRS,
        currency="EUR",
        unit=1,
        scope=Scope.SINGLE,
        audit_opinion=AuditOpinion.NONE_STATED,
        figures=Figures(
            total_assets=Decimal(1000),
            total_liabilities=Decimal(300),
            equity=Decimal(700),
            net_income=Decimal(80),
        ),
        source="synthetic accounts",
    )
    listed = new_fact(
        "dishonest_debtor", {}, "court", source_key="case 1", as_of=today, retrieved_at=now
    )
    activity = new_fact("activity", "C 28 machines", as_of=today, retrieved_at=now)
    with tenant_scope(console.tenant_id):
        tardy = parties.search_buyers("Tardy").rows[0]
        party = open_party(CLERK, "Tardy GmbH", "DE", now=now)
        match_buyer(CLERK, tardy.public_id, party.public_id, {}, now=now)
        record_statement(CLERK, party.public_id, accounts, now=now)
        record_facts(CLERK, party.public_id, [activity], now=now)
    later = datetime.now(UTC)
    assert given(console, now=later).graded == 5
    with tenant_scope(console.tenant_id):
        sound = grade_of("Tardy")
        record_facts(CLERK, party.public_id, [listed], now=later)
    columns = sound.inputs.columns
    assert (columns["net_income_to_assets"], columns["liabilities_to_assets"]) == (0.08, 0.3)
    assert (columns["statements"], columns["calibrated"]) == ("fresh", False)
    assert (sound.sector, columns["sector_label"], columns["country_label"]) == (
        "C",
        "medium",
        "low",
    )
    assert sound.dimensions["financial"] and not sound.cap
    assert given(console, now=datetime.now(UTC)).graded == 1
    with tenant_scope(console.tenant_id):
        capped = grade_of("Tardy")
        assert actions.replay_grade(capped.public_id).same
    assert (capped.cap, capped.grade) == ("dishonest_debtor", 9)
    assert capped.grade > (sound.grade or 10)
    assert {reason.code for reason in capped.reasons} - {r.code for r in sound.reasons} == {"cap"}
