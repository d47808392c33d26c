"""What an import changed, told field by field with examples.

What a reader would get wrong: only corrected versions are told here; added and withdrawn rows are
counts, because a person compares the former and counts the latter.
"""

from __future__ import annotations

from typing import Any

from django.db import connection

from xindun.record.receivables.rules import DOCUMENT_FACTS, SETTLEMENT_FACTS

EXAMPLES = 3
_SIDES = {
    "document": (
        "receivables_document",
        "xd_item",
        ("buyer_id", *DOCUMENT_FACTS),
        "document_key",
        "o.number",
    ),
    "settlement": (
        "receivables_settlement",
        "xd_use",
        ("source_item_id", *SETTLEMENT_FACTS),
        "settlement_key",
        "(select d.number from receivables_document d where d.id = o.item_id)",
    ),
}


def changes() -> dict[str, Any]:
    """``{"fields": {"document.due_on": n}, "examples": [FieldChange as a dict, …]}``."""
    fields: dict[str, int] = {}
    examples: list[dict[str, Any]] = []
    for subject, (table, compared, names, key, number) in _SIDES.items():
        told = [name for name in names if name != key]
        pairs = (
            f"from {compared} x join {table} o on o.id = x.old_id "
            f"join {table} n on n.id = x.new_id where x.state = 'c'"
        )
        for name, count in _counted(told, pairs):
            fields[f"{subject}.{name}"] = count
            examples += [
                {"subject": subject, "field": name, "number": row[0], "before": row[1],
                 "after": row[2]}
                for row in _examples(name, number, pairs)
            ]  # fmt: skip
    return {"fields": fields, "examples": examples}


def _counted(names: list[str], pairs: str) -> list[tuple[str, int]]:
    counts = ", ".join(
        f"count(*) filter (where o.{name} is distinct from n.{name})" for name in names
    )
    with connection.cursor() as cursor:
        cursor.execute(f"select {counts} {pairs}")
        row = cursor.fetchone()
    return [(name, count) for name, count in zip(names, row, strict=True) if count]


def _examples(name: str, number: str, pairs: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"select {number}, o.{name}::text, n.{name}::text {pairs} "
            f"and o.{name} is distinct from n.{name} order by n.id limit {EXAMPLES}"
        )
        return list(cursor.fetchall())
