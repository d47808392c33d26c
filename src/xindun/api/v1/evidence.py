"""The evidence: records, their proofs, and the checkpoint that an outsider keeps.

What a reader would get wrong: a record that was just written is not in the log yet. Its proof is
404 ``not_in_log`` until the sequencer has taken it in, usually within seconds.
"""

from __future__ import annotations

from base64 import b64encode
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from xindun.api.lists import page_of, place_of
from xindun.api.operations import operation
from xindun.api.v1.shapes import PageAsked, Paged, Shape
from xindun.record.evidence import reads
from xindun.record.evidence.values import Evidence
from xindun.record.tenants.values import Permission

router = Router(tags=["Evidence"])


class SubjectShape(Shape):
    """What a record is about."""

    type: str
    id: str


class EvidenceShape(Shape):
    """Who decided what, when, on which inputs."""

    id: UUID
    kind: str
    subject: SubjectShape
    actor: str
    occurred_at: datetime
    recorded_at: datetime
    inputs: dict[str, Any]
    versions: dict[str, Any]
    result: dict[str, Any]
    personal: dict[str, Any] = Field(description="Salted hashes; the content lies apart.")
    content_hash: str = Field(description="Hexadecimal SHA-256 over the canonical record.")


class EvidencePage(Paged):
    """A page of records, the newest first."""

    items: list[EvidenceShape]


class EvidenceAsked(PageAsked):
    """What the list is narrowed to."""

    kind: str | None = Field(None, max_length=60, description="Only this kind of record.")
    subject_type: str | None = Field(None, max_length=60, description="Only about this type.")
    subject_id: str | None = Field(None, max_length=200, description="Only about this id.")


class HeadShape(Shape):
    """A signed tree head."""

    size: int
    root: str = Field(description="Base64.")
    signed_at: datetime
    key_id: str
    signature: str = Field(description="Base64; Ed25519.")


class ProofShape(Shape):
    """That a record stands in the log (RFC 9162): leaf, place, path, and the signed head."""

    record: UUID
    number: int
    leaf_hash: str = Field(description="Base64.")
    path: list[str] = Field(description="Base64, from the leaf to the root.")
    head: HeadShape


class CheckpointShape(Shape):
    """What an outsider keeps, to prove later that nothing was removed or changed."""

    checkpoint: str = Field(description="A signed note (c2sp.org/tlog-checkpoint).")
    public_keys: str = Field(description="The log's public keys, one a line, oldest first.")
    pending: int = Field(description="Records that are not in the log yet.")


@router.get("/evidence", response=EvidencePage, summary="List evidence")
@operation(Permission.EVIDENCE_READ)
def list_evidence(request: HttpRequest, params: Query[EvidenceAsked]) -> EvidencePage:
    """Every record of the company, the newest first."""
    place = place_of("list_evidence", params)
    rows = reads.records_after(
        kind=_plain(params.kind),
        subject=(_plain(params.subject_type), _plain(params.subject_id)),
        after=None if place is None else place["row"],
        limit=params.limit + 1,
    )
    shown, following = page_of(
        request, "list_evidence", params, rows, lambda each: {"row": each[0]}
    )
    return EvidencePage(next=following, items=[evidence_shape(each) for _row, each in shown])


@router.get("/evidence/checkpoint", response=CheckpointShape, summary="The newest checkpoint")
@operation(Permission.EVIDENCE_READ)
def get_checkpoint(request: HttpRequest) -> CheckpointShape:
    """Keep it outside: only a checkpoint kept outside excludes that the whole log was rewritten."""
    return CheckpointShape(
        checkpoint=reads.checkpoint(),
        public_keys=reads.public_keys(),
        pending=reads.log_state().pending,
    )


@router.get("/evidence/{uuid:evidence_id}", response=EvidenceShape, summary="One record")
@operation(Permission.EVIDENCE_READ)
def get_evidence(request: HttpRequest, evidence_id: UUID) -> EvidenceShape:
    """A record as it was stored."""
    found = reads.record(evidence_id)
    if found is None:
        raise reads.NoSuchRecord(record=evidence_id)
    return evidence_shape(found)


@router.get("/evidence/{uuid:evidence_id}/proof", response=ProofShape, summary="A record's proof")
@operation(Permission.EVIDENCE_READ)
def get_proof(request: HttpRequest, evidence_id: UUID) -> ProofShape:
    """That the record stands in the log under the newest signed head."""
    proof = reads.proof_of(evidence_id)
    head = proof.head
    return ProofShape(
        record=proof.record_id,
        number=proof.number,
        leaf_hash=_base64(proof.leaf_hash),
        path=[_base64(each) for each in proof.path],
        head=HeadShape(
            size=head.size,
            root=_base64(head.root),
            signed_at=head.signed_at,
            key_id=head.key_id,
            signature=_base64(head.signature),
        ),
    )


def evidence_shape(found: Evidence) -> EvidenceShape:
    """A record as the interface tells it."""
    return EvidenceShape(
        id=found.public_id,
        kind=found.kind,
        subject=SubjectShape(type=found.subject.type, id=found.subject.id),
        actor=found.actor,
        occurred_at=found.occurred_at,
        recorded_at=found.recorded_at,
        inputs=found.inputs,
        versions=found.versions,
        result=found.result,
        personal=found.personal,
        content_hash=found.content_hash.hex(),
    )


def _base64(content: bytes) -> str:
    return b64encode(content).decode()


def _plain(text: str | None) -> str | None:
    """PostgreSQL has no text with a NUL in it."""
    return None if text is None else text.replace("\x00", "")
