"""What is owed right now, per holder."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from xindun.record.exposure.models import ExposureBalance
from xindun.record.exposure.values import COMPONENTS, Balance, CompanyExposure, GroupExposure
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
