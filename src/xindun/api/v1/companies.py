"""Companies: the register searched, one of it, and which company a customer is.

What a reader would get wrong: a company of the register belongs to nobody. ``file`` is the caller's
own file on it, null while there is none; matching a customer to a company opens one.
"""

from __future__ import annotations

from datetime import date
from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from xindun.api.operations import actor_of, operation
from xindun.api.v1.shapes import Shape
from xindun.kernel.errors import DomainError
from xindun.record.parties import actions, reads
from xindun.record.parties.values import EntityValue
from xindun.record.tenants.values import Permission

router = Router(tags=["Companies"])


class CompanyRow(Shape):
    """A company of a public register."""

    id: UUID
    name: str
    country: str | None
    register_name: str = Field(description="The register's short name, such as gleif.")
    register_key: str = Field(description="The register's own number of it.")
    city: str
    status: str


class Companies(Shape):
    """What a question finds, the best first."""

    items: list[CompanyRow]


class Number(Shape):
    """A number by which a company is known."""

    scheme: str
    value: str


class RegisteredCompany(CompanyRow):
    """A company with everything that the register tells."""

    other_names: list[str]
    legal_form: str
    address: str
    founded_on: date | None
    updated_on: date | None
    numbers: list[Number]
    file: UUID | None = Field(description="Your own file on it.")
    customers: list[UUID] = Field(description="Your customers that are this company.")


class CompaniesAsked(Schema):
    """What is looked for."""

    q: str = Field(min_length=1, max_length=200, description="Name, part of it, pinyin or number.")
    country: str | None = Field(None, min_length=2, max_length=2, description="ISO 3166-1 code.")
    limit: int = Field(20, ge=1, le=100, description="How many rows a page holds.")


@router.get("/companies", response=Companies, summary="Search companies")
@operation(Permission.FILES_READ)
def search_companies(request: HttpRequest, params: Query[CompaniesAsked]) -> Companies:
    """Companies of the loaded registers that a name or a number finds, misspelled or not."""
    hits = reads.search_entities(params.q, country=params.country, limit=params.limit)
    return Companies(items=[CompanyRow(**_row(hit.entity)) for hit in hits])


@router.get("/companies/{uuid:company_id}", response=RegisteredCompany, summary="One company")
@operation(Permission.FILES_READ)
def get_registered_company(request: HttpRequest, company_id: UUID) -> RegisteredCompany:
    """A company of a register, and your own file on it."""
    found = reads.entity(company_id)
    party = reads.party_adopted_from(found.id)
    return RegisteredCompany(
        **_row(found),
        other_names=list(found.other_names),
        legal_form=found.legal_form,
        address=found.address,
        founded_on=found.founded_on,
        updated_on=found.updated_on,
        numbers=[
            Number(scheme=each.scheme, value=each.value)
            for each in reads.entity_identifiers(found.id)
        ],
        file=party.public_id if party else None,
        customers=[each.public_id for each in reads.buyers_of(party.id)] if party else [],
    )


class Match(Schema):
    """A company of a register, or one of your own files."""

    company: UUID | None = Field(None, description="A company of a register.")
    file: UUID | None = Field(None, description="One of your own files; left out with company.")


class Matched(Shape):
    """Which company a customer is."""

    customer: UUID
    file: UUID
    name: str


class NeitherOrBoth(DomainError):
    """A match needs one company."""

    code = "match_needs_one"
    sentence = "Name a company or a file, one of the two."


@router.post(
    "/customers/{uuid:customer_id}/match", response=Matched, summary="Say which company it is"
)
@operation(Permission.FILES_CHANGE)
def match_customer(request: HttpRequest, customer_id: UUID, body: Match) -> Matched:
    """Say which company a customer is; a file is opened where there is none."""
    actor, now = actor_of(request), timezone.now()
    if (body.company is None) == (body.file is None):
        raise NeitherOrBoth
    if body.company is not None:
        party = actions.match_to_entity(actor, customer_id, body.company, now=now)
    else:
        party = reads.party(cast("UUID", body.file))
        actions.match_to_party(actor, customer_id, party.public_id, now=now)
    return Matched(customer=customer_id, file=party.public_id, name=party.name)


def _row(found: EntityValue) -> dict[str, Any]:
    return {
        "id": found.public_id,
        "name": found.name,
        "country": found.country,
        "register_name": found.register,
        "register_key": found.register_key,
        "city": found.city,
        "status": found.status,
    }
