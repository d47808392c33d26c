"""Decisions of the ledger record, pure: how an import may proceed, and what a row's hash covers.

What a reader would get wrong: the hash covers the facts of a row and never where they stood in
the file (line, sheet, file name), so the same invoice on another line of next month's export is
unchanged. ``canonical_text`` here and the DuckDB expression built from the same lists must agree
byte for byte; a test holds them together.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any
from uuid import UUID

from xindun.kernel.errors import DomainError
from xindun.record.receivables.values import BatchStatus

TRANSITIONS: dict[BatchStatus, frozenset[BatchStatus]] = {
    BatchStatus.UPLOADED: frozenset(
        {BatchStatus.READING, BatchStatus.FAILED, BatchStatus.REJECTED_DUPLICATE}
    ),
    BatchStatus.READING: frozenset({BatchStatus.READING, BatchStatus.LOADING, BatchStatus.FAILED}),
    BatchStatus.LOADING: frozenset(
        {BatchStatus.READING, BatchStatus.COMMITTED, BatchStatus.FAILED}
    ),
    BatchStatus.FAILED: frozenset({BatchStatus.READING}),
    BatchStatus.COMMITTED: frozenset(),
    BatchStatus.REJECTED_DUPLICATE: frozenset(),
}
"""A batch that was cut off while reading or loading starts again at reading."""

DOCUMENT_FACTS = (
    "document_key",
    "kind",
    "number",
    "currency",
    "amount",
    "issued_on",
    "due_on",
    "original_due_on",
    "recognised_on",
    "disputed",
    "net_amount",
    "vat_amount",
    "contract",
    "salesperson",
    "delivered_on",
    "accepted_on",
    "reconciled_on",
    "invoiced_on",
    "due_derived",
    "due_anchor",
    "terms_days",
    "source_kind_text",
)
"""Facts of a document, in the order its hash takes them; the buyer's key comes before them."""

NAMING = "naming"
"""What a receipt or credit note names. It is the last fact of a document's hash, and only of those
that name something: all other documents keep the hash they had before this fact was kept."""

SETTLEMENT_FACTS = (
    "settlement_key",
    "kind",
    "amount",
    "effective_on",
    "cleared_on",
    "matures_on",
    "dishonoured_on",
    "derived",
    "bill_number",
    "acceptor",
    "bill_status",
    "parties",
)
"""Facts of a settlement; the keys of the item and of the source document come before them."""

MAX_NAME_BYTES = 200
MAX_ENDING = 20

SEPARATOR = "\x1f"
"""Between facts: ASCII's unit separator, which no reader lets into a field."""


class WrongBatchStep(DomainError):
    """A batch was asked to do what its status does not allow."""

    code = "wrong_batch_step"
    sentence = "An import that is {status} cannot become {wanted}."


def check_step(status: BatchStatus, wanted: BatchStatus) -> None:
    """Raise unless ``wanted`` may follow ``status``."""
    if wanted not in TRANSITIONS[status]:
        raise WrongBatchStep(status=status.value, wanted=wanted.value)


def fact_text(value: object) -> str:
    """One fact as the hash sees it: '' for null, ISO dates, amounts with four decimals."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Decimal():
            return f"{value:.4f}"
        case date():
            return value.isoformat()
        case UUID():
            return value.hex
        case _:
            return str(value)


def canonical_text(
    lead: tuple[str, ...], facts: Mapping[str, object], names: tuple[str, ...]
) -> str:
    """What a row's hash covers: the leading keys, then the named facts, in order."""
    return SEPARATOR.join((*lead, *(fact_text(facts[name]) for name in names)))


def document_hash(buyer_key: str, facts: Mapping[str, object]) -> bytes:
    """SHA-256 of a document's canonical text."""
    names = DOCUMENT_FACTS if facts.get(NAMING) is None else (*DOCUMENT_FACTS, NAMING)
    return sha256(canonical_text((buyer_key,), facts, names).encode()).digest()


def settlement_hash(item_key: UUID, source_key: UUID | None, facts: Mapping[str, object]) -> bytes:
    """SHA-256 of a settlement's canonical text."""
    lead = (fact_text(item_key), fact_text(source_key))
    return sha256(canonical_text(lead, facts, SETTLEMENT_FACTS).encode()).digest()


def stored_name(file_name: str) -> str:
    """The last part of a file's name as a person gave it, safe as a name on any disk.

    >>> stored_name("C:\\\\ledgers\\\\..\\\\march.csv"), stored_name("..")
    ('march.csv', 'ledger')
    """
    last = file_name.replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(char for char in last if char.isprintable()).strip()
    stem, dot, ending = name.rpartition(".")
    if not stem:  # no ending, or nothing but one
        stem, dot, ending = name.strip("."), "", ""
    ending = ending[:MAX_ENDING]
    room = MAX_NAME_BYTES - len((dot + ending).encode())
    stem = stem.encode()[:room].decode(errors="ignore")
    return f"{stem}{dot}{ending}" if stem.strip(". ") else "ledger"


def options_digest(source: str, options: Mapping[str, Any]) -> str:
    """Names a way of reading: the same file read in the same way is the same import."""
    told = {key: value for key, value in options.items() if value not in (None, "", {}, [])}
    text = json.dumps([source, told], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()
