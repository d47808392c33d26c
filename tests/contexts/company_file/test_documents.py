"""A document is stored once with its hash; what is refused leaves nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from hashlib import sha256
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest

from tests.contexts.company_file.conftest import ACTOR, NOW
from xindun.kit.files import tenant_files
from xindun.kit.tenancy import current_tenant_id
from xindun.record.company_file import actions, reads, rules
from xindun.record.company_file.rules.content import DocumentRefused
from xindun.record.company_file.values import Document, DocumentKind
from xindun.record.evidence import reads as evidence
from xindun.record.evidence.values import Subject
from xindun.record.parties.values import PartyValue
from xindun.record.tenants.values import Actor, NotPermitted

PDF = b"%PDF-1.7 a licence"
EVER = datetime(9999, 1, 1, tzinfo=UTC)


@pytest.fixture
def store(party: PartyValue) -> Callable[..., Document]:
    def stored(body: bytes = PDF, actor: Actor = ACTOR, **named: Any) -> Document:
        return actions.store_document(
            actor,
            party.public_id,
            BytesIO(body),
            **{
                "file_name": "C:\\scans\\licence.pdf",
                "kind": DocumentKind.REGISTRATION,
                "source": "register",
                "as_of": date(2025, 6, 1),
                "now": NOW,
            }
            | named,
        )

    return stored


def test_a_document_is_stored_once_and_read_back(
    party: PartyValue, store: Callable[..., Document]
) -> None:
    found = store()
    assert (found.file_name, found.media_type) == ("licence.pdf", "application/pdf")
    assert (found.sha256, found.size) == (sha256(PDF).hexdigest(), len(PDF))
    assert reads.content_path(found).read_bytes() == PDF
    assert store(file_name="again.pdf") == found
    assert reads.document(found.public_id) == found
    assert reads.documents_of(party.id, as_of=date(2025, 6, 1), known_at=EVER) == (found,)
    assert reads.documents_of(party.id, as_of=date(2025, 5, 31), known_at=EVER) == ()
    records = evidence.records_of(Subject("party", str(party.public_id)))
    assert [each.kind for each in records] == ["document_stored", "party_opened"]
    assert "licence" not in str(records[0])


def test_what_is_refused_leaves_neither_row_nor_file(
    party: PartyValue, store: Callable[..., Document]
) -> None:
    with pytest.raises(DocumentRefused):
        store(b"MZ\x90\0 a program")
    with pytest.raises(rules.BadFact):
        store(source=" ")
    with pytest.raises(rules.FactInFuture):
        store(as_of=date(2025, 7, 1))
    with pytest.raises(NotPermitted):
        store(actor=Actor("user:nobody", frozenset()))
    assert reads.documents_of(party.id, as_of=date(2025, 7, 1), known_at=EVER) == ()
    assert not tenant_files(current_tenant_id()).root.exists()
    with pytest.raises(reads.UnknownDocument):
        reads.document(UUID(int=0))
