"""Proposals that wait for a second person, and what became of the others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xindun.kernel.errors import DomainError
from xindun.record.tenants import actions, reads
from xindun.record.tenants.values import FourEyes, Permission, Proposal, ProposalState
from xindun.web.access import actor_of, allowed
from xindun.web.approvals.forms import KINDS, STATES, ApprovalsForm, RuleForm
from xindun.web.exports import FORMATS, exported
from xindun.web.paging import asked_page, sliced
from xindun.web.words import refusal


@allowed(Permission.COMPANY_READ)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The proposals that the reader may decide or made themselves, the newest first."""
    actor, rule = actor_of(request), reads.four_eyes()
    found = sliced(_visible(request), asked_page(request))
    names = _names()
    context = {
        "found": found,
        "rows": [
            {
                "proposal": each,
                "what": _what(each, names),
                "proposer": names.get(each.proposer, each.proposer),
                "decided_by": names.get(each.decided_by, each.decided_by),
                "state": STATES[each.state],
                "open": each.state is ProposalState.OPEN,
                "own": each.proposer == actor.name,
                "decidable": actor.may(each.needed),
            }
            for each in found.rows
        ],
        "rule": rule,
        "rule_form": RuleForm(
            None, initial={"sole_user": rule.sole_user, "delay_hours": rule.delay_hours}
        ),
        "filter_form": ApprovalsForm(request.GET),
        "filtered": bool(request.GET.get("state")),
        "list_url": request.path,
        "list_target": "#approvals-list",
    }
    return render(request, "web/approvals/page.html", context)


@allowed(Permission.COMPANY_READ)
@require_safe
def export(request: HttpRequest, fmt: str) -> HttpResponseBase:
    """The list as it is narrowed, all its pages."""
    if fmt not in FORMATS:
        raise Http404
    names = _names()
    heads = [
        *(_("What"), _("Proposed by"), _("Proposed (UTC)"), _("State")),
        *(_("Decided by"), _("Decided (UTC)"), _("Alone, after the delay")),
    ]
    rows = [
        (
            *(_what(each, names), names.get(each.proposer, each.proposer)),
            *(_moment(each.proposed_at), str(STATES[each.state])),
            *(names.get(each.decided_by, each.decided_by), _moment(each.decided_at)),
            _("Yes") if each.sole_user else _("No"),
        )
        for each in _visible(request)
    ]
    return exported(fmt, f"approvals-{timezone.now().date()}", heads, rows)


@allowed(Permission.COMPANY_READ)
@require_POST
def approve(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Approve, and carry out."""
    actor, now = actor_of(request), timezone.now()
    return _decided(
        request, lambda: actions.approve(actor, public_id, now=now), _("Approved and done.")
    )


@allowed(Permission.COMPANY_READ)
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


def _visible(request: HttpRequest) -> list[Proposal]:
    actor, state = actor_of(request), request.GET.get("state", "")
    return [
        each
        for each in reads.proposals(timezone.now())
        if (actor.may(each.needed) or each.proposer == actor.name)
        and (state not in set(ProposalState) or each.state == state)
    ]


def _names() -> dict[str, str]:
    """Members' names by how evidence names them."""
    return {f"user:{each.public_id}": each.name for each in reads.iter_members()}


def _what(proposal: Proposal, names: dict[str, str]) -> str:
    """What is proposed, in the reader's words."""
    text = str(KINDS.get(proposal.kind, proposal.kind))
    if proposal.kind == "owner_granted":
        return f"{text}: {names.get('user:' + proposal.subject_id, proposal.subject_id)}"
    if proposal.kind == "four_eyes_changed":
        alone = _("alone after %(n)s h") % {"n": proposal.payload["delay_hours"]}
        rule = alone if proposal.payload["sole_user"] else _("never alone")
        return f"{text}: {rule}"
    return f"{text}: {proposal.subject_id}"


def _moment(at: datetime | None) -> str | None:
    return None if at is None else f"{at:%Y-%m-%d %H:%M:%S}"
