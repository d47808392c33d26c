"""Statements are kept in versions; what was known on a day stays readable."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from tests.contexts.statements.conftest import ACTOR, NOW, new_statement
from xindun.kernel.identifiers import new_public_id
from xindun.kit.events import FILE_CHANGED
from xindun.record.evidence import reads as evidence
from xindun.record.evidence.values import Subject
from xindun.record.parties.reads import UnknownParty
from xindun.record.parties.values import PartyValue
from xindun.record.statements import actions, models, reads, rules
from xindun.record.statements.actions import record_statement
from xindun.record.statements.values import AuditOpinion, Scope, SourceLine, Statement
from xindun.record.tenants.values import Actor, NotPermitted

Record = Callable[..., Statement]
DAY = timedelta(days=1)
TODAY = date(2025, 6, 30)
EVER = datetime(9999, 1, 1, tzinfo=UTC)
NOBODY = UUID(int=0)


def test_a_statement_is_kept_as_stated_with_what_follows_from_it(
    party: PartyValue, record: Record
) -> None:
    sheet = (SourceLine("货币资金", Decimal("12.50"), "cash"), SourceLine("其他", Decimal(3), None))
    found = record(
        figures=replace(new_statement().figures, equity=None, cost_of_sales=Decimal(900)),
        source_lines=sheet,
        unit=1_000,
        document_sha256="ab" * 32,
        filed_on=date(2025, 4, 30),
        usd_rate=Decimal("0.137"),
    )
    assert (found.version, found.months, found.unit) == (1, 12, 1_000)
    assert (found.figures.equity, found.derived) == (Decimal(400), ("equity", "gross_profit"))
    assert found.source_lines == sheet
    assert reads.statement(found.public_id) == found
    [kept, _] = evidence.records_of(Subject("party", str(party.public_id)))
    assert kept.kind == "statement_recorded"
    assert kept.result["statement"] == str(found.public_id)
    assert kept.inputs["document"] == "ab" * 32


def test_what_does_not_balance_leaves_nothing_behind(party: PartyValue, record: Record) -> None:
    with pytest.raises(rules.Unbalanced):
        record(figures=replace(new_statement().figures, equity=Decimal(300)))
    assert reads.statements_of(party.id, as_of=TODAY, known_at=EVER) == ()
    assert len(evidence.records_of(Subject("party", str(party.public_id)))) == 1


def test_a_stranger_records_nothing(party: PartyValue) -> None:
    with pytest.raises(NotPermitted):
        record_statement(Actor("user:x"), party.public_id, new_statement(), now=NOW)
    with pytest.raises(UnknownParty):
        record_statement(ACTOR, NOBODY, new_statement(), now=NOW)
    assert reads.latest(party.id, as_of=TODAY, known_at=EVER) is None


def test_the_same_again_is_no_new_version(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(actions, "announce", told.append)
    first = record(audit_opinion=AuditOpinion.UNQUALIFIED)
    assert record(audit_opinion=AuditOpinion.NONE_STATED, source="elsewhere") == first
    assert record(audit_opinion=AuditOpinion.QUALIFIED).version == 2
    assert told == [FILE_CHANGED, FILE_CHANGED]


@pytest.mark.unguarded("a second version a day later, which one transaction cannot record")
def test_a_restatement_is_read_as_it_was_known(party: PartyValue, record: Record) -> None:
    first = record(sales=1200)
    restated = models.Statement.objects.get(pk=first.id)
    restated.pk, restated.public_id, restated.version = None, new_public_id(), 2
    restated.recorded_at, restated.sales = first.recorded_at + DAY, Decimal(1100)
    restated.save(force_insert=True)

    def sales(known_at: datetime) -> Decimal | None:
        found = reads.latest(party.id, as_of=TODAY, known_at=known_at)
        return found and found.figures.sales

    assert sales(first.recorded_at - DAY) is None
    assert sales(first.recorded_at) == 1200
    assert sales(first.recorded_at + DAY) == 1100
    assert [each.version for each in reads.versions_of(first, known_at=EVER)] == [2, 1]
    [shown] = reads.statements_of(party.id, as_of=TODAY, known_at=EVER)
    assert shown.version == 2


def test_the_latest_accounts_and_those_a_year_before(party: PartyValue, record: Record) -> None:
    record(2022)
    before = record(2023)
    record(2024, scope=Scope.SINGLE)
    record(2024, starts_on=date(2024, 10, 1))
    newest = record(2024)
    assert reads.latest(party.id, as_of=TODAY, known_at=EVER) == newest
    assert reads.previous(party.id, as_of=TODAY, known_at=EVER) == before
    assert reads.latest(party.id, as_of=date(2024, 12, 30), known_at=EVER) == before
    years = reads.statements_of(party.id, as_of=TODAY, known_at=EVER)
    assert [each.ends_on.year for each in years] == [2024, 2024, 2024, 2023, 2022]
    assert reads.year_before(years[1], known_at=EVER) is None
