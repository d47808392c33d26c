"""Financial statements of a customer, and the ratios and distress models worked out from them.

What a reader would get wrong: amounts go in as the sheet prints them, with the unit stated beside
them; they come out in whole currency units. A model's probability is its authors', never a PD.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Literal, TypedDict
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import AwareDatetime, Field

from xindun.api.operations import actor_of, operation
from xindun.api.v1.company_file import moment_of, party_of_customer
from xindun.api.v1.shapes import Amount, Asked, Currency, Figure, Shape, figure_or_none
from xindun.engine.distress import DistressValue, disagreement, distress_of, price_index
from xindun.engine.figures import Figures
from xindun.engine.ratios import RatioValue, Undefined, ratios_of
from xindun.kernel.errors import DomainError
from xindun.record.parties import reads as parties
from xindun.record.statements import actions, reads
from xindun.record.statements.reads import starts_of
from xindun.record.statements.values import (
    AuditOpinion,
    NewStatement,
    Scope,
    Standard,
    Statement,
)
from xindun.record.tenants.values import Permission

router = Router(tags=["Statements"])
Unit = Literal[1, 1_000, 10_000, 1_000_000, 100_000_000]
DOLLAR = "USD"


class NoStatementYet(DomainError):
    """There is nothing to work ratios out from."""

    code = "no_statement_yet"
    sentence = "No statement of this customer is known."


class FigureLines(Asked):
    """The lines of a statement; one that is left out is not stated, which is not zero."""

    current_assets: Amount | None = None
    cash: Amount | None = None
    receivables: Amount | None = None
    inventory: Amount | None = None
    non_current_assets: Amount | None = None
    total_assets: Amount | None = None
    current_liabilities: Amount | None = None
    payables: Amount | None = None
    non_current_liabilities: Amount | None = None
    long_term_debt: Amount | None = None
    total_liabilities: Amount | None = None
    equity: Amount | None = None
    retained_earnings: Amount | None = None
    paid_in_capital: Amount | None = None
    subscribed_capital: Amount | None = None
    market_value: Amount | None = None
    sales: Amount | None = None
    cost_of_sales: Amount | None = None
    gross_profit: Amount | None = None
    operating_expenses: Amount | None = None
    depreciation: Amount | None = None
    ebitda: Amount | None = None
    ebit: Amount | None = None
    interest_expense: Amount | None = None
    net_income: Amount | None = None
    operating_cash_flow: Amount | None = None


class StatementAsked(Asked):
    """A statement to record."""

    ends_on: date = Field(description="The closing day.")
    months: int = Field(12, ge=1, le=24, description="Months that the flows cover.")
    standard: Standard
    scope: Scope
    currency: Currency
    unit: Unit = Field(description="What the amounts are written in: 10000 for 万元.")
    audit_opinion: AuditOpinion = AuditOpinion.NONE_STATED
    source: str = Field(min_length=1, max_length=300, description="Where it can be looked up.")
    filed_on: date | None = Field(None, description="The day it was published.")
    usd_rate: Figure | None = Field(
        None, description="US dollars for one unit of the currency on the closing day."
    )
    figures: FigureLines


class StatementShape(Shape):
    """A statement as it is recorded."""

    id: UUID
    version: int = Field(description="1 for the first; a restatement counts on.")
    starts_on: date
    ends_on: date
    months: int
    standard: Standard
    scope: Scope
    currency: Currency
    unit: int = Field(description="What the sheet was written in; the figures are whole units.")
    audit_opinion: AuditOpinion
    source: str
    document_sha256: str | None
    filed_on: date | None
    recorded_at: datetime
    figures: dict[str, Amount]
    derived: list[str] = Field(description="Lines that were worked out from stated ones.")


class StatementsShape(Shape):
    """The newest version of every statement, the latest accounts first."""

    items: list[StatementShape]


class TimeAsked(Schema):
    """The day asked about, and up to when a statement may have been learned."""

    as_of: date | None = Field(None, description="Only accounts that ended by this day.")
    known_at: AwareDatetime | None = Field(None, description="Only what was known at this moment.")


class WhyNot(Shape):
    """Why there is no value."""

    code: str = Field(examples=["missing_line"])
    lines: list[str]


class RatioShape(Shape):
    """A ratio, or why it is not defined."""

    code: str
    group: str
    unit: str
    better: str = Field(description="Which direction is safer.")
    value: Figure | None
    why_not: WhyNot | None
    inputs: dict[str, Figure] = Field(description="Flows as those of a year.")


class ModelShape(Shape):
    """A distress model's word: an indicator, not a probability of default."""

    code: str
    score: Figure | None
    zone: str | None
    better: str = Field(description="Which direction is safer.")
    authors_probability: Figure | None
    parts: dict[str, Figure] = Field(description="What each input adds to the score.")
    why_not: dict[str, WhyNot]
    citation: str


