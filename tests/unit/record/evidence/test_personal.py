"""A record without personal content keeps the hash it had before such content lay apart."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID

from xindun.record.evidence.rules import content, content_hash, salted_hash
from xindun.record.evidence.values import Json, Subject

OLD = (
    b'{"actor":"a","id":"00000000-0000-0000-0000-000000000007","inputs":{},"kind":"k",'
    b'"occurred_at":"2025-06-30T00:00:00+00:00","result":{},"subject":{"id":"1","type":"t"},'
    b'"tenant":1,"versions":{}}'
)


def digest(personal: dict[str, Json]) -> bytes:
    return content_hash(
        content(
            public_id=UUID(int=7),
            tenant_id=1,
            kind="k",
            subject=Subject("t", "1"),
            actor="a",
            occurred_at=datetime(2025, 6, 30, tzinfo=UTC),
            inputs={},
            versions={},
            result={},
            personal=personal,
        )
    )


def test_no_personal_content_adds_no_key() -> None:
    assert digest({}) == sha256(OLD).digest()
    assert digest({"email": {"salted_hash": "00"}}) != digest({})


def test_the_salted_hash_binds_person_field_and_content() -> None:
    salt = bytes(32)
    assert salted_hash(salt, "p", "email", "é").hex() == (
        sha256(salt + '["p","email","é"]'.encode()).hexdigest()
    )
    assert salted_hash(salt, "p", "email", "x") != salted_hash(salt, "q", "email", "x")
