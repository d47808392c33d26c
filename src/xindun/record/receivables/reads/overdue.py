"""How late one buyer is, and how it has paid: what a decision about a new order looks at.

What a reader would get wrong: read from PostgreSQL at the moment, by the rule that
``documents.py`` has; a test holds it against the engine's report.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection

from xindun.record.receivables.reads.documents import USED
from xindun.record.receivables.values import LateAmount, PaidRecord

_LATE = f"""
select d.currency, greatest(0, %(as_of)s::date - d.due_on) as days, sum(d.amount - u.used)
from receivables_document d cross join lateral ({USED}) u
where d.buyer_id = %(buyer)s and d.superseded_at is null and d.issued_on <= %(as_of)s
    and d.kind in ('invoice', 'retention') and d.amount > u.used
group by 1, 2 order by 1, 2
"""
_PAID = f"""
select min(d.issued_on), count(*) filter (where d.amount <= u.used and u.last_on <= d.due_on)
from receivables_document d cross join lateral ({USED}) u
where d.buyer_id = %(buyer)s and d.superseded_at is null and d.issued_on <= %(as_of)s
    and d.kind = 'invoice'
"""


_KNOWN = """
select distinct d.buyer_id, d.number from receivables_document d
join unnest(%(buyers)s::bigint[], %(numbers)s::text[]) as asked (buyer_id, number)
    on asked.buyer_id = d.buyer_id and asked.number = d.number
where d.superseded_at is null and d.kind in ('invoice', 'retention')
"""


def known_invoices(asked: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """Which of these buyers' invoice numbers the ledger holds."""
    values: dict[str, Any] = {
        "buyers": [buyer for buyer, _ in asked],
        "numbers": [text for _, text in asked],
    }
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, values)
        return list(cursor.fetchall())


def late_amounts(buyer_id: int, *, as_of: date) -> tuple[LateAmount, ...]:
    """Open amounts of one buyer by currency and days past due; what is not due has 0 days.

    Retention without a day of release is not due.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LATE, {"buyer": buyer_id, "as_of": as_of})
        return tuple(
            LateAmount(currency, days or 0, amount) for currency, days, amount in cursor.fetchall()
        )


def paid_record(buyer_id: int, *, as_of: date) -> PaidRecord:
    """Since when one buyer is known, and how many of its invoices it has paid in time."""
    with connection.cursor() as cursor:
        cursor.execute(_PAID, {"buyer": buyer_id, "as_of": as_of})
        return PaidRecord(*cursor.fetchone())
