"""Header recognition: which row is the header, and which column holds which field.

What a reader would get wrong: a field takes one column. When several headers match a field, the
one preferred in :data:`fields.FIELDS` is used and the rest are reported, never merged.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache

from xindun.connectors.ledger_files.fields import (
    CUSTOMER_FALLBACKS,
    FIELDS,
    INVOICE_REFERENCES,
    LAYOUTS,
    RECEIPT_NUMBERS,
)
from xindun.connectors.ledger_files.values import Column
from xindun.kernel.errors import DomainError

CUSTOMERS = ("customer_name", "customer_number")
AMOUNTS = ("amount", "open_amount", "paid_amount", "debit", "credit", "net_amount")
DAYS = ("issued_on", "invoiced_on", "delivered_on", "paid_on", "recorded_on")
HEADER_WITHIN = 30
RECOGNISED_AT_LEAST = 3


class MappedHeaderMissing(DomainError):
    """The mapping names a header that the file does not have."""

    code = "mapped_header_missing"
    sentence = "The mapping says {field} is in column {header}, but {file} has no such header."


def normalise(header: str) -> str:
    """NFKC, casefolded, letters and digits only: ``Due_Date `` and ``DUE DATE`` are equal."""
    folded = unicodedata.normalize("NFKC", header).casefold()
    return re.sub(r"[\W_]+", "", folded)


def without_unit(header: str) -> str:
    """The header without a trailing unit in brackets: ``金额(元)`` → ``金额``."""
    return re.sub(
        r"\s*[(\[（【][^)\]）】]*[)\]）】]\s*$", "", unicodedata.normalize("NFKC", header)
    )


def unit(header: str) -> str:
    """What stands in brackets at the header's end: ``Amount (USD)`` → ``USD``."""
    found = re.search(r"[(\[【]([^)\]】]+)[)\]】]\s*$", unicodedata.normalize("NFKC", header))
    return found[1].strip() if found else ""


@cache
def _index() -> dict[str, tuple[tuple[str, int], ...]]:
    """Normalised header → the fields it may stand for, with its rank within each."""
    found: dict[str, dict[str, int]] = {}
    for name, field in FIELDS.items():
        for rank, header in enumerate((*field.headers, name)):
            found.setdefault(normalise(header), {}).setdefault(name, rank)
    return {header: tuple(matches.items()) for header, matches in found.items()}


def matches(header: str) -> tuple[tuple[str, int], ...]:
    """Fields that a header may stand for, with the rank of its preference in each."""
    found = _index().get(normalise(header), ())
    return found or _index().get(normalise(without_unit(header)), ())


def recognised(cells: Sequence[str]) -> int:
    """How many different fields a row of cells names; numbers and dates name none."""
    return len({matches(cell)[0][0] for cell in cells if cell and matches(cell)})


def header_row(rows: Sequence[Sequence[str]], mapping: Mapping[str, str]) -> int | None:
    """Index of the first of ``rows`` with at least three recognised names, or every mapped one."""
    wanted = {header.partition("#")[0].strip() for header in mapping.values() if header}
    for index, row in enumerate(rows[:HEADER_WITHIN]):
        names = {cell.strip() for cell in row}
        if wanted and wanted <= names:
            return index
        if recognised(row) + len(wanted & names) >= RECOGNISED_AT_LEAST:
            return index
    return None


def is_complete(headers: Sequence[str], sheet: str, mapping: Mapping[str, str]) -> bool:
    """Whether a table has a customer, an amount and a day: it can be a ledger.

    Of the mapping only headers of this table count; what it leaves unread is a matter of choice
    and makes no table incomplete.
    """
    own = {field: header for field, header in mapping.items() if is_among(header, headers)}
    columns = assign(headers, own, receipts=is_receipts_table(headers, sheet), file="")
    fields = {column.field for column in columns}
    return all(fields & set(group) for group in (CUSTOMERS, AMOUNTS, DAYS))


def is_receipts_table(headers: Sequence[str], sheet: str = "") -> bool:
    """Whether a table lists receipts: it has a receipt number or date and no invoice dates."""
    names = {normalise(header) for header in headers}
    fields = {name for header in headers for name, _ in matches(header)}
    if "document_kind" in fields or "due_on" in fields or "terms_days" in fields:
        return False
    if names & {normalise(header) for header in RECEIPT_NUMBERS}:
        return True
    if re.search(r"收款|回款|receipt|payments?\b", sheet, re.IGNORECASE):
        return True
    return "paid_on" in fields and "issued_on" not in fields


def assign(
    headers: Sequence[str], mapping: Mapping[str, str], *, receipts: bool, file: str
) -> tuple[Column, ...]:
    """Give each column its field, preferred headers first; mapped headers before all others.

    A field that is mapped to nothing is read from no column, whatever the headers say.

    Raises:
        MappedHeaderMissing: the mapping names a header that is not there.
    """
    taken: dict[str, int] = {}
    used: dict[int, str] = {}
    unread = {field for field, header in mapping.items() if not header}
    for field, header in mapping.items():
        if field in unread:
            continue
        taken[field] = _position(headers, field, header, file)
        used[taken[field]] = field
    candidates = sorted(
        (rank, position, field)
        for position, header in enumerate(headers)
        for field, rank in _candidates(header, receipts=receipts)
        if field not in unread
    )
    also: dict[int, str] = {}
    for _, position, field in candidates:
        if position in used:
            continue
        if field in taken:
            also.setdefault(position, field)
            continue
        taken[field] = position
        used[position] = field
        also.pop(position, None)
    if not taken.keys() & set(CUSTOMERS):
        accounts = {normalise(header) for header in CUSTOMER_FALLBACKS}
        places = [p for p, name in enumerate(headers) if normalise(name) in accounts]
        used |= {position: CUSTOMERS[1] for position in places[:1] if position not in used}
    return tuple(
        Column(position, header, used.get(position), also.get(position))
        for position, header in enumerate(headers)
    )


def _candidates(header: str, *, receipts: bool) -> tuple[tuple[str, int], ...]:
    """Fields for a header; in a table of receipts an invoice number is a reference."""
    name = normalise(header)
    if not receipts:
        return matches(header)
    if name in {normalise(reference) for reference in INVOICE_REFERENCES}:
        return (("applies_to", -1),)
    if name in {normalise(number) for number in RECEIPT_NUMBERS}:
        return (("number", -1),)
    return matches(header)


def is_among(header: str, headers: Sequence[str]) -> bool:
    """Whether a mapping's header (``Header#2`` for the second of a name) is one of ``headers``."""
    if not header:
        return False
    names = {header, header.rpartition("#")[0] if re.search(r"#\d+$", header) else header}
    return bool({normalise(name) for name in names} & {normalise(found) for found in headers})


def _position(headers: Sequence[str], field: str, header: str, file: str) -> int:
    name, _, nth = header.rpartition("#") if re.search(r"#\d+$", header) else (header, "", "1")
    places = [i for i, found in enumerate(headers) if found.strip() == name.strip()]
    places = places or [i for i, found in enumerate(headers) if normalise(found) == normalise(name)]
    if header in headers:
        return list(headers).index(header)
    if len(places) < int(nth):
        raise MappedHeaderMissing(field=field, header=header, file=file)
    return places[int(nth) - 1]


def layout_name(headers: Sequence[str]) -> str:
    """The well-known export these headers belong to, else ``by headers``."""
    names = {normalise(header) for header in headers}
    for layout, signature in LAYOUTS.items():
        if {normalise(header) for header in signature} <= names:
            return layout
    return "by headers"
