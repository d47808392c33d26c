"""Arrow rows reach PostgreSQL unchanged: nulls, empty texts, quotes, line breaks, decimals."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest
from django.db import connection, transaction

from xindun.kit.staging import shaping, stage

pytestmark = pytest.mark.django_db

ROWS = [
    {"id": 1, "text": None, "amount": None, "day": None, "body": None},
    {"id": 2, "text": "", "amount": Decimal("0.0000"), "day": date(1, 1, 1), "body": '{"a": null}'},
    {"id": 3, "text": 'a"b,\n\\N;\t', "amount": Decimal("-12345678901234.5678"), "day": None,
     "body": '["\\"", "\\n"]'},
    {"id": 4, "text": "北京 信盾 🛡", "amount": Decimal("1.1"), "day": date(9999, 12, 31),
     "body": "{}"},
]  # fmt: skip
SCHEMA = pa.schema(
    [
        ("id", pa.int64()),
        ("text", pa.string()),
        ("amount", pa.decimal128(38, 4)),
        ("day", pa.date32()),
        ("body", pa.string()),
    ]
)
COLUMNS = {"id": "bigint", "text": "text", "amount": "numeric", "day": "date", "body": "text"}


def staged(query: str) -> list[tuple[object, ...]]:
    with shaping(given=pa.Table.from_pylist(ROWS, schema=SCHEMA)) as shaper:
        count = stage(shaper, "staged_given", COLUMNS, query)
    with connection.cursor() as cursor:
        cursor.execute("select * from staged_given order by id")
        rows = cursor.fetchall()
    assert count == len(rows)
    return list(rows)


def test_every_value_arrives_as_it_was() -> None:
    assert staged("from given") == [tuple(row.values()) for row in ROWS]


def test_staging_again_replaces_what_was_staged() -> None:
    staged("from given")
    assert len(staged("from given where id > 2")) == 2


@pytest.mark.django_db(transaction=True)
def test_a_staged_table_ends_with_its_transaction() -> None:
    with transaction.atomic():
        staged("from given")
    with connection.cursor() as cursor:
        cursor.execute("select to_regclass('pg_temp.staged_given')")
        assert cursor.fetchone() == (None,)
