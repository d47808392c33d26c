"""Post changes of exposure: the only way a balance moves.

What a reader would get wrong: the bulk verb takes a temporary table, not rows. An import of a
million invoices posts for all its buyers in two statements of the caller's own transaction, with
the holders locked in the order of their ids, so that two posters can never wait for each other
in a ring.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection

from xindun.record.exposure.values import COMPONENTS

POSTINGS_TABLE = "xd_posting"
"""The temporary table ``post_bulk`` reads: buyer_id, currency, component, amount (signed)."""

CREATE_POSTINGS = f"""
create temporary table {POSTINGS_TABLE} (
    buyer_id bigint not null, currency text not null,
    component text not null, amount numeric(22, 4) not null
) on commit drop
"""

_JOURNAL = f"""
insert into exposure_posting
    (tenant_id, buyer_id, currency, component, amount, cause_kind, cause_id, posted_at)
select nullif(current_setting('xindun.tenant_id', true), '')::bigint,
       buyer_id, currency, component, sum(amount), %(kind)s, %(cause)s, %(at)s
from {POSTINGS_TABLE} group by buyer_id, currency, component having sum(amount) <> 0
order by buyer_id, currency, component
"""

_SUMS = ", ".join(
    f"coalesce(sum(amount) filter (where component = '{name}'), 0) as {name}" for name in COMPONENTS
)
_BALANCES = f"""
insert into exposure_balance
    (tenant_id, buyer_id, currency, {", ".join(COMPONENTS)}, posted_at)
select nullif(current_setting('xindun.tenant_id', true), '')::bigint,
       buyer_id, currency, {", ".join(COMPONENTS)}, %(at)s
from (select buyer_id, currency, {_SUMS} from {POSTINGS_TABLE} group by buyer_id, currency) moved
where {" or ".join(f"{name} <> 0" for name in COMPONENTS)}
order by buyer_id, currency
on conflict (tenant_id, buyer_id, currency) do update set
    {", ".join(f"{n} = exposure_balance.{n} + excluded.{n}" for n in COMPONENTS)},
    posted_at = excluded.posted_at
"""


def post_bulk(*, cause_kind: str, cause_id: int, posted_at: datetime) -> int:
    """Post the rows of ``xd_posting`` and empty it; the count of journal rows written.

    Must run inside the transaction (and tenant scope) of the change it stands for. One journal
    row stands for a holder, component and cause; sums of zero write nothing.
    """
    values: dict[str, Any] = {"kind": cause_kind, "cause": cause_id, "at": posted_at}
    with connection.cursor() as cursor:
        cursor.execute(_BALANCES, values)
        cursor.execute(_JOURNAL, values)
        written = cursor.rowcount
        cursor.execute(f"truncate {POSTINGS_TABLE}")
    return int(written)
