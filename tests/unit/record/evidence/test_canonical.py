"""The canonical form of a record does not depend on order, zone or writer."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from uuid import UUID

import pytest

from xindun.record.evidence.rules import NotEvidence, canonical, content, content_hash, plain
from xindun.record.evidence.values import Plain, Subject


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"b": 1, "a": [True, None]}, '{"a":[true,null],"b":1}'),
        ({"amount": Decimal("1E+3")}, '{"amount":"1000"}'),
        ({"amount": Decimal("0.10")}, '{"amount":"0.10"}'),
        ({"on": date(2025, 1, 2)}, '{"on":"2025-01-02"}'),
        ({"name": '信盾 "x"'}, '{"name":"信盾 \\"x\\""}'),
        ({"id": UUID(int=1)}, '{"id":"00000000-0000-0000-0000-000000000001"}'),
        ({"hash": b"\x00\xff"}, '{"hash":"00ff"}'),
        ({"rows": ()}, '{"rows":[]}'),
    ],
)
def test_canonical_text(value: Plain, text: str) -> None:
    assert canonical(plain(value)).decode() == text


@pytest.mark.parametrize(
    "value",
    [0.5, float("nan"), Decimal("NaN"), datetime(2025, 1, 1), {1: "x"}, {"x"}, object()],  # noqa: DTZ001
)
def test_what_has_no_canonical_form_is_refused(value: object) -> None:
    with pytest.raises(NotEvidence):
        plain(value)  # type: ignore[arg-type]


def test_one_moment_has_one_hash_in_every_zone() -> None:
    moment = datetime(2025, 6, 30, 8, 30, tzinfo=UTC)
    there = moment.astimezone(timezone(timedelta(hours=8)))

    def digest(at: datetime) -> bytes:
        return content_hash(
            content(
                public_id=UUID(int=7),
                tenant_id=1,
                kind="k",
                subject=Subject("t", "1"),
                actor="a",
                occurred_at=at,
                inputs={},
                versions={},
                result={},
                personal={},
            )
        )

    assert digest(moment) == digest(there)
    assert digest(moment) != digest(moment + timedelta(microseconds=1))
