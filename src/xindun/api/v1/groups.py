"""The group of a customer's company: who controls it, who else belongs to it, what all owe.

What a reader would get wrong: the structure is that of a day, the money is what is recorded now.
A key without the scope ``portfolio.read`` reads the structure, and null for the money.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from xindun.api.operations import actor_of, operation
from xindun.api.v1.company_file import party_of_customer
from xindun.api.v1.shapes import Amount, Currency, Figure, Shape, figure_or_none, money
from xindun.record.exposure.reads import exposure_of_group
from xindun.record.exposure.values import CompanyExposure
from xindun.record.parties import reads
from xindun.record.parties.values import GroupCompany, GroupLink
from xindun.record.tenants.reads import company_day
from xindun.record.tenants.values import Permission

router = Router(tags=["Companies"])


class GroupCompanyShape(Shape):
    """A company of a group."""

    name: str
    country: str | None
    file: UUID | None = Field(description="Your own file on it; null while there is none.")
    company: UUID | None = Field(description="The register's row; null for a company on file.")


class LinkShape(Shape):
    """Why a company belongs to the one above it."""

    parent: str = Field(description="The name of the company above.")
    percent: Figure | None = Field(description="Null where a register states no share.")
    kind: str = Field(description="The register's kind of link; empty for a recorded share.")
    source: str
    as_of: date | None
    starts_on: date | None
    ends_on: date | None


class OwedShape(Shape):
    """What is owed in one currency: net receivables with deliveries not yet invoiced."""

    currency: Currency
    amount: Amount


class MemberShape(GroupCompanyShape):
    """A company of the group, how it is held and what it owes."""

    share: Figure | None = Field(description="Per cent held by the group by recorded shares.")
    path: list[LinkShape] = Field(description="From the head down to it; empty for the head.")
    customers: list[UUID]
    owed: list[OwedShape] | None


class GroupShape(Shape):
    """The group of a customer's company."""

    customer: UUID
    as_of: date = Field(description="The day of the structure; the money is as recorded now.")
    head: GroupCompanyShape = Field(description="The ultimate parent, or the company itself.")
    contested: list[GroupCompanyShape] = Field(
        description="Other companies that sources name as the ultimate parent."
    )
    circular: bool = Field(description="Whether the companies at the top control each other.")
    members: list[MemberShape]
    totals: list[OwedShape] | None = Field(
        description="A sum a currency; one company's credit balance reduces no other's debt."
    )


class GroupAsked(Schema):
    """The day that the structure is asked for."""

    as_of: date | None = Field(None, description="Today where it is left out.")


@router.get(
    "/customers/{uuid:customer_id}/group", response=GroupShape, summary="The group of a customer"
)
@operation(Permission.FILES_READ)
def get_group(request: HttpRequest, customer_id: UUID, params: Query[GroupAsked]) -> GroupShape:
    """The ultimate parent, every company that it controls, and what they owe together."""
    now = timezone.now()
    party = party_of_customer(customer_id)
    day = params.as_of or company_day(now)
    found = exposure_of_group(reads.group_of(party.id, as_of=day, known_at=now))
    group, sees = found.group, actor_of(request).may(Permission.PORTFOLIO_READ)
    names = {each.company.key: each.company.name for each in group.members}
    return GroupShape(
        customer=customer_id,
        as_of=group.as_of,
        head=GroupCompanyShape(**_company(group.head)),
        contested=[GroupCompanyShape(**_company(each)) for each in group.contested],
        circular=group.circular,
        members=[_member(each, names, sees) for each in found.companies],
        totals=_owed(found.totals) if sees else None,
    )


def _company(found: GroupCompany) -> dict[str, Any]:
    return {
        "name": found.name,
        "country": found.country,
        "file": found.party.public_id if found.party else None,
        "company": found.entity,
    }


def _member(found: CompanyExposure, names: Mapping[str, str], sees: bool) -> MemberShape:
    return MemberShape(
        **_company(found.member.company),
        share=figure_or_none(found.member.share),
        path=[_link(each, names) for each in found.member.path],
        customers=[each.public_id for each in found.buyers],
        owed=_owed(found.owed) if sees else None,
    )


def _link(each: GroupLink, names: Mapping[str, str]) -> LinkShape:
    return LinkShape(
        parent=names[each.parent],
        percent=figure_or_none(each.percent),
        kind=each.kind,
        source=each.source,
        as_of=each.as_of,
        starts_on=each.starts_on,
        ends_on=each.ends_on,
    )


def _owed(pairs: Iterable[tuple[str, Decimal]]) -> list[OwedShape]:
    return [OwedShape(currency=code, amount=money(owed, code)) for code, owed in pairs]
