"""From a ledger folder to temporary tables: what the file says, ready to be compared.

Why DuckDB does it: it reads the Parquet files, hashes each row's facts and writes CSV in
parallel and in bounded memory; Python only moves blocks of bytes. What a reader would get wrong:
ids in a folder are the file's own (``local_*``); the ledger's ids come later.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from xindun.kit.staging import stage
from xindun.record.parties.actions import BUYERS_TABLE
from xindun.record.receivables.rules import DOCUMENT_FACTS, NAMING, SEPARATOR, SETTLEMENT_FACTS

MEMORY_LIMIT = "400MB"
KEY, MONEY = "uuid", "numeric(18,4)"

DOCUMENT_TYPES = {
    "document_key": KEY,
    "kind": "text",
    "number": "text",
    "currency": "text",
    "amount": MONEY,
    "issued_on": "date",
    "due_on": "date",
    "original_due_on": "date",
    "recognised_on": "date",
    "disputed": "boolean",
    "net_amount": MONEY,
    "vat_amount": MONEY,
    "contract": "text",
    "salesperson": "text",
    "delivered_on": "date",
    "accepted_on": "date",
    "reconciled_on": "date",
    "invoiced_on": "date",
    "due_derived": "boolean",
    "due_anchor": "text",
    "terms_days": "integer",
    "source_kind_text": "text",
    "naming": "text",
    "sheet": "text",
    "line_no": "bigint",
}
SETTLEMENT_TYPES = {
    "settlement_key": KEY,
    "kind": "text",
    "amount": MONEY,
    "effective_on": "date",
    "cleared_on": "date",
    "matures_on": "date",
    "dishonoured_on": "date",
    "derived": "boolean",
    "bill_number": "text",
    "acceptor": "text",
    "bill_status": "text",
    "parties": "text",
    "line_no": "bigint",
}
_DUCK = {KEY: "varchar", MONEY: "decimal(18,4)", "text": "varchar"}
_REQUIRED_FLAGS = {"disputed", "due_derived", "derived"}


@dataclass(frozen=True, slots=True)
class Staged:
    """How many rows of each table the folder holds."""

    buyers: int
    documents: int
    settlements: int


@contextmanager
def folder_reader(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A DuckDB over a ledger folder with bounded memory, spilling beside the folder."""
    config = {
        "memory_limit": MEMORY_LIMIT,
        "threads": "2",
        "temp_directory": str(folder / ".spill"),
        "preserve_insertion_order": "true",
    }
    with duckdb.connect(":memory:", config=config) as reader:
        reader.execute("set timezone = 'UTC'")
        for name in ("buyers", "items", "settlements"):
            path = str(folder / f"{name}.parquet").replace("'", "''")
            reader.execute(f"create view {name} as select * from read_parquet('{path}')")
        yield reader


def stage_folder(folder: Path) -> Staged:
    """Copy a ledger folder into the temporary tables of the running transaction."""
    with folder_reader(folder) as reader:
        buyers = stage(
            reader,
            BUYERS_TABLE,
            {"local_id": "bigint", "buyer_key": "text", "name": "text", "country": "text"},
            "select buyer_id, buyer_key, name, country from buyers order by buyer_id",
        )
        documents = stage(
            reader,
            "xd_document",
            {
                "local_id": "bigint",
                "local_buyer": "bigint",
                "entered_at": "timestamptz",
                **DOCUMENT_TYPES,
                "row_hash": "bytea",
            },
            _documents_query(reader),
        )
        settlements = stage(
            reader,
            "xd_settlement",
            {
                "local_id": "bigint",
                "item_key": KEY,
                "source_key": KEY,
                "entered_at": "timestamptz",
                **SETTLEMENT_TYPES,
                "row_hash": "bytea",
            },
            _settlements_query(reader),
        )
    return Staged(buyers, documents, settlements)


def document_hashes(folder: Path) -> frozenset[bytes]:
    """The hashes of a folder's documents, as an import of it would store them."""
    with folder_reader(folder) as reader:
        rows = reader.execute(f"select row_hash[3:] from ({_documents_query(reader)})")
        return frozenset(bytes.fromhex(digest) for (digest,) in rows.fetchall())


def _documents_query(reader: duckdb.DuckDBPyConnection) -> str:
    """Each document with its facts and their hash, in the order of the file."""
    have = _columns(reader, "items")
    facts = _facts(DOCUMENT_TYPES, have)
    return f"""
        select item_id, buyer_id, entered_at, {", ".join(DOCUMENT_TYPES)},
               {_hash(("buyer_key",), DOCUMENT_FACTS, NAMING)} as row_hash
        from (
            select i.item_id, i.buyer_id, b.buyer_key, {_instant("i.recorded_at")} as entered_at,
                   {facts}
            from items i join buyers b using (buyer_id) where i.superseded_at is null
        ) order by item_id"""


def _settlements_query(reader: duckdb.DuckDBPyConnection) -> str:
    """Each settlement with the keys of its documents, its facts and their hash."""
    have = _columns(reader, "settlements")
    keys, joins = "i.document_key as item_key, i.source_document_key as source_key", ""
    if not {"document_key", "source_document_key"} <= have:  # a folder that keeps ids only
        keys = "d.document_key as item_key, u.document_key as source_key"
        joins = """
            join items d on d.item_id = i.item_id and d.superseded_at is null
            left join items u on u.item_id = i.source_item_id and u.superseded_at is null"""
    return f"""
        select settlement_id, item_key, source_key, entered_at, {", ".join(SETTLEMENT_TYPES)},
               {_hash(("item_key", "source_key"), SETTLEMENT_FACTS)}
        from (
            select i.settlement_id, {_instant("i.recorded_at")} as entered_at, {keys},
                   {_facts(SETTLEMENT_TYPES, have)}
            from settlements i {joins} where i.superseded_at is null
        ) order by settlement_id"""


def _columns(reader: duckdb.DuckDBPyConnection, table: str) -> set[str]:
    return {row[0] for row in reader.execute(f"describe {table}").fetchall()}


def _facts(types: dict[str, str], have: set[str]) -> str:
    """The select list of a table's facts; a column that the folder lacks is null (or false)."""
    listed = []
    for name, kind in types.items():
        duck = _DUCK.get(kind, kind)
        missing = "false" if name in _REQUIRED_FLAGS else f"null::{duck}"
        listed.append(f"{f'i.{name}::{duck}' if name in have else missing} as {name}")
    return ", ".join(listed)


def _instant(column: str) -> str:
    """A naive UTC time stamp as text with its offset, which PostgreSQL reads without guessing."""
    return f"strftime({column}::timestamp, '%Y-%m-%d %H:%M:%S.%f+00')"


def _hash(lead: tuple[str, ...], facts: tuple[str, ...], last: str | None = None) -> str:
    """SHA-256 of ``rules.canonical_text`` as PostgreSQL's bytea input; ``last`` only if it is."""
    texts = (f"coalesce({name}::varchar, '')" for name in (*lead, *facts))
    mark = f"chr({ord(SEPARATOR)})"
    text = f" || {mark} || ".join(texts)
    if last:
        text += f" || coalesce({mark} || {last}, '')"
    return f"'\\x' || sha256({text})"
