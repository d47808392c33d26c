"""A write happens once, however often it is sent: the answer is stored with what it wrote.

What a reader would get wrong: a refused write stores nothing, so the same key may be sent again
once the body is put right. And "in flight" is an advisory lock of the transaction: a process that
is killed lets go of it together with everything it had written.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, cast

from django.core.files.uploadedfile import UploadedFile
from django.db import connection
from django.db.models.functions import Now
from django.http import HttpRequest, HttpResponse

from xindun.api.models import StoredAnswer
from xindun.api.problems import (
    IdempotencyKeyMalformed,
    IdempotencyKeyMissing,
    IdempotencyKeyReused,
    RequestInFlight,
)
from xindun.kit.tenancy import current_tenant_id

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
KEPT = ("Content-Type", "ETag", "Location", "Retry-After", "Content-Language")
"""Headers that a repeated answer carries again; the others belong to the exchange."""
KEPT_FOR = timedelta(hours=48)
PLAIN = re.compile(r"[\x21-\x7e]{1,255}")
BLOCK = 1 << 20
REFUSED = 400


def once(request: HttpRequest, operation: str, act: Callable[[], HttpResponse]) -> HttpResponse:
    """``act()``, or the answer it gave when this request came before.

    Raises:
        IdempotencyKeyMissing, IdempotencyKeyMalformed: the header.
        RequestInFlight: the same key is being worked on.
        IdempotencyKeyReused: the key belongs to another request.
    """
    key = _key(request)
    fingerprint = fingerprint_of(request)
    _alone(operation, key)
    stored = _stored(operation, key)
    if stored is not None:
        if bytes(stored.fingerprint) != fingerprint:
            raise IdempotencyKeyReused
        return _again(stored)
    response = act()
    if response.status_code < REFUSED:
        StoredAnswer.objects.create(
            tenant_id=current_tenant_id(),
            operation=operation,
            key=key,
            fingerprint=fingerprint,
            status=response.status_code,
            headers={name: response[name] for name in KEPT if name in response},
            body=response.content,
        )
    return response


def fingerprint_of(request: HttpRequest) -> bytes:
    """SHA-256 of what the request asks: address, form of the body, body.

    Uploads are hashed block by block. A multipart body is hashed by its parts, because each
    sending draws another boundary.
    """
    digest = sha256()
    kind = request.content_type or ""
    for text in (request.method or "", request.get_full_path(), kind):
        digest.update(f"{text}\n".encode())
    if kind == "multipart/form-data":
        for name, value in sorted((n, v) for n in request.POST for v in request.POST.getlist(n)):
            digest.update(f"{name}\n{len(value)}\n{value}\n".encode())
        parts = cast("list[tuple[str, UploadedFile[Any]]]", sorted(request.FILES.items()))
        for name, part in parts:
            digest.update(f"{name}\n{part.name}\n{part.size}\n".encode())
            for block in part.chunks(BLOCK):
                digest.update(block)
            part.seek(0)
    else:
        digest.update(request.body)
    return digest.digest()


def forget_answers(now: datetime) -> int:
    """Remove the current tenant's answers that nobody will ask for again; how many."""
    rows = StoredAnswer.objects.filter(tenant_id=current_tenant_id(), created_at__lt=now - KEPT_FOR)
    return rows.delete()[0]


def _key(request: HttpRequest) -> str:
    key = request.headers.get(HEADER)
    if not key:
        raise IdempotencyKeyMissing
    if not PLAIN.fullmatch(key):
        raise IdempotencyKeyMalformed
    return key


def _alone(operation: str, key: str) -> None:
    name = f"{current_tenant_id()} {operation} {key}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 2))", [name])
        if not cursor.fetchone()[0]:
            raise RequestInFlight


def _stored(operation: str, key: str) -> StoredAnswer | None:
    """The answer given before; one that is past its time counts as never given."""
    rows = StoredAnswer.objects.filter(tenant_id=current_tenant_id(), operation=operation, key=key)
    rows.filter(created_at__lt=Now() - KEPT_FOR).delete()
    return rows.first()


def _again(stored: StoredAnswer) -> HttpResponse:
    response = HttpResponse(bytes(stored.body), status=stored.status)
    for name, value in cast("dict[str, Any]", stored.headers).items():
        response.headers[name] = value
    response.headers[REPLAYED] = "true"
    return response
