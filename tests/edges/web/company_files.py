"""A company's file on one of its buyers, with a fact and a document in it."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from uuid import UUID

from django.utils import timezone

from tests.edges.web.conftest import Company
from xindun.kit.tenancy import tenant_scope
from xindun.record.company_file import actions, reads
from xindun.record.company_file.values import DocumentKind, NewFact
from xindun.record.parties.actions import match_buyer, open_party
from xindun.record.parties.reads import buyer as buyer_named
from xindun.record.parties.reads import party_of
from xindun.record.tenants.reads import machine_actor

ACTOR = machine_actor("system:test")
PDF = b"%PDF-1.7 a licence"


@dataclass(frozen=True)
class CompanyFile:
    """Public ids of what the file holds."""

    party: UUID
    fact: UUID
    document: UUID


def company_file_of(company: Company, buyer: UUID) -> CompanyFile:
    """The file, opened when first asked for."""
    now = timezone.now()
    day = now.date()
    with tenant_scope(company.tenant_id):
        known = buyer_named(buyer)
        party = party_of(known.id)
        if party is None:
            party = open_party(ACTOR, known.name, known.country, now=now)
            match_buyer(ACTOR, buyer, party.public_id, {}, now=now)
        document = actions.store_document(
            ACTOR,
            party.public_id,
            BytesIO(PDF),
            file_name="licence.pdf",
            kind=DocumentKind.REGISTRATION,
            source="Handelsregister",
            as_of=day,
            now=now,
        )
        fact = NewFact("status", "active", "Handelsregister", "", day, now, document.sha256)
        actions.record_facts(ACTOR, party.public_id, [fact], now=now)
        [standing] = [
            each
            for each in reads.facts_of(party.id, as_of=day, known_at=timezone.now())
            if each.kind == "status" and each.source == "Handelsregister"
        ]
        return CompanyFile(party.public_id, standing.public_id, document.public_id)
