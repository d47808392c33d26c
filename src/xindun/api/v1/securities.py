"""Securities: what stands behind a customer's debt, and what it counts.

What a reader would get wrong: a security that was registered here counts nothing until a second
person has accepted it on the screens.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import Field

from xindun.api.operations import actor_of, operation
from xindun.api.v1.shapes import Amount, Asked, Currency, Figure, Shape, figure, money
from xindun.prevention.securities import actions, reads
from xindun.prevention.securities.values import (
    GuaranteeForm,
    GuaranteeTerms,
    NewSecurity,
    Security,
    SecurityKind,
)
from xindun.record.parties import reads as parties
from xindun.record.tenants.reads import company_day
from xindun.record.tenants.values import Permission

router = Router(tags=["Limits"])
Kinds = Literal["guarantee", "standby_lc", "deposit", "retention_of_title", "prepayment"]


class SecurityShape(Shape):
    """A security and what it counts on a day."""

    id: UUID
    kind: Kinds
    value: Amount
    currency: Currency
    haircut: Figure = Field(description="Share of the value that does not count.")
    eligible_value: Amount = Field(description="What may be set against exposure, once.")
    uncounted: str | None = Field(description="A code that says why it counts nothing.")
    starts_on: date
    expires_on: date | None
    contract: str | None = Field(description="A prepayment counts for this one only.")
    issuer: str
    within_group: bool
    bound_until: date | None = Field(description="The last day of the guarantee period.")
    act: str | None = Field(
        description="To be done by then: sue_debtor or demand_from_guarantor; null when done."
    )
    change: str = Field(description="registered, accepted, preserved, regrouped or released.")
    changed_at: datetime


class SecuritiesShape(Shape):
    """The securities of a customer."""

    as_of: date
    items: list[SecurityShape]


class SecuritiesAsked(Schema):
    """The day that is asked for."""

    as_of: date | None = Field(None, description="Today where it is left out.")


class GuaranteeAsked(Asked):
    """How long the guarantor is bound."""

    form: Literal["general", "joint"] = Field("general", description="Not agreed: general.")
    law: str = Field("CN", min_length=2, max_length=2, description="ISO 3166-1 country.")
    principal_due_on: date | None = None
    agreed_until: date | None = None


class SecurityAsked(Asked):
    """A security to be registered."""

    kind: Kinds
    value: Annotated[Decimal, Field(gt=0, max_digits=18, decimal_places=4)]
    currency: Currency
    starts_on: date
    expires_on: date | None = None
    haircut: Annotated[Decimal, Field(ge=0, le=1, max_digits=5, decimal_places=4)] | None = None
    contract: str = Field("", max_length=200)
    issuer: str = Field("", max_length=200, description="A bank or company; never a person.")
    by_person: bool = False
    guarantee: GuaranteeAsked | None = None
    document: UUID | None = Field(None, description="A document of the company file.")


@router.get(
    "/customers/{uuid:customer_id}/securities",
    response=SecuritiesShape,
    summary="A customer's securities",
)
@operation(Permission.PORTFOLIO_READ)
def get_securities(
    request: HttpRequest, customer_id: UUID, params: Query[SecuritiesAsked]
) -> SecuritiesShape:
    """Everything registered, also what counts nothing, with the reason."""
    day = params.as_of or _today()
    found = reads.securities_of([parties.buyer(customer_id).id], as_of=day)
    return SecuritiesShape(as_of=day, items=[_security(each) for each in found])


@router.post(
    "/customers/{uuid:customer_id}/securities",
    response={201: SecurityShape},
    summary="Register a security",
)
@operation(Permission.LIMITS_REQUEST)
def register_security(
    request: HttpRequest, customer_id: UUID, body: SecurityAsked
) -> Status[SecurityShape]:
    """It counts once a second person has accepted it."""
    terms = None
    if body.guarantee is not None and body.kind == "guarantee":
        terms = GuaranteeTerms(
            GuaranteeForm(body.guarantee.form),
            body.guarantee.law.upper(),
            body.guarantee.principal_due_on,
            body.guarantee.agreed_until,
        )
    new = NewSecurity(
        kind=SecurityKind(body.kind),
        currency=body.currency,
        value=body.value,
        starts_on=body.starts_on,
        expires_on=body.expires_on,
        haircut=body.haircut,
        contract=body.contract,
        issuer=body.issuer,
        by_person=body.by_person,
        guarantee=terms,
        document=body.document,
    )
    made = actions.register(actor_of(request), customer_id, new, today=_today(), now=timezone.now())
    return Status(201, _security(made))


def _security(found: Security) -> SecurityShape:
    return SecurityShape(
        id=found.public_id,
        kind=found.kind.value,
        value=money(found.value, found.currency),
        currency=found.currency,
        haircut=figure(found.haircut),
        eligible_value=money(found.eligible_value, found.currency),
        uncounted=found.uncounted.value if found.uncounted else None,
        starts_on=found.starts_on,
        expires_on=found.expires_on,
        contract=found.contract,
        issuer=found.issuer,
        within_group=found.within_group,
        bound_until=found.bound_until,
        act=found.act.value if found.act else None,
        change=found.change.value,
        changed_at=found.changed_at,
    )


def _today() -> date:
    return company_day(timezone.now())
