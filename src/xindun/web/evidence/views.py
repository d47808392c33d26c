"""One record with its proofs, its replay, and what an outsider keeps of the log.

What a reader would get wrong: each look checks anew, from the content to the signature and the
time stamp. The page never says "proved" because a row says so.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from xindun.kernel.errors import DomainError
from xindun.record.evidence import reads
from xindun.record.evidence.reads import LogEmpty, NoSuchRecord
from xindun.record.evidence.values import CheckedRecord, Evidence
from xindun.record.tenants.values import Permission
from xindun.web.access import allowed
from xindun.web.evidence.shown import heading, lines_of, people
from xindun.web.words import refusal


@allowed(Permission.EVIDENCE_READ)
@require_safe
def one(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A record, what was recorded, and whether its proofs hold."""
    return render(request, "web/evidence/record.html", _context(public_id))


@allowed(Permission.EVIDENCE_READ)
@require_POST
def replay(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Compute the decision again and show what came out; nothing is written."""
    context = _context(public_id)
    try:
        context["replayed"] = reads.replay(public_id, now=timezone.now())
    except DomainError as error:
        context["impossible"] = refusal(error)
    return render(request, "web/evidence/record.html", context)


@allowed(Permission.EVIDENCE_READ)
@require_safe
def checkpoint(request: HttpRequest) -> HttpResponse:
    """The newest signed head as a file to keep outside."""
    try:
        text = reads.checkpoint()
    except LogEmpty as error:
        return _not_yet(request, error)
    return _file(text, f"xindun-checkpoint-{timezone.now():%Y-%m-%d-%H%M}.txt")


@allowed(Permission.EVIDENCE_READ)
@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """The public keys of the log, as an outsider needs them."""
    try:
        text = reads.public_keys()
    except LogEmpty as error:
        return _not_yet(request, error)
    return _file(text, "xindun-public-keys.txt")


@allowed(Permission.EVIDENCE_READ)
@require_safe
def everything(request: HttpRequest) -> HttpResponseBase:
    """The whole log with its proofs, streamed: what ``xindun evidence verify`` reads."""
    if reads.newest_head() is None:
        return _not_yet(request, LogEmpty())
    name = f"xindun-evidence-{timezone.now():%Y-%m-%d-%H%M}.jsonl"
    response = StreamingHttpResponse(reads.export_lines(), content_type="application/jsonl")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _context(public_id: UUID) -> dict[str, Any]:
    try:
        found = reads.checked(public_id)
    except NoSuchRecord as error:
        raise Http404 from error
    record = found.record
    return {
        "checked": found,
        "record": record,
        **heading(record, people()),
        "parts": {
            name: lines_of(content)
            for name, content in (
                ("inputs", record.inputs),
                ("result", record.result),
                ("versions", record.versions),
            )
        },
        "personal": _personal(record),
        "can_replay": reads.can_replay(record.kind),
        "hash": record.content_hash.hex(),
        **_proof(found),
    }


def _proof(found: CheckedRecord) -> dict[str, Any]:
    if found.proof is None:
        return {"path": []}
    proof = found.proof
    return {
        "path": [each.hex() for each in proof.path],
        "leaf": proof.leaf_hash.hex(),
        "root": proof.head.root.hex(),
    }


def _personal(record: Evidence) -> list[tuple[str, str | None]]:
    """Field → content, or None when it was erased."""
    kept = {each.field: each.content for each in reads.personal_of([record.public_id])}
    return [(name, kept.get(name)) for name in record.personal]


def _not_yet(request: HttpRequest, error: LogEmpty) -> HttpResponse:
    messages.info(request, refusal(error))
    return redirect("evidence")


def _file(text: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
