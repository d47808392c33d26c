"""The documents of one buyer, paged and sorted, and the history of one document.

What a reader would get wrong: ``open_amount`` follows the rule of engine/aged.py (cleared
settlements reduce an invoice, uses reduce a receipt or credit note), written here once more for
one buyer because a page of fifty rows must not wait for the mirror; a test compares both.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import connection

from xindun.record.receivables.values import DocumentPage, DocumentRow, Movement

SORTS = (
    "issued_on",
    "due_on",
    "number",
    "amount",
    "open_amount",
    "days_overdue",
    "kind",
    "currency",
)
"""Names a caller may sort by, with a leading ``-`` for descending."""
MAX_PAGE = 500

_CURRENT = """
from receivables_document d
where d.buyer_id = %(buyer)s and d.superseded_at is null and d.issued_on <= %(as_of)s
    and (%(kinds)s::text[] is null or d.kind = any(%(kinds)s))
    and (%(currency)s::text is null or d.currency = %(currency)s)
"""
USED = """
select coalesce(sum(part.amount), 0) as used, max(part.day) as last_on from (
    select s.amount, s.cleared_on as day from receivables_settlement s
    where s.item_id = d.item_id and s.superseded_at is null and s.cleared_on <= %(as_of)s
        and d.kind not in ('credit_note', 'receipt')
    union all
    select s.amount, s.effective_on from receivables_settlement s
    where s.source_item_id = d.item_id and s.superseded_at is null
        and s.effective_on <= %(as_of)s and d.kind in ('credit_note', 'receipt')
) part
"""
_LISTED = f"""
select d.item_id, d.kind, d.number, d.currency, d.amount, d.amount - u.used as open_amount,
       d.issued_on, d.due_on, d.original_due_on, d.due_derived,
       case when d.amount > u.used and d.kind in ('invoice', 'retention')
           then %(as_of)s::date - d.due_on end as days_overdue,
       case when d.amount <= u.used then u.last_on end as settled_on,
       d.disputed, d.contract, d.salesperson
from (select * {_CURRENT}) d cross join lateral ({USED}) u
"""
_MOVEMENTS = """
select s.settlement_id, s.kind, s.amount, s.effective_on, s.cleared_on, s.matures_on,
       s.dishonoured_on, s.derived,
       (select max(d.number) from receivables_document d
        where d.id = s.source_item_id) as source_number,
       s.recorded_at, s.superseded_at
from receivables_settlement s
where s.item_id = %(item)s or s.source_item_id = %(item)s
order by s.effective_on, s.recorded_at, s.id
"""


def documents_of(
    buyer_id: int,
    *,
    as_of: date,
    kinds: tuple[str, ...] | None = None,
    currency: str | None = None,
    open_only: bool = False,
    sort: str = "-issued_on",
    limit: int = 50,
    offset: int = 0,
) -> DocumentPage:
    """One page of a buyer's current documents, with what is open of each as of a day.

    Args:
        buyer_id: the buyer's row id (``parties.reads.buyer`` finds it by its public id).
        as_of: documents issued later are left out; settlements count up to this day.
        kinds: only these kinds of documents.
        currency: only this currency.
        open_only: only documents with something open.
        sort: a name of ``SORTS``, with ``-`` for descending; an unknown name sorts by issue date.
        limit: rows on the page, at most 500.
        offset: rows to skip.
    """
    values: dict[str, Any] = {
        "buyer": buyer_id,
        "as_of": as_of,
        "kinds": list(kinds) if kinds is not None else None,
        "currency": currency,
        "limit": max(1, min(limit, MAX_PAGE)),
        "offset": max(0, offset),
    }
    only = "where open_amount > 0" if open_only else ""
    # What is open of each document decides who is counted, and is worked out once, not twice;
    # where every document counts, the page alone is worked out.
    counting = "count(*) over ()" if open_only else f"(select count(*) {_CURRENT})"
    page = (
        f"select *, {counting} from ({_LISTED}) listed {only} order by {_order(sort)} "
        "limit %(limit)s offset %(offset)s"
    )
    with connection.cursor() as cursor:
        cursor.execute(page, values)
        found = cursor.fetchall()
        if found or not values["offset"]:
            total = int(found[0][-1]) if found else 0
        else:  # a page beyond the last one
            cursor.execute(f"select count(*) from ({_LISTED}) listed {only}", values)
            total = int(cursor.fetchone()[0])
    return DocumentPage(tuple(DocumentRow(*row[:-1]) for row in found), total)


def movements_of(item_id: int) -> list[Movement]:
    """Every settlement of a document, superseded versions too, by effective day and recording."""
    with connection.cursor() as cursor:
        cursor.execute(_MOVEMENTS, {"item": item_id})
        return [Movement(*row) for row in cursor.fetchall()]


def _order(sort: str) -> str:
    """The ORDER BY of a sort name; the item id makes every order total, so that pages agree."""
    name = sort.lstrip("-")
    if name not in SORTS:
        return "issued_on desc, item_id desc"
    direction = "desc" if sort.startswith("-") else "asc"
    return f"{name} {direction} nulls last, item_id {direction}"
