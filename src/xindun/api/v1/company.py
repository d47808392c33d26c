"""The company that the key belongs to, and how far its ledger is."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from xindun.api.operations import operation
from xindun.api.v1.shapes import Currency, Shape, Stamp, stamp_of
from xindun.control.monitoring import reads
from xindun.record.receivables.reads import ledger_state
from xindun.record.tenants.reads import current_tenant
from xindun.record.tenants.values import Language, Permission, TenantKind

router = Router(tags=["Company"])


class LedgerShape(Shape):
    """How far the ledger is."""

    version: int = Field(description="Imports taken in so far; 0: nothing was imported yet.")
    recorded_at: datetime | None
    last_movement_on: date | None


class CompanyShape(Shape):
    """The company that the key belongs to."""

    id: UUID
    name: str
    kind: TenantKind
    base_currency: Currency
    time_zone: str = Field(description="IANA name; a day of the company's ends at midnight there.")
    country: str = Field(description="ISO 3166-1 alpha-2 code.")
    language: Language
    ledger: LedgerShape
    review: Stamp | None = Field(description="The current review; null before the first.")


@router.get("/company", response=CompanyShape, summary="The company")
@operation(Permission.COMPANY_READ)
def get_company(request: HttpRequest) -> CompanyShape:
    """The company that the key belongs to. A good first request: it shows that the key works."""
    tenant, state, run = current_tenant(), ledger_state(), reads.current_run()
    return CompanyShape(
        id=tenant.public_id,
        name=tenant.name,
        kind=tenant.kind,
        base_currency=tenant.base_currency,
        time_zone=tenant.time_zone,
        country=tenant.country,
        language=tenant.language,
        ledger=LedgerShape(
            version=state.version,
            recorded_at=state.recorded_at,
            last_movement_on=state.last_movement_on,
        ),
        review=None if run is None else stamp_of(run, stale=run.ledger_version != state.version),
    )