class RatiosShape(Shape):
    """Ratios and models of one statement."""

    statement: StatementShape
    before: UUID | None = Field(description="The statement that growth is measured from.")
    ratios: list[RatioShape]
    models: list[ModelShape]
    models_disagree: bool = Field(description="Whether one says safe and another distress.")


@router.get(
    "/customers/{uuid:customer_id}/statements",
    response=StatementsShape,
    summary="List a customer's statements",
)
@operation(Permission.FILES_READ)
def list_statements(
    request: HttpRequest, customer_id: UUID, params: Query[TimeAsked]
) -> StatementsShape:
    """Earlier versions are read by an earlier `known_at`."""
    party = parties.party_of(parties.buyer(customer_id).id)
    found = () if party is None else reads.statements_of(party.id, **_axes(params))
    return StatementsShape(items=[*map(statement_shape, found)])


@router.post(
    "/customers/{uuid:customer_id}/statements",
    response={201: StatementShape},
    summary="Record a statement",
)
@operation(Permission.FILES_CHANGE)
def post_statement(
    request: HttpRequest, customer_id: UUID, body: StatementAsked
) -> Status[StatementShape]:
    """Sums that do not agree are refused with both. The same again is answered as it stands."""
    party = party_of_customer(customer_id)
    stated = body.figures.model_dump(exclude_none=True)
    figures = Figures(**{name: Decimal(amount) for name, amount in stated.items()})
    new = NewStatement(
        starts_on=starts_of(body.ends_on, body.months),
        ends_on=body.ends_on,
        standard=body.standard,
        currency=body.currency,
        unit=body.unit,
        scope=body.scope,
        audit_opinion=body.audit_opinion,
        figures=figures.scaled(body.unit),
        source=body.source,
        filed_on=body.filed_on,
        usd_rate=None if body.usd_rate is None else Decimal(body.usd_rate),
    )
    recorded = actions.record_statement(actor_of(request), party.public_id, new, now=timezone.now())
    return Status(201, statement_shape(recorded))


@router.get(
    "/customers/{uuid:customer_id}/ratios",
    response=RatiosShape,
    summary="Ratios and distress models",
)
@operation(Permission.FILES_READ)
def get_ratios(request: HttpRequest, customer_id: UUID, params: Query[TimeAsked]) -> RatiosShape:
    """From the latest accounts that were known; each value with the lines it came from."""
    axes = _axes(params)
    newest = reads.latest(party_of_customer(customer_id).id, **axes)
    if newest is None:
        raise NoStatementYet
    before = reads.year_before(newest, known_at=axes["known_at"])
    index, _year = price_index(newest.ends_on)
    earlier = before.figures if before else None
    models = distress_of(
        newest.figures,
        earlier,
        months=newest.months,
        usd_rate=Decimal(1) if newest.currency == DOLLAR else newest.usd_rate,
        index=index,
    )
    parted = disagreement(models)
    values = ratios_of(newest.figures, earlier, months=newest.months)
    return RatiosShape(
        statement=statement_shape(newest),
        before=before.public_id if before else None,
        ratios=[*map(_ratio, values.values())],
        models=[*map(_model, models.values())],
        models_disagree=parted is not None and parted.opposite,
    )


class _Axes(TypedDict):
    as_of: date
    known_at: datetime


def _axes(params: TimeAsked) -> _Axes:
    as_of, known_at = moment_of(params)
    return {"as_of": as_of, "known_at": known_at}


def statement_shape(found: Statement) -> StatementShape:
    """A statement as the interface tells it."""
    plain = {name: getattr(found, name) for name in StatementShape.model_fields if name != "id"}
    figures = {name: f"{amount:f}" for name, amount in found.figures.stated().items()}
    own = {"id": found.public_id, "figures": figures, "derived": list(found.derived)}
    return StatementShape(**(plain | own))


def _ratio(found: RatioValue) -> RatioShape:
    return RatioShape(
        code=found.ratio.code,
        group=found.ratio.group,
        unit=found.ratio.unit,
        better=found.ratio.better,
        value=_six(found.value),
        why_not=_why(found.why),
        inputs={name: f"{amount:f}" for name, amount in found.inputs.items()},
    )


def _model(found: DistressValue) -> ModelShape:
    why_not = {name: _why(each) for name, each in found.why_not.items()}
    return ModelShape(
        code=found.model.code,
        score=_six(found.score),
        zone=found.zone,
        better=found.model.better,
        authors_probability=figure_or_none(found.probability),
        parts={each.part.input: _six(each.contribution) or "0" for each in found.parts},
        why_not={name: each for name, each in why_not.items() if each},
        citation=found.model.citation,
    )


def _six(value: Decimal | None) -> str | None:
    """To six decimals."""
    return None if value is None else figure_or_none(round(value, 6))


def _why(found: Undefined | None) -> WhyNot | None:
    return None if found is None else WhyNot(code=found.code, lines=list(found.lines))
