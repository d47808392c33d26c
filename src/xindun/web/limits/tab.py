"""The tab "Limit" of a buyer's file: limits side by side, securities, requests, history.

What a reader would get wrong: the limits are those of this moment, the recommendation is the one
of the last portfolio run. A limit of the buyer's group stands beside and is shared by its buyers.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from xindun.kernel.errors import DomainError
from xindun.kernel.money import Money
from xindun.prevention.limits import actions, reads
from xindun.prevention.limits.values import LimitInForce, LimitKind, RollUp
from xindun.prevention.securities import reads as securities
from xindun.prevention.securities.values import NetExposure, Security
from xindun.record.company_file.reads import documents_of
from xindun.record.exposure.reads import balances_of
from xindun.record.parties import reads as parties
from xindun.record.parties.values import BuyerValue, GroupCompany
from xindun.record.tenants.reads import current_tenant
from xindun.record.tenants.values import Permission
from xindun.web.access import actor_of, allowed
from xindun.web.buyer.tabs import asked_buyer, tabs_context
from xindun.web.evidence.shown import actor_name, people
from xindun.web.limits.forms import ChangeForm, InsuredForm, RequestForm
from xindun.web.limits.shown import rows_of
from xindun.web.limits.words import LIMIT_CHANGES, LIMIT_KINDS
from xindun.web.own_credit.today import today_here
from xindun.web.securities.shown import lines_of
from xindun.web.words import refusal

Verb = Callable[..., Any]


@allowed(Permission.PORTFOLIO_READ, to_change=Permission.LIMITS_REQUEST)
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Everything about a buyer's limit; a POST requests one."""
    buyer = asked_buyer(public_id)
    form = RequestForm(
        request.POST or None,
        stored=_documents(buyer),
        initial={"currency": _currency(buyer), "kind": LimitKind.PERMANENT.value},
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.request_limit(
                actor_of(request), public_id, form.new(), today=today_here(), now=timezone.now()
            )
        except DomainError as error:
            form.add_error(None, refusal(error))
        else:
            messages.success(request, _("Requested. Somebody else decides."))
            return redirect("limit-request", made.public_id)
    return _answer(request, buyer, request_form=form)


@allowed(Permission.LIMITS_DECIDE)
@require_POST
def change(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Review, reduce or withdraw what stands."""
    buyer, form = asked_buyer(public_id), ChangeForm(request.POST)
    if not form.is_valid():
        return _answer(request, buyer, change_form=form)
    said = form.cleaned_data
    kind, group = LimitKind(said["kind"]), bool(request.POST.get("for_group"))
    verbs: dict[str, Verb] = {
        "review": lambda **told: actions.review(kind=kind, **told),
        "reduce": lambda **told: actions.reduce(
            amount=said["amount"] or Decimal(0), kind=kind, **told
        ),
        "withdraw": actions.withdraw,
    }
    try:
        verbs[_chosen(request, verbs)](
            actor=actor_of(request),
            buyer=public_id,
            for_group=group,
            said=said["said"],
            now=timezone.now(),
        )
    except DomainError as error:
        form.add_error(None, refusal(error))
        return _answer(request, buyer, change_form=form)
    messages.success(request, _("Done. It counts at once."))
    return redirect("buyer-limit", public_id)


@allowed(Permission.LIMITS_DECIDE)
@require_POST
def insured(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Record what an insurer covers."""
    buyer, form = asked_buyer(public_id), InsuredForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            actions.record_insured(
                actor_of(request),
                public_id,
                currency=said["currency"].upper(),
                amount=said["amount"],
                ends_on=said["ends_on"],
                said=said["said"],
                now=timezone.now(),
            )
        except DomainError as error:
            form.add_error(None, refusal(error))
        else:
            messages.success(request, _("Recorded."))
            return redirect("buyer-limit", public_id)
    return _answer(request, buyer, insured_form=form)


def _chosen(request: HttpRequest, verbs: dict[str, Verb]) -> str:
    verb = request.POST.get("verb", "")
    return verb if verb in verbs else "review"


def _answer(
    request: HttpRequest,
    buyer: BuyerValue,
    *,
    request_form: RequestForm | None = None,
    change_form: ChangeForm | None = None,
    insured_form: InsuredForm | None = None,
) -> HttpResponse:
    given: list[forms.Form | None] = [request_form, change_form, insured_form]
    status = 400 if any(form is not None and form.errors for form in given) else 200
    first = {"currency": _currency(buyer)}
    context = {
        **tabs_context(request, "buyer-limit", buyer),
        **_shown(request, buyer),
        "request_form": request_form or RequestForm(stored=_documents(buyer), initial=first),
        "change_form": change_form or ChangeForm(),
        "insured_form": insured_form or InsuredForm(initial=first),
    }
    return render(request, "web/limits/tab.html", context, status=status)


def _shown(request: HttpRequest, buyer: BuyerValue) -> dict[str, Any]:
    now, today, names = timezone.now(), today_here(), people()
    mine = reads.standing_of(actor_of(request), now)
    stands = reads.limit_in_force(buyer.id, at=now)
    currency = stands.currency or _currency(buyer)
    advised = reads.latest_recommendation(buyer.id, currency, as_of=today, known_at=now)
    found = securities.securities_of([buyer.id], as_of=today)
    group = _group(buyer, now)
    return {
        "now": now,
        "today": today,
        "stands": stands,
        "currency": currency,
        "advised": advised,
        "group": group,
        "requests": rows_of(reads.requests_of(buyer.id, limit=20), mine),
        "history": [
            (
                LIMIT_KINDS[row.kind],
                LIMIT_CHANGES[row.change],
                row,
                actor_name(row.decided_by, names),
            )
            for row in reads.granted_history(buyer.id, limit=50)
        ],
        "securities": lines_of(found),
        "nets": _nets(buyer, found),
        "may_change": bool(mine.roles) and stands.amount is not None and stands.amount > 0,
        "may_change_group": bool(mine.roles) and bool(group and group["stands"].amount),
    }


def _group(buyer: BuyerValue, now: datetime) -> dict[str, Any] | None:
    """The group's limit and its buyers' limits; None for a company that stands alone."""
    today = today_here()
    head: GroupCompany | None = parties.groups_of_buyers([buyer.id], as_of=today, known_at=now).get(
        buyer.id
    )
    party = parties.party_of(buyer.id)
    if head is None or party is None:
        return None
    group_id = head.party.public_id if head.party else head.entity
    whole = parties.group_of(party.id, as_of=today, known_at=now)
    members = [each.company.party for each in whole.members if each.company.party is not None]
    buyers = {each.id: each for member in members for each in parties.buyers_of(member.id)}
    if group_id is None or len(whole.members) < 2:
        return None
    rolled: RollUp = reads.group_roll_up(group_id, buyers, at=now)
    stands: LimitInForce = reads.group_limit_in_force(group_id, at=now)
    return {
        "head": head,
        "stands": stands,
        "rolled": rolled,
        "members": [(buyers[row.buyer_id], row) for row in rolled.members],
        "totals": sorted(rolled.totals.items()),
    }


def _nets(buyer: BuyerValue, found: tuple[Security, ...]) -> list[NetExposure]:
    """Exposure after security by currency; prepayments count at the gate, by contract."""
    return [
        securities.net_exposure(Money(balance.net + balance.unbilled, balance.currency), found, {})
        for balance in balances_of([buyer.id])
    ]


def _currency(buyer: BuyerValue) -> str:
    """The currency in which the buyer owes most, else the company's own."""
    owed = sorted(balances_of([buyer.id]), key=lambda each: -each.receivables)
    return owed[0].currency if owed else current_tenant().base_currency


def _documents(buyer: BuyerValue) -> list[tuple[str, str]]:
    party = parties.party_of(buyer.id)
    if party is None:
        return []
    found = documents_of(party.id, as_of=today_here(), known_at=timezone.now())
    return [(str(each.public_id), f"{each.file_name} · {each.as_of}") for each in found[:20]]
