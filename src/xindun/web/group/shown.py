"""A group as a table shows it: a line a company, with how it is held and what it owes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xindun.record.exposure.reads import exposure_of_group
from xindun.record.exposure.values import CompanyExposure, GroupExposure
from xindun.record.parties.reads import group_of
from xindun.record.parties.values import GroupLink, PartyValue
from xindun.record.tenants.values import Permission
from xindun.web import formats
from xindun.web.access import actor_of
from xindun.web.facts.day import Shown, shown_day
from xindun.web.filters import LONGEST_QUERY

KINDS = {
    "IS_DIRECTLY_CONSOLIDATED_BY": gettext_lazy("consolidated by its parent"),
    "IS_ULTIMATELY_CONSOLIDATED_BY": gettext_lazy("consolidated by the ultimate parent"),
    "IS_INTERNATIONAL_BRANCH_OF": gettext_lazy("a branch"),
}
"""What a register's kind of link says of the lower company."""
NEAREST_FIRST = "level"
MOST_ON_CARD = 10


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A company of the group; ``level`` counts links from the head, ``through`` names them."""

    said: CompanyExposure
    level: int
    through: str
    share: str
    why: str
    is_asked: bool

    @property
    def name(self) -> str:
        """The company's name."""
        return self.said.member.company.name


SORTS: dict[str, Callable[[GroupRow], Any]] = {
    "level": lambda row: row.level,
    "company": lambda row: row.name.casefold(),
    "country": lambda row: row.said.member.company.country or "",
    "share": lambda row: row.said.member.share or Decimal(0),
    "customers": lambda row: len(row.said.buyers),
}


def exposure_at(party: PartyValue, shown: Shown) -> GroupExposure:
    """The group as of a day, and what its companies owe by what is recorded now."""
    return exposure_of_group(group_of(party.id, as_of=shown.as_of, known_at=shown.known_at))


def group_card(request: HttpRequest, party: PartyValue) -> dict[str, Any]:
    """What ``web/group/card.html`` needs: sums and the companies that are buyers, the first few."""
    found = exposure_at(party, shown_day(request))
    buyers = [row for row in group_rows(found, party) if row.said.buyers]
    return {**summary(request, found), "members": buyers[:MOST_ON_CARD]}


def summary(request: HttpRequest, found: GroupExposure) -> dict[str, Any]:
    """What ``web/group/summary.html`` needs."""
    sees = actor_of(request).may(Permission.PORTFOLIO_READ)
    return {
        "group": found.group,
        "alone": len(found.group.members) == 1,
        "customers": sum(len(each.buyers) for each in found.companies),
        "sees_money": sees,
        "totals": found.totals if sees else (),
    }


def group_rows(found: GroupExposure, party: PartyValue) -> list[GroupRow]:
    """Every company of the group, the head first."""
    names = {each.company.key: each.company.name for each in found.group.members}
    return [_row(each, names, party) for each in found.companies]


def narrowed(rows: Sequence[GroupRow], request: HttpRequest) -> tuple[list[GroupRow], str]:
    """What the address leaves of the rows, in its order, and that order."""
    query = request.GET.get("q", "")[:LONGEST_QUERY].casefold().strip()
    customers = request.GET.get("show", "") == "customers"
    sort = request.GET.get("sort", NEAREST_FIRST)
    key = SORTS.get(sort.removeprefix("-"))
    if key is None:
        key, sort = SORTS[NEAREST_FIRST], NEAREST_FIRST
    kept = [
        row
        for row in rows
        if (not customers or row.said.buyers) and any(query in text for text in _texts(row))
    ]
    return sorted(kept, key=key, reverse=sort.startswith("-")), sort


def link_text(link: GroupLink) -> str:
    """Why a company belongs to the one above it, and who says so."""
    share = "" if link.percent is None else f"{percent(link.percent)} · "
    said = str(KINDS.get(link.kind, "")) if link.kind else ""
    parts = [f"{share}{said}".removesuffix(" · "), link.source]
    if link.as_of:
        parts.append(_("as of %(day)s") % {"day": formats.day(link.as_of)})
    return " · ".join(part for part in parts if part)


def percent(share: Decimal) -> str:
    """A share as it was stated, without zeros at its end."""
    return f"{share.normalize():f}%"


def _texts(row: GroupRow) -> list[str]:
    names = [row.name, *(each.name for each in row.said.buyers)]
    return [each.casefold() for each in names]


def _row(said: CompanyExposure, names: dict[str, str], party: PartyValue) -> GroupRow:
    member, path = said.member, said.member.path
    own = member.company.party
    return GroupRow(
        said=said,
        level=len(path),
        through=" → ".join(names[link.parent] for link in path),
        share="" if member.share is None else percent(member.share),
        why=link_text(path[-1]) if path else "",
        is_asked=own is not None and own.id == party.id,
    )
