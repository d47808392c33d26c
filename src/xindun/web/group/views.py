"""The tab that shows the group of a buyer's company and what its companies owe."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xindun.record.parties import reads
from xindun.record.parties.values import Ownership, PartyValue
from xindun.record.tenants.values import Permission
from xindun.web.access import actor_of, allowed, whole_or_part
from xindun.web.buyer.tabs import asked_buyer, tabs_context
from xindun.web.exports import FORMATS, exported
from xindun.web.facts.day import Shown, shown_day
from xindun.web.formats import amount_text
from xindun.web.group.forms import GroupForm
from xindun.web.group.shown import (
    GroupRow,
    exposure_at,
    group_rows,
    narrowed,
    percent,
    summary,
)
from xindun.web.paging import asked_page, sliced


@allowed(Permission.FILES_READ)
@require_safe
def page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The group as of a day: its ultimate parent, its companies, sums, and recorded shares."""
    buyer, shown = asked_buyer(public_id), shown_day(request)
    context: dict[str, Any] = {**tabs_context(request, "buyer-group", buyer), "shown": shown}
    party: PartyValue | None = context["party"]
    if party is not None:
        found = exposure_at(party, shown)
        rows, sort = narrowed(group_rows(found, party), request)
        context |= {
            **summary(request, found),
            "found": sliced(rows, asked_page(request)),
            "sort": sort,
            "group_form": GroupForm(request.GET),
            "filtered": any(request.GET.get(name) for name in GroupForm.base_fields),
            "list_url": reverse("buyer-group", args=[public_id]),
            "list_target": "#group-list",
            "shares": _shares(party, shown),
        }
    return whole_or_part(request, "web/group/page.html", "web/group/list.html", context)


@allowed(Permission.FILES_READ)
@require_safe
def export(request: HttpRequest, public_id: UUID, fmt: str) -> HttpResponseBase:
    """The companies as they are narrowed and ordered; a line a company and currency."""
    party = reads.party_of(asked_buyer(public_id).id)
    if fmt not in FORMATS or party is None:
        raise Http404
    shown = shown_day(request)
    rows, _sort = narrowed(group_rows(exposure_at(party, shown), party), request)
    heads = [
        *(_("Company"), _("Country"), _("Held through"), _("Share in per cent"), _("Why")),
        *(_("Our buyers"), _("Currency"), _("Owed now, unbilled deliveries included")),
    ]
    money = actor_of(request).may(Permission.PORTFOLIO_READ)
    cells = [line for row in rows for line in _cells(row, money=money)]
    return exported(fmt, f"group-{shown.as_of}", heads, cells)


def _cells(row: GroupRow, *, money: bool) -> list[tuple[Any, ...]]:
    company = row.said.member.company
    told = (
        *(row.name, company.country, row.through, row.said.member.share, row.why),
        "; ".join(each.name for each in row.said.buyers),
    )
    owed = row.said.owed if money else ()
    return [(*told, code, amount_text(amount, code)) for code, amount in owed] or [
        (*told, None, None)
    ]


def _shares(party: PartyValue, shown: Shown) -> list[dict[str, Any]]:
    """The tenant's own record about the company, also what has ended or is to come."""
    found = reads.ownerships_of(party.id, known_at=shown.known_at)
    others = reads.parties_by_id(_other(each, party) for each in found)
    return [
        {
            "said": each,
            "other": others[_other(each, party)],
            "is_owner": each.child_id == party.id,
            "share": percent(each.percent),
            "holds": each.holds_on(shown.as_of),
        }
        for each in found
    ]


def _other(share: Ownership, party: PartyValue) -> int:
    return share.parent_id if share.child_id == party.id else share.child_id
