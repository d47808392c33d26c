"""One member: what they may do, and the forms that change it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xindun.kernel.errors import DomainError
from xindun.record.tenants import actions, reads
from xindun.record.tenants.values import Member, Permission, Role
from xindun.web.access import actor_of, allowed, confirmed
from xindun.web.granting import permission_name, role_name
from xindun.web.people.forms import RoleForm
from xindun.web.words import refusal


@allowed(Permission.PEOPLE_READ)
@require_safe
def page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A member's role and permissions."""
    member = _member_or_404(public_id)
    kind = reads.current_tenant().kind
    grantable = [role for role in reads.roles_here() if role is not Role.OWNER]
    permissions = reads.permissions_of(member.role)
    context = {
        "member": member,
        "role": role_name(member.role, kind),
        "permissions": [permission_name(each) for each in Permission if each in permissions],
        "form": RoleForm(None, grantable, kind, member.role),
        "is_owner": member.role is Role.OWNER,
        "itself": str(public_id) in actor_of(request).name,
        "loans": [
            loan
            for loan in reads.delegations(since=timezone.now())
            if public_id in (loan.giver_id, loan.receiver_id)
        ],
    }
    return render(request, "web/people/person.html", context)


@allowed(Permission.PEOPLE_MANAGE)
@confirmed
@require_POST
def change_role(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Give a member another role."""
    role = _asked_role(request)
    return _changed(
        request,
        public_id,
        lambda: actions.change_role(actor_of(request), public_id, role, now=timezone.now()),
        _("The role was changed."),
    )


@allowed(Permission.PEOPLE_MANAGE)
@require_POST
def deactivate(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """End a membership."""
    return _changed(
        request,
        public_id,
        lambda: actions.deactivate(actor_of(request), public_id, now=timezone.now()),
        _("The member was deactivated; their API keys and delegations have ended."),
    )


@allowed(Permission.PEOPLE_MANAGE)
@confirmed
@require_POST
def reactivate(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Let a former member in again."""
    role = _asked_role(request)
    return _changed(
        request,
        public_id,
        lambda: actions.reactivate(actor_of(request), public_id, role, now=timezone.now()),
        _("The member is active again."),
    )


def _changed(
    request: HttpRequest, public_id: UUID, change: Callable[[], Any], said: str
) -> HttpResponse:
    """Run one change and go back to the member's page with its outcome."""
    try:
        change()
    except actions.NoSuchMember as error:
        raise Http404 from error
    except DomainError as error:
        messages.error(request, refusal(error))
    else:
        messages.success(request, said)
    return redirect("person", public_id)


def _asked_role(request: HttpRequest) -> Role:
    asked = request.POST.get("role", "")
    if asked not in set(Role):
        raise Http404
    return Role(asked)


def _member_or_404(public_id: UUID) -> Member:
    member = reads.member(public_id)
    if member is None:
        raise Http404
    return member
