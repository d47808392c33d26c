"""Lock holders in one order, and post what orders commit the company to.

What a reader would get wrong: the lock is a row of its own per buyer, made once and never changed.
Balance rows come and go with currencies and days, and a row that does not exist yet cannot be
locked: two orders in a new currency would not see each other. Imports take no such lock. They
state what is already owed and ask no limit, so a decision beside one is a decision before or
after it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db import connection

from xindun.kit.tenancy import current_tenant_id
from xindun.record.exposure.values import COMMITTED, Committed

_LOCK = """
select buyer_id from exposure_holder
where tenant_id = %s and buyer_id = any(%s) order by buyer_id for no key update
"""
_MAKE = """
insert into exposure_holder (tenant_id, buyer_id)
select %s, buyer_id from unnest(%s::bigint[]) as asked (buyer_id) order by buyer_id
on conflict do nothing
"""
_SUMS = ", ".join(f"{name} = c.{name} + excluded.{name}" for name in COMMITTED)
_POST = f"""
with moved as (
    select * from unnest(%(buyers)s::bigint[], %(currencies)s::text[], %(days)s::date[],
        {", ".join(f"%({name})s::numeric[]" for name in COMMITTED)})
        as m (buyer_id, currency, due_on, {", ".join(COMMITTED)})
), balance as (
    insert into exposure_commitment as c
        (tenant_id, buyer_id, currency, due_on, {", ".join(COMMITTED)})
    select %(tenant)s, buyer_id, currency, due_on, {", ".join(COMMITTED)} from moved
    order by buyer_id, currency, due_on
    on conflict (tenant_id, buyer_id, currency, due_on) do update set {_SUMS}
)
insert into exposure_posting
    (tenant_id, buyer_id, currency, component, amount, cause_kind, cause_id, posted_at)
select %(tenant)s, buyer_id, currency, component, sum(amount), %(kind)s, %(cause)s, %(at)s
from moved cross join lateral (values {", ".join(f"('{name}', {name})" for name in COMMITTED)})
    as each (component, amount)
group by buyer_id, currency, component having sum(amount) <> 0
"""


def lock_holders(buyer_ids: Iterable[int]) -> None:
    """Hold the buyers until the transaction ends, so that no two decisions spend one limit.

    The locks are taken in the order of the ids, whoever asks. Read the balances after this
    statement, not in it: only a later statement sees what the holder before us committed.

    Args:
        buyer_ids: the buyer, and everybody who shares a limit with it.
    """
    wanted = sorted(set(buyer_ids))
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [current_tenant_id(), wanted])
        if cursor.rowcount < len(wanted):
            cursor.execute(_MAKE, [current_tenant_id(), wanted])
            cursor.execute(_LOCK, [current_tenant_id(), wanted])


def commit(
    before: Sequence[Committed],
    after: Sequence[Committed],
    *,
    cause_kind: str,
    cause_id: int,
    posted_at: datetime,
) -> None:
    """Post the difference between what an order committed before a change and after it.

    Holders must be locked (``lock_holders``). Equal sides post nothing.

    Args:
        before, after: what stood and what stands; a side may be empty.
        cause_kind, cause_id: what moved it, once a component.
        posted_at: the caller's now.
    """
    moved = _difference(before, after)
    if not moved:
        return
    keys = sorted(moved)
    with connection.cursor() as cursor:
        cursor.execute(
            _POST,
            {
                "tenant": current_tenant_id(),
                "buyers": [buyer for buyer, _, _ in keys],
                "currencies": [currency for _, currency, _ in keys],
                "days": [day for _, _, day in keys],
                **{
                    name: [moved[key][place] for key in keys]
                    for place, name in enumerate(COMMITTED)
                },
                "kind": cause_kind,
                "cause": cause_id,
                "at": posted_at,
            },
        )


def _difference(
    before: Sequence[Committed], after: Sequence[Committed]
) -> dict[tuple[int, str, date], list[Decimal]]:
    found: dict[tuple[int, str, date], list[Decimal]] = defaultdict(
        lambda: [Decimal(0)] * len(COMMITTED)
    )
    for sign, side in ((-1, before), (1, after)):
        for each in side:
            sums = found[each.buyer_id, each.currency, each.due_on]
            for place, name in enumerate(COMMITTED):
                sums[place] += sign * getattr(each, name)
    return {key: sums for key, sums in found.items() if any(sums)}
