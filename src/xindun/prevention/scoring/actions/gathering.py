"""What is known of buyers on a day, as inputs of the company grade.

What a reader would get wrong: nothing is made up for what is missing. A dimension without a source
is left out of the columns, and the expression widens the interval for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from xindun.engine.default_risk.inputs import DOLLARS, model_inputs
from xindun.engine.ratios import RATIOS
from xindun.kit.tenancy import current_tenant_id
from xindun.prevention.scoring.actions.method import Method
from xindun.prevention.scoring.models import Score
from xindun.prevention.scoring.rules import (
    event_inputs,
    is_calibrated,
    payment_inputs,
    section_of,
    statements_age,
)
from xindun.prevention.scoring.values import GradeInputs
from xindun.record.company_file import reads as company_file
from xindun.record.parties.reads import buyers_by_id, parties_of
from xindun.record.reference import reads as reference
from xindun.record.reference.values import RiskLabel
from xindun.record.statements import reads as statements
from xindun.record.statements.values import Statement

Labels = dict[str, RiskLabel | None]


@dataclass(frozen=True, slots=True)
class Gathered:
    """One buyer's inputs, and where it is."""

    inputs: GradeInputs
    country: str | None
    sector: str | None


def gather(
    buyer_ids: Collection[int], method: Method, *, as_of: date, known_at: datetime
) -> dict[int, Gathered]:
    """The inputs of each buyer, by its id."""
    payments = _payments(buyer_ids, as_of, known_at)
    matched = parties_of(buyer_ids)
    files = _files({party.id for party in matched.values()}, method, as_of, known_at)
    labels = _labels(as_of, known_at)
    found: dict[int, Gathered] = {}
    for buyer in buyers_by_id(buyer_ids).values():
        party = matched.get(buyer.id)
        country = (party.country if party else None) or buyer.country
        file = files[party.id] if party else _File({}, {}, None)
        sector = _sector(file.activity, country)
        columns = {
            "calibrated": is_calibrated(method.model, country),
            **payment_inputs(payments[buyer.id], as_of, method.policy),
            **_named("country_label", labels[0].get(country or "")),
            **_named("sector_label", labels[1].get(sector or "")),
            **file.columns,
        }
        days = sorted({day.isoformat() for _, _, day in payments[buyer.id]})
        sources = {"reference": reference.edition(), "payments": days, **file.sources}
        found[buyer.id] = Gathered(GradeInputs(columns, sources), country, sector)
    return found


@dataclass(frozen=True, slots=True)
class _File:
    """What the company file and the statements of one party give."""

    columns: dict[str, Any]
    sources: dict[str, Any]
    activity: str | None


def _files(
    party_ids: Collection[int], method: Method, as_of: date, known_at: datetime
) -> dict[int, _File]:
    accounts = statements.latest_of(party_ids, as_of=as_of, known_at=known_at)
    found: dict[int, _File] = {}
    for party_id in party_ids:
        file = _of_file(party_id, method, as_of, known_at)
        if statement := accounts.get(party_id):
            ratios, sources = _of_statement(statement, method, as_of, known_at)
            file = replace(
                file, columns={**file.columns, **ratios}, sources={**file.sources, **sources}
            )
        found[party_id] = file
    return found


def _labels(as_of: date, known_at: datetime) -> tuple[Labels, Labels]:
    """The label in force of each country, and of each sector."""
    countries = reference.countries(as_of=as_of, known_at=known_at)
    sectors = reference.sectors(as_of=as_of, known_at=known_at)
    return (
        {each.country: each.in_force for each in countries},
        {each.sector: each.in_force for each in sectors},
    )


def _named(name: str, label: RiskLabel | None) -> dict[str, str]:
    return {name: label.value} if label else {}


def _sector(activity: str | None, country: str | None) -> str | None:
    """The sector's letter; a company in China states the section of its own classification."""
    letter = section_of(activity or "")
    return reference.sector_of_gbt(letter) if letter and country == "CN" else letter


def _of_file(party_id: int, method: Method, as_of: date, known_at: datetime) -> _File:
    """Public events that count, and the stated activity."""
    events = company_file.events_of(party_id, as_of=as_of, known_at=known_at)
    facts = company_file.facts_of(party_id, as_of=as_of, known_at=known_at)
    activity = next((str(each.value) for each in facts if each.kind == "activity"), None)
    return _File(
        event_inputs((each.kind.value for each in events), method.policy),
        {"events": sorted(str(each.public_id) for each in events)},
        activity,
    )


def _of_statement(
    statement: Statement, method: Method, as_of: date, known_at: datetime
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The model's inputs from the latest accounts, and which accounts they are."""
    sources = {
        "statement": str(statement.public_id),
        "statement_ends_on": statement.ends_on.isoformat(),
    }
    if method.model is None:
        return {}, sources
    before = statements.year_before(statement, known_at=known_at)
    known = model_inputs(
        tuple(code for code in method.model.codes if code in RATIOS or code in DOLLARS),
        statement.figures,
        before.figures if before else None,
        months=statement.months,
        usd_rate=Decimal(1) if statement.currency == "USD" else statement.usd_rate,
    )
    columns: dict[str, Any] = {
        code: float(value) for code, value in known.items() if value is not None
    }
    return {
        "statements": statements_age(statement.ends_on, as_of, method.policy),
        **columns,
    }, sources


def _payments(
    buyer_ids: Collection[int], as_of: date, known_at: datetime
) -> dict[int, list[tuple[Decimal | None, str | None, date]]]:
    """Score, confidence and day of each account's latest payment grade."""
    rows = Score.objects.filter(
        tenant_id=current_tenant_id(),
        buyer_id__in=buyer_ids,
        as_of__lte=as_of,
        known_at__lte=known_at,
    )
    newest = rows.order_by("buyer_id", "currency", "-as_of", "-known_at", "-id")
    found: dict[int, list[tuple[Decimal | None, str | None, date]]] = defaultdict(list)
    for buyer_id, score, confidence, day in newest.distinct("buyer_id", "currency").values_list(
        "buyer_id", "health_score", "confidence", "as_of"
    ):
        found[buyer_id].append((score, confidence, day))
    return found
