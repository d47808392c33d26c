"""Hands a report's facts to the company file and its statements to the statements.

What a reader would get wrong: a statement that is refused (its sums disagree) does not stop the
others, and no fact goes in where one of its report's facts is refused. An older filing than the one
that stands is left out, or reading the same file twice would put the first version on top.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from xindun.connectors.bureau.rules import EVER
from xindun.connectors.bureau.values import Outcome, Report, ReportedStatement
from xindun.kernel.errors import DomainError
from xindun.record.company_file.actions import record_facts
from xindun.record.company_file.values import FactKind, NewFact
from xindun.record.parties.values import PartyValue
from xindun.record.statements.actions import record_statement
from xindun.record.statements.reads import statements_of
from xindun.record.statements.values import (
    LINES,
    AuditOpinion,
    Figures,
    NewStatement,
    Scope,
    SourceLine,
    Standard,
    Statement,
)
from xindun.record.tenants.values import Actor

Refusal = tuple[str, str, dict[str, str]]
NUMBER_DIGITS = Decimal("0.0001")


def record_report(
    actor: Actor,
    party: PartyValue,
    report: Report,
    *,
    document_sha256: str | None,
    retrieved_at: datetime,
    now: datetime,
) -> Outcome:
    """Record what a report says, in the caller's transaction.

    Raises:
        NotPermitted: the actor may not change company files.
    """
    known_kinds = set(FactKind)
    placed = [each for each in report.facts if each.kind in known_kinds]
    unplaced = sorted({each.kind for each in report.facts} - known_kinds)
    refused: list[Refusal] = []
    facts = statements = 0
    try:
        with transaction.atomic():
            new = [
                NewFact(
                    kind=each.kind,
                    value=each.value,
                    source=report.source,
                    source_key=each.key,
                    as_of=each.as_of,
                    retrieved_at=retrieved_at,
                    document_sha256=document_sha256,
                )
                for each in placed
            ]
            facts = len(record_facts(actor, party.public_id, new, now=now)) if new else 0
    except DomainError as error:
        refused.append(_refusal("facts", error))
    for each in report.statements:
        try:
            with transaction.atomic():
                statements += _record(actor, party, report, each, document_sha256, now)
        except DomainError as error:
            refused.append(_refusal(f"{each.ends_on}", error))
    return Outcome(facts, statements, tuple(unplaced), tuple(refused))


def outcome_json(outcome: Outcome) -> dict[str, Any]:
    """The outcome as JSON."""
    return {
        "facts": outcome.facts,
        "statements": outcome.statements,
        "unplaced": list(outcome.unplaced),
        "refused": [list(each) for each in outcome.refused],
    }


def _record(
    actor: Actor,
    party: PartyValue,
    report: Report,
    told: ReportedStatement,
    document_sha256: str | None,
    now: datetime,
) -> int:
    """Record one statement; 1 where it was new."""
    before = _standing(party.id, told)
    if before and max(each.filed_on or date.min for each in before) > told.filed_on:
        return 0
    figures = {name: amount for name, amount in told.lines.items() if name in LINES}
    stored = record_statement(
        actor,
        party.public_id,
        NewStatement(
            starts_on=told.starts_on,
            ends_on=told.ends_on,
            standard=_standard(told.standard),
            currency=told.currency,
            unit=1,
            scope=Scope.CONSOLIDATED,
            audit_opinion=AuditOpinion.NONE_STATED,
            figures=Figures(**{n: a.quantize(NUMBER_DIGITS) for n, a in figures.items()}),
            source=f"{report.source} {told.key}"[:300],
            source_lines=tuple(
                SourceLine(told.tags.get(name, name), amount, name if name in figures else None)
                for name, amount in told.lines.items()
            ),
            document_sha256=document_sha256,
            filed_on=told.filed_on,
        ),
        now=now,
    )
    return int(stored.id not in {each.id for each in before})


def _standing(party_id: int, told: ReportedStatement) -> list[Statement]:
    """What stands for the same year and basis."""
    filed = statements_of(party_id, as_of=told.ends_on, known_at=EVER)
    return [
        each
        for each in filed
        if each.ends_on == told.ends_on
        and each.standard is _standard(told.standard)
        and each.scope is Scope.CONSOLIDATED
    ]


def _standard(name: str) -> Standard:
    return Standard(name) if name in set(Standard) else Standard.OTHER


def _refusal(what: str, error: DomainError) -> Refusal:
    return what, error.code, {name: str(value) for name, value in error.params.items()}
