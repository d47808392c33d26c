"""Proposals that wait for a second person, and what became of the others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xindun.kernel.errors import DomainError
from xindun.record.tenants import actions
from xindun.record.tenants.values import FourEyes, Permission
from xindun.web.access import actor_of, allowed, confirmed, whole_or_part
from xindun.web.approvals.forms import RuleForm
from xindun.web.approvals.shown import list_context, wanted
from xindun.web.exports import FORMATS, exported
from xindun.web.words import refusal


@allowed(Permission.COMPANY_READ)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The proposals that the reader may decide or made themselves."""
    context = list_context(request)
    rule: FourEyes = context["rule"]
    context["rule_form"] = RuleForm(
        None, initial={"sole_user": rule.sole_user, "delay_hours": rule.delay_hours}
    )
    return whole_or_part(request, "web/approvals/page.html", "web/approvals/list.html", context)


@allowed(Permission.COMPANY_READ)
@require_safe
def export(request: HttpRequest, fmt: str) -> HttpResponseBase:
    """The list as it is narrowed, all its pages."""
    if fmt not in FORMATS:
        raise Http404
    heads = [
        *(_("What"), _("Proposed by"), _("Proposed (UTC)"), _("State")),
        *(_("Decided by"), _("Decided (UTC)"), _("Alone, after the delay")),
    ]
    rows = [
        (
            *(each.what, each.proposer, _moment(each.proposal.proposed_at)),
            *(str(each.state), each.decided_by, _moment(each.proposal.decided_at)),
            _("Yes") if each.proposal.sole_user else _("No"),
        )
        for each in wanted(request)[0]
    ]
    return exported(fmt, f"approvals-{timezone.now().date()}", heads, rows)


@allowed(Permission.COMPANY_READ)
@confirmed
@require_POST
def approve(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Approve, and carry out."""
    actor, now = actor_of(request), timezone.now()
    user: Any = request.user
    answer = _decided(
        request, lambda: actions.approve(actor, public_id, now=now), _("Approved and done.")
    )
    user.refresh_from_db(fields=["is_active"])
    if not user.is_active:  # approved to be erased themselves
        logout(request)
    return answer


@allowed(Permission.COMPANY_READ)
@confirmed
@require_POST
def refuse(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Refuse, or withdraw one's own."""
    actor, now = actor_of(request), timezone.now()
    return _decided(
        request, lambda: actions.refuse(actor, public_id, now=now), _("The proposal is closed.")
    )


@allowed(Permission.PEOPLE_MANAGE)
@require_POST
def propose_owner(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Propose that a member becomes an owner."""
    actor, now = actor_of(request), timezone.now()
    return _decided(
        request, lambda: actions.propose_owner(actor, public_id, now=now), _("Proposed.")
    )


@allowed(Permission.COMPANY_MANAGE)
@require_POST
def propose_rule(request: HttpRequest) -> HttpResponse:
    """Propose another rule for approvals."""
    form, actor, now = RuleForm(request.POST), actor_of(request), timezone.now()
    if not form.is_valid():
        messages.error(request, _("Write a delay of 1 to 168 hours."))
        return redirect("approvals")
    rule = FourEyes(form.cleaned_data["sole_user"], form.cleaned_data["delay_hours"])
    return _decided(request, lambda: actions.propose_rule(actor, rule, now=now), _("Proposed."))


def _decided(request: HttpRequest, decide: Callable[[], Any], said: str) -> HttpResponse:
    """Run one decision and go back to the inbox with its outcome."""
    try:
        decide()
    except (actions.NoSuchProposal, actions.NoSuchMember) as error:
        raise Http404 from error
    except DomainError as error:
        messages.error(request, refusal(error))
    else:
        messages.success(request, said)
    return redirect("approvals")


def _moment(at: datetime | None) -> str | None:
    return None if at is None else f"{at:%Y-%m-%d %H:%M:%S}"
