"""The page of one credit check: the answer, each rule's figure, and a held order's decision.

What a reader would get wrong: the page shows what was decided then, by the facts of that moment.
A release judges anew; its refusal may name figures that the page does not show.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xindun.control.gate import actions, reads
from xindun.control.gate.values import Decision, Hold, HoldState
from xindun.kernel.errors import DomainError
from xindun.prevention.credit_policy.reads import policy_numbered
from xindun.record.orders import reads as orders
from xindun.record.parties.reads import buyers_by_id
from xindun.record.tenants.values import Permission
from xindun.web.access import actor_of, allowed
from xindun.web.evidence.shown import actor_name, people
from xindun.web.granting import role_name
from xindun.web.orders.forms import RefuseForm, ReleaseForm
from xindun.web.orders.shown import limit_bars, order_facts, pieces_of, rates_of, rule_rows
from xindun.web.orders.words import (
    ORDER_KINDS,
    ORDER_STATES,
    OUTCOMES,
    STATES,
    VERBS,
    remedy_text,
    why,
)
from xindun.web.words import refusal


@allowed(Permission.ORDERS_READ)
@require_safe
def page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One check as it was given."""
    try:
        found = reads.decision(public_id)
    except reads.UnknownDecision as error:
        raise Http404 from error
    return render(request, "web/orders/check.html", _context(found))


@allowed(Permission.ORDERS_RELEASE)
@require_POST
def release(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Let a held order through, all of it or a part."""
    held, form = _held(public_id), ReleaseForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            actions.release_hold(
                actor_of(request),
                public_id,
                reason=said["reason"],
                amount=said["amount"],
                condition=said["condition"],
                now=timezone.now(),
            )
        except DomainError as error:
            form.add_error(None, refusal(error))
        else:
            messages.success(request, _("Released. Your reason stands in the evidence."))
            return redirect("credit-check", held.decision_id)
    context = _context(reads.decision(held.decision_id), release_form=form)
    return render(request, "web/orders/check.html", context, status=400)


@allowed(Permission.ORDERS_RELEASE)
@require_POST
def refuse(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Turn a held order down."""
    held, form = _held(public_id), RefuseForm(request.POST)
    if form.is_valid():
        try:
            actions.refuse_hold(
                actor_of(request),
                public_id,
                reason=form.cleaned_data["reason"],
                now=timezone.now(),
            )
        except DomainError as error:
            form.add_error(None, refusal(error))
        else:
            messages.success(request, _("Refused. Your reason stands in the evidence."))
            return redirect("credit-check", held.decision_id)
    context = _context(reads.decision(held.decision_id), refuse_form=form)
    return render(request, "web/orders/check.html", context, status=400)


def _held(public_id: UUID) -> Hold:
    try:
        return reads.hold(public_id)
    except reads.UnknownHold as error:
        raise Http404 from error


def _context(
    found: Decision,
    *,
    release_form: forms.Form | None = None,
    refuse_form: forms.Form | None = None,
) -> dict[str, Any]:
    facts = reads.facts_of(found.public_id)
    policy = policy_numbered(found.policy_number)
    position = reads.composition_of(found.public_id)
    outcome, tone = OUTCOMES[found.verdict.outcome]
    return {
        "check": found,
        "facts": facts,
        "policy": policy,
        "buyer": buyers_by_id([found.buyer_id])[found.buyer_id],
        "outcome": outcome,
        "tone": tone,
        "why": why(found.verdict),
        "kind": ORDER_KINDS[facts.asked.kind],
        "order_facts": order_facts(facts),
        "rules": rule_rows(found),
        "limits": limit_bars(found),
        "insured": any(each.kind == "insured" for each in found.verdict.limits),
        "pieces": pieces_of(position, policy.horizon_days) if position else [],
        "position": position,
        "remedies": [remedy_text(each) for each in found.verdict.remedies],
        "rates": rates_of(facts),
        "now": timezone.now(),
        **_order_context(found, release_form or ReleaseForm(), refuse_form or RefuseForm()),
    }


def _order_context(
    found: Decision, release_form: forms.Form, refuse_form: forms.Form
) -> dict[str, Any]:
    """The order behind a check that reserved or held: its state, its checks, its hold."""
    if found.order_id is None:
        return {}
    order = orders.order(found.order_id)
    checks = reads.decisions_of_order(order.id)
    held = reads.hold_of_order(order.id)
    names = people()
    state, tone = ORDER_STATES[order.state]
    context: dict[str, Any] = {
        "order": order,
        "order_state": state,
        "order_tone": tone,
        "newest": checks[0] if checks[0].public_id != found.public_id else None,
        "history": [
            (each, VERBS[each.verb], actor_name(each.actor, names))
            for each in orders.history_of(order.id)
        ],
        "checks": [(each, *OUTCOMES[each.verdict.outcome]) for each in checks],
        "held": held if held and held.decision_id == found.public_id else None,
    }
    if context["held"] is None or held is None:
        return context
    if held.state is HoldState.WAITING:
        release_form.fields["amount"].label = _("Up to ({currency})").format(
            currency=found.amount_currency
        )
        roles = reads.roles_that_may_release(found.public_id)
        context |= {
            "stopped": bool(reads.stops_of(found.buyer_id)),
            "release_form": release_form,
            "refuse_form": refuse_form,
            "deciders": [role_name(role) for role in roles],
        }
    else:
        said, tone = STATES[held.state]
        context |= {
            "held_state": said,
            "held_tone": tone,
            "decided_by": actor_name(held.decided_by, names),
        }
    return context
