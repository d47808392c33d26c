"""Statement files of a customer: read, kept and recorded in one request.

What a reader would get wrong: this is no job. A statement file has 10 MB at most and is read in
seconds, and whoever sends it states the unit, so nobody has to look before it is recorded.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import IO, Literal, cast
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import File, Form, Router, Status
from ninja.files import UploadedFile
from pydantic import Field

from xindun.api.operations import MULTIPART, actor_of, operation
from xindun.api.v1.company_file import party_of_customer
from xindun.api.v1.shapes import Asked, Currency
from xindun.api.v1.statements import StatementsShape, statement_shape
from xindun.connectors.statement_files import Stated, read_content, statements_of
from xindun.record.company_file.actions import store_document
from xindun.record.company_file.values import DocumentKind
from xindun.record.statements.actions import record_statements
from xindun.record.statements.reads import dollar_rate
from xindun.record.statements.values import AuditOpinion, Scope, Standard
from xindun.record.tenants.reads import company_day
from xindun.record.tenants.values import Permission

router = Router(tags=["Statements"])


class StatementFileAsked(Asked):
    """What is stated about a file; none of it is guessed from the file."""

    unit: Literal["1", "1000", "10000", "1000000", "100000000"] = Field(
        description="What the amounts are written in: 10000 for 万元."
    )
    currency: Currency
    standard: Standard
    scope: Scope
    audit_opinion: AuditOpinion = AuditOpinion.NONE_STATED
    ends_on: date | None = Field(
        None, description="The newest closing day, where the file does not name it."
    )
    months: int | None = Field(
        None, ge=1, le=24, description="Months that the flows cover, where the file does not say."
    )
    filed_on: date | None = Field(None, description="The day it was published.")
    source: str | None = Field(
        None, min_length=1, max_length=300, description="Where it can be looked up."
    )


@router.post(
    "/customers/{uuid:customer_id}/statements/file",
    response={201: StatementsShape},
    summary="Record a statement file",
)
@operation(Permission.FILES_CHANGE, takes=MULTIPART)
def import_statements(
    request: HttpRequest,
    customer_id: UUID,
    file: File[UploadedFile],
    details: Form[StatementFileAsked],
) -> Status[StatementsShape]:
    """An XLSX or CSV of at most 10 MB, in Chinese or English line names, as
    `multipart/form-data`. Every period is recorded, or none; the file stays in the company file."""
    party, now, name = party_of_customer(customer_id), timezone.now(), file.name or "statement"
    content = cast("IO[bytes]", file)
    draft, digest = read_content(content, name)
    stated = Stated(
        unit=int(details.unit),
        currency=details.currency.upper(),
        standard=details.standard,
        scope=details.scope,
        source=details.source or name,
        audit_opinion=details.audit_opinion,
        ends_on=details.ends_on,
        months=details.months,
        filed_on=details.filed_on,
    )
    news = statements_of(draft, stated, document_sha256=digest)
    store_document(
        actor_of(request),
        party.public_id,
        content,
        file_name=name,
        kind=DocumentKind.STATEMENT,
        source=stated.source,
        as_of=min(news[0].ends_on, company_day(now)),
        now=now,
    )
    dollars = [replace(each, usd_rate=dollar_rate(each.currency, each.ends_on)) for each in news]
    recorded = record_statements(actor_of(request), party.public_id, dollars, now=now)
    return Status(201, StatementsShape(items=[*map(statement_shape, recorded)]))
