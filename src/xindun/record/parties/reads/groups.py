"""Which companies are one group: the register's links and the tenant's own shares, read together.

What a reader would get wrong: ``known_at`` binds the tenant's own shares. A register's row has no
past here: it stands as it was last loaded, with the days that the register gives it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from xindun.record.parties.models import LegalEntity
from xindun.record.parties.reads.links import links_above, links_below
from xindun.record.parties.reads.merges import ids_behind, ids_behind_each
from xindun.record.parties.reads.parties import parties_by_id, parties_of
from xindun.record.parties.rules.groups import Holdings
from xindun.record.parties.values import (
    CompanyKey,
    Group,
    GroupCompany,
    GroupMember,
)

_ENTITY_FIELDS = ("register_key", "name", "country", "public_id")


def group_of(party_id: int, *, as_of: date, known_at: datetime) -> Group:
    """The group of a company on file: its ultimate parent and all that this one controls.

    Five statements, whatever the size of the group.

    Args:
        party_id: as ``party_of`` and ``party`` tell it.
        as_of: the day of the shares.
        known_at: the tenant's own shares by what was known then.
    """
    asked = ids_behind(party_id, known_at=known_at)[0]
    above = links_above([asked], as_of=as_of, known_at=known_at)
    head, *contested = Holdings(above).heads_of(str(CompanyKey(party_id=asked)))
    below = links_below(head, as_of=as_of, known_at=known_at)
    found = Holdings(below)
    paths = found.paths_from(head)
    named = _companies([*paths, *contested])
    members = [
        GroupMember(named[key], found.share_of(head, key), path) for key, path in paths.items()
    ]
    return Group(
        head=named[head],
        members=(members[0], *sorted(members[1:], key=_in_order)),
        contested=tuple(named[key] for key in contested),
        circular=found.is_circular(head),
        as_of=as_of,
    )


def groups_of_buyers(
    buyer_ids: Iterable[int], *, as_of: date, known_at: datetime
) -> dict[int, GroupCompany]:
    """The head of each buyer's group, for work over many: the company itself without a parent.

    Buyers whose company is not known are left out: nobody can say to whom they belong.
    """
    matched = parties_of(buyer_ids)
    behind = ids_behind_each((each.id for each in matched.values()), known_at=known_at)
    keys = {each: str(CompanyKey(party_id=ids[0])) for each, ids in behind.items()}
    standing = {ids[0] for ids in behind.values()}
    holdings = Holdings(links_above(standing, as_of=as_of, known_at=known_at))
    heads = {each: holdings.heads_of(key)[0] for each, key in keys.items()}
    named = _companies(heads.values())
    return {buyer: named[heads[party.id]] for buyer, party in matched.items()}


def _in_order(member: GroupMember) -> tuple[int, str, str]:
    """The nearest to the head first, then by name."""
    return len(member.path), member.company.name, member.company.key


def _companies(keys: Iterable[str]) -> dict[str, GroupCompany]:
    """What each key names; a register's number stands for a company that it has no row of."""
    wanted = {each: CompanyKey.of(each) for each in keys}
    found: dict[str, GroupCompany] = {}
    ids = [each.party_id for each in wanted.values() if each.party_id is not None]
    for party in parties_by_id(ids).values():
        key = str(CompanyKey(party_id=party.id))
        found[key] = GroupCompany(key, party.name, party.country, party)
    for register in {each.register for each in wanted.values() if each.register is not None}:
        numbers = [each.number for each in wanted.values() if each.register == register]
        rows = LegalEntity.objects.filter(register=register, register_key__in=numbers)
        for number, name, country, entity in rows.values_list(*_ENTITY_FIELDS):
            key = str(CompanyKey(register=register, number=number))
            found[key] = GroupCompany(key, name, country, entity=entity)
    for key, each in wanted.items():
        found.setdefault(key, GroupCompany(key, each.number or "", None))
    return found
