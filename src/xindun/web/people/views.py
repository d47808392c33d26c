"""The members of the company: searched, filtered, sorted, page by page and as a file."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xindun.record.tenants import reads
from xindun.record.tenants.values import Permission, Role, TenantKind
from xindun.web.access import actor_of, allowed, is_partial
from xindun.web.exports import FORMATS, exported
from xindun.web.granting import ROLE_TEXTS, role_name
from xindun.web.paging import asked_page
from xindun.web.people.forms import STATES, InviteForm, PeopleForm

LONGEST_QUERY = 200


@allowed(Permission.PEOPLE_READ)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Everybody in the company, and what each role may do."""
    context = list_context(request)
    if is_partial(request):
        response = render(request, "web/people/list.html", context)
    else:
        kind = context["kind"]
        roles = [(role_name(role, kind), ROLE_TEXTS[role]) for role in reads.roles_here()]
        more = {"roles": roles, **_inviting(kind)} if _may_invite(request) else {"roles": roles}
        response = render(request, "web/people/page.html", {**context, **more})
    patch_vary_headers(response, ["HX-Request"])
    return response


@allowed(Permission.PEOPLE_READ)
@require_safe
def export(request: HttpRequest, fmt: str) -> HttpResponseBase:
    """The list as it is narrowed and ordered, all its pages."""
    if fmt not in FORMATS:
        raise Http404
    kind = reads.current_tenant().kind
    heads = [
        *(_("Name"), _("E-mail"), _("Role"), _("State")),
        *(_("Joined (UTC)"), _("Last sign-in (UTC)"), _("Deactivated (UTC)")),
    ]
    rows = [
        (
            *(member.name, member.email, role_name(member.role, kind)),
            str(STATES["active" if member.is_active else "left"]),
            *map(_moment, (member.joined_at, member.last_login, member.ended_at)),
        )
        for member in reads.iter_members(**asked_for(request))
    ]
    return exported(fmt, f"people-{timezone.now().date()}", heads, rows)


def asked_for(request: HttpRequest) -> dict[str, Any]:
    """What the address narrows the list to, and its order."""
    role, state = request.GET.get("role", ""), request.GET.get("state", "")
    return {
        "query": request.GET.get("q", "")[:LONGEST_QUERY].replace("\x00", ""),
        "role": Role(role) if role in set(Role) else None,
        "active": {"active": True, "left": False}.get(state),
        "sort": request.GET.get("sort", "name"),
    }


def list_context(request: HttpRequest) -> dict[str, Any]:
    """The variables of the list."""
    found = reads.members_page(**asked_for(request), page=asked_page(request))
    kind = reads.current_tenant().kind
    return {
        "found": found,
        "rows": [
            (member, role_name(member.role, kind), STATES["active" if member.is_active else "left"])
            for member in found.rows
        ],
        "kind": kind,
        "sort": found.sort,
        "people_form": PeopleForm(request.GET),
        "filtered": any(request.GET.get(name) for name in PeopleForm.base_fields),
        "list_url": request.path,
        "list_target": "#people-list",
    }


def _may_invite(request: HttpRequest) -> bool:
    return actor_of(request).may(Permission.PEOPLE_MANAGE)


def _inviting(kind: TenantKind) -> dict[str, Any]:
    """The form of an invitation, and those that wait for an answer."""
    now = timezone.now()
    return {
        "invite_form": InviteForm(None, reads.roles_here(), kind),
        "invitations": [
            (each, role_name(each.role, kind), each.expires_at <= now)
            for each in reads.invitations()
        ],
    }


def _moment(at: Any) -> str | None:
    return None if at is None else f"{at:%Y-%m-%d %H:%M:%S}"
