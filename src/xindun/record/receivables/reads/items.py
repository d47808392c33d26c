"""Documents across all buyers, walked from place to place, and one document by its key.

What a reader would get wrong: the whole ledger is walked in the order of the documents' keys,
which says nothing and is the one order that an index serves; one buyer's documents come by their
day of issue. What is open of a document is worked out as in ``documents.py``, for the rows of the
page alone.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from xindun.kernel.errors import DomainError
from xindun.record.receivables.reads.documents import MAX_PAGE, USED
from xindun.record.receivables.values import DocumentRow, LedgerDocument

_LISTED = f"""
select d.document_key, b.public_id, b.name, d.recorded_at,
       d.item_id, d.kind, d.number, d.currency, d.amount, d.amount - u.used as open_amount,
       d.issued_on, d.due_on, d.original_due_on, d.due_derived,
       case when d.amount > u.used and d.kind in ('invoice', 'retention')
           then %(as_of)s::date - d.due_on end as days_overdue,
       case when d.amount <= u.used then u.last_on end as settled_on,
       d.disputed, d.contract, d.salesperson
from receivables_document d
join parties_buyer b on b.id = d.buyer_id
cross join lateral ({USED}) u
where d.superseded_at is null and d.issued_on <= %(as_of)s
    and (%(kinds)s::text[] is null or d.kind = any(%(kinds)s))
    and (%(currency)s::text is null or d.currency = %(currency)s)
"""
_LEADING = 4


class UnknownDocument(DomainError):
    """No such document in this tenant."""

    code = "unknown_document"
    sentence = "There is no document {key}."


def documents_after(
    *,
    as_of: date,
    kinds: tuple[str, ...] | None = None,
    currency: str | None = None,
    open_only: bool = False,
    after: UUID | None = None,
    limit: int = 50,
) -> list[LedgerDocument]:
    """Current documents of the whole ledger from behind the key ``after`` on.

    Args:
        as_of: documents issued later are left out; settlements count up to this day.
        kinds: only these kinds of documents.
        currency: only this currency.
        open_only: only documents with something open.
        after: the last document's key; None for the beginning.
        limit: rows, at most 501.
    """
    values = _values(as_of, kinds, currency, limit, after=after)
    behind = " and (%(after)s::uuid is null or d.document_key > %(after)s::uuid)"
    only = " and d.amount > u.used" if open_only else ""
    return _found(f"{_LISTED}{behind}{only} order by d.document_key limit %(limit)s", values)


def documents_of_buyer_after(
    buyer_id: int,
    *,
    as_of: date,
    kinds: tuple[str, ...] | None = None,
    currency: str | None = None,
    open_only: bool = False,
    descending: bool = True,
    after: tuple[date, int] | None = None,
    limit: int = 50,
) -> list[LedgerDocument]:
    """One buyer's current documents by day of issue, from behind a place on.

    Args:
        buyer_id: the buyer's row id.
        as_of, kinds, currency, open_only, limit: as in :func:`documents_after`.
        descending: the newest first.
        after: the last document's ``issued_on`` and ``item_id``.
    """
    day, item = after or (None, None)
    values = _values(as_of, kinds, currency, limit, buyer=buyer_id, day=day, item=item)
    beyond, direction = ("<", "desc") if descending else (">", "asc")
    only = " and d.amount > u.used" if open_only else ""
    return _found(
        f"{_LISTED} and d.buyer_id = %(buyer)s and (%(day)s::date is null"
        f" or (d.issued_on, d.item_id) {beyond} (%(day)s::date, %(item)s::bigint)){only}"
        f" order by d.issued_on {direction}, d.item_id {direction} limit %(limit)s",
        values,
    )


def document_of(key: UUID, *, as_of: date) -> LedgerDocument:
    """One current document by its key, with what is open of it on ``as_of``.

    Raises:
        UnknownDocument: this tenant has none with that key (issued by that day).
    """
    values = _values(as_of, None, None, 1, key=key)
    found = _found(f"{_LISTED} and d.document_key = %(key)s limit %(limit)s", values)
    if not found:
        raise UnknownDocument(key=key)
    return found[0]


def _values(
    as_of: date, kinds: tuple[str, ...] | None, currency: str | None, limit: int, **more: Any
) -> dict[str, Any]:
    return {
        "as_of": as_of,
        "kinds": list(kinds) if kinds is not None else None,
        "currency": currency,
        "limit": max(1, min(limit, MAX_PAGE + 1)),
        **more,
    }


def _found(query: str, values: dict[str, Any]) -> list[LedgerDocument]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return [
            LedgerDocument(row[0], row[1], row[2], row[3], DocumentRow(*row[_LEADING:]))
            for row in cursor.fetchall()
        ]
