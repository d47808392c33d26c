"""The canonical form of a record, over which its hash is taken.

What a reader would get wrong: the hash must come out the same from the row as it was from the
call. So everything becomes plain JSON first (decimals, dates and ids as text), floats are
refused, and only then is it serialised: UTF-8, keys sorted, no white space.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from uuid import UUID

from xindun.kernel.errors import DomainError
from xindun.record.evidence.values import Json, Plain, Subject


class NotEvidence(DomainError):
    """A value with no canonical form."""

    code = "not_evidence"
    sentence = "{value} ({type}) has no canonical form; use text, whole numbers or decimals."


def plain(value: Plain) -> Json:
    """``value`` as JSON types: decimals, dates and ids as text, bytes as hex, times in UTC.

    Raises:
        NotEvidence: floats, naive times, keys that are not text, or anything unknown.

    >>> plain({"amount": Decimal("1.50"), "on": date(2025, 1, 2)})
    {'amount': '1.50', 'on': '2025-01-02'}
    """
    match value:
        case None | bool() | int() | str():
            return value
        case Decimal() if value.is_finite():
            return format(value, "f")
        case datetime() if value.tzinfo is not None:
            return value.astimezone(UTC).isoformat()
        case datetime():
            raise NotEvidence(value=value, type="a time without a zone")
        case date():
            return value.isoformat()
        case UUID():
            return str(value)
        case bytes():
            return value.hex()
        case Mapping() if all(isinstance(key, str) for key in value):
            return {key: plain(each) for key, each in value.items()}
        case Sequence():
            return [plain(each) for each in value]
        case _:
            raise NotEvidence(value=value, type=type(value).__name__)


def canonical(content: Json) -> bytes:
    """Canonical JSON as UTF-8: keys sorted by code point, no white space, nothing escaped that
    need not be."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


def content(
    *,
    public_id: UUID,
    tenant_id: int,
    kind: str,
    subject: Subject,
    actor: str,
    occurred_at: datetime,
    inputs: Json,
    versions: Json,
    result: Json,
    personal: Mapping[str, Json],
) -> dict[str, Json]:
    """What a record's hash covers.

    ``personal`` is part of it only when there is any: records without it keep the hash they had
    before personal content lay apart.
    """
    covered: dict[str, Json] = {
        "id": str(public_id),
        "tenant": tenant_id,
        "kind": kind,
        "subject": {"type": subject.type, "id": subject.id},
        "actor": actor,
        "occurred_at": plain(occurred_at),
        "inputs": inputs,
        "versions": versions,
        "result": result,
    }
    return covered | {"personal": dict(personal)} if personal else covered


def content_hash(covered: dict[str, Json]) -> bytes:
    """SHA-256 over the canonical JSON of a record's :func:`content`."""
    return sha256(canonical(covered)).digest()


def salted_hash(salt: bytes, person: str, field: str, content: str) -> bytes:
    """What a record keeps of personal content: SHA-256 over the salt and the canonical JSON of
    ``[person, field, content]``.

    The salt is random and as long as the hash, so that an e-mail address cannot be found by
    trying all of them; once the salt is erased nothing leads back.
    """
    return sha256(salt + canonical([person, field, content])).digest()
