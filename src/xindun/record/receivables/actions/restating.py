"""SQL that gives a settlement the key and the hash that the reader and the staging would give it.

What a reader would get wrong: these must agree byte for byte with ``ledger_files/output.py``
(ADR 0011) and ``rules.settlement_hash``; otherwise a settlement worked out here and the same one
read from a file would be two. A test imports both ways and compares.
"""

from __future__ import annotations

from xindun.record.receivables.rules import SEPARATOR, SETTLEMENT_FACTS

BILLS = "('bank_acceptance', 'commercial_acceptance', 'electronic_receivable')"
REDUCERS = "('write_off', 'set_off', 'goods')"
"""Kinds of settlement without a document of its own; they stand beside what an invoice states."""

_MARK = f"chr({ord(SEPARATOR)})"
_KEYS = frozenset({"settlement_key"})
_DAYS = frozenset({"effective_on", "cleared_on", "matures_on", "dishonoured_on"})


def key_of(row: str) -> str:
    """The key of a settlement ``row`` with item_key, source_key, kind, effective_on and turn."""
    parts = (
        _hex(f"{row}.item_key"),
        f"coalesce({_hex(f'{row}.source_key')}, '')",
        f"{row}.kind",
        _day(f"{row}.effective_on"),
        f"{row}.turn::text",
    )
    text = f" || {_MARK} || ".join(parts)
    return f"left(encode(sha256(convert_to({text}, 'UTF8')), 'hex'), 32)::uuid"


def row_hash(row: str) -> str:
    """SHA-256 of the canonical text of a settlement ``row`` with its facts and both keys."""
    parts = [_hex(f"{row}.item_key"), _hex(f"{row}.source_key")]
    for name in SETTLEMENT_FACTS:
        column = f"{row}.{name}"
        if name in _KEYS:
            parts.append(_hex(column))
        elif name in _DAYS:
            parts.append(_day(column))
        elif name == "derived":
            parts.append(f"case when {column} then 'true' else 'false' end")
        else:
            parts.append(f"{column}::text")
    text = f" || {_MARK} || ".join(f"coalesce({part}, '')" for part in parts)
    return f"sha256(convert_to({text}, 'UTF8'))"


def _hex(column: str) -> str:
    return f"replace({column}::text, '-', '')"


def _day(column: str) -> str:
    return f"to_char({column}, 'YYYY-MM-DD')"
