"""What is owed right now, per holder."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.db import connection

from xindun.kit.tenancy import current_tenant_id
from xindun.record.exposure.models import ExposureBalance
from xindun.record.exposure.values import (
    COMMITTED,
    COMPONENTS,
    Balance,
    Committed,
    CompanyExposure,
    GroupExposure,
    Owed,
)
from xindun.record.parties.reads import buyers_of_each
from xindun.record.parties.values import Group


def balances_of(buyer_ids: Iterable[int]) -> list[Balance]:
    """The balances of the given buyers, by buyer and currency; buyers without one are left out."""
    rows = (
        ExposureBalance.objects.filter(buyer_id__in=list(buyer_ids))
        .order_by("buyer_id", "currency")
        .values_list("buyer_id", "currency", *COMPONENTS)
    )
    return [Balance(*row) for row in rows]


def all_balances() -> list[Balance]:
    """Every balance of the tenant, by buyer and currency."""
    rows = ExposureBalance.objects.order_by("buyer_id", "currency")
    return [Balance(*row) for row in rows.values_list("buyer_id", "currency", *COMPONENTS)]


def exposure_of_group(group: Group) -> GroupExposure:
    """What the companies of a group owe by what is recorded now, whatever the group's day is."""
    parties = {each.company.party.id for each in group.members if each.company.party is not None}
    buyers = buyers_of_each(parties)
    owed: dict[int, dict[str, Decimal]] = {}
    for each in balances_of(buyer.id for listed in buyers.values() for buyer in listed):
        owed.setdefault(each.buyer_id, {})[each.currency] = each.net + each.unbilled
    companies, totals = [], dict[str, Decimal]()
    for member in group.members:
        party = member.company.party
        own = buyers.get(party.id, ()) if party else ()
        sums: dict[str, Decimal] = {}
        for buyer in own:
            for currency, amount in owed.get(buyer.id, {}).items():
                sums[currency] = sums.get(currency, Decimal(0)) + amount
        for currency, amount in sums.items():
            totals[currency] = totals.get(currency, Decimal(0)) + max(amount, Decimal(0))
        companies.append(CompanyExposure(member, own, tuple(sorted(sums.items()))))
    return GroupExposure(group, tuple(companies), tuple(sorted(totals.items())))


_OWED = f"""
select 0, buyer_id, currency, null::date, {", ".join(COMPONENTS)}
from exposure_balance where tenant_id = %(tenant)s and buyer_id = any(%(buyers)s)
union all
select 1, buyer_id, currency, due_on, {", ".join(COMMITTED)}, 0
from exposure_commitment where tenant_id = %(tenant)s and buyer_id = any(%(buyers)s)
    and (ordered <> 0 or delivered <> 0 or billed <> 0 or prepaid <> 0)
"""


def owed_by(buyer_ids: Iterable[int]) -> Owed:
    """All that the given buyers owe and were promised, in one statement.

    Exact for a decision when their holders are locked (``actions.lock_holders``).
    """
    balances: list[Balance] = []
    commitments: list[Committed] = []
    with connection.cursor() as cursor:
        cursor.execute(_OWED, {"tenant": current_tenant_id(), "buyers": list(buyer_ids)})
        for promised, buyer_id, currency, due_on, *amounts in cursor.fetchall():
            if promised:
                commitments.append(
                    Committed(buyer_id, currency, due_on, *amounts[: len(COMMITTED)])
                )
            else:
                balances.append(Balance(buyer_id, currency, *amounts))
    return Owed(tuple(balances), tuple(commitments))
