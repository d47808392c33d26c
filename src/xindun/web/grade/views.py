"""The tab "Grade" of a buyer's file.

What a reader would get wrong: the page shows a stored grade. Nothing is computed here but the
replay, which a person asks for.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from xindun.engine.grade_policy import DEFAULT_POLICY
from xindun.kernel.errors import DomainError
from xindun.kit.tenancy import current_tenant_id
from xindun.prevention.scoring import actions, reads
from xindun.prevention.scoring.values import CompanyGrade, Lift
from xindun.record.parties.values import BuyerValue
from xindun.record.reference import reads as reference
from xindun.record.tenants.values import Permission
from xindun.web.access import actor_of, allowed
from xindun.web.buyer.tabs import asked_buyer, tabs_context
from xindun.web.grade.drawing import dial, waterfall
from xindun.web.grade.forms import OverrideForm
from xindun.web.grade.words import (
    CONFIDENCES,
    DIMENSIONS,
    TEXTS,
    advice,
    change_text,
    input_text,
    reason_name,
)
from xindun.web.own_credit.today import today_here
from xindun.web.risks.shown import sector_row
from xindun.web.words import refusal


@allowed(Permission.FILES_READ, to_change=Permission.GRADES_OVERRIDE)
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The grade; a POST proposes an override."""
    buyer = asked_buyer(public_id)
    form = OverrideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.propose_override(
                actor_of(request),
                public_id,
                said["grade"],
                reason=said["reason"],
                expires_on=said["expires_on"],
                today=today_here(),
                now=timezone.now(),
            )
        except DomainError as error:
            form.add_error(None, refusal(error))
        else:
            messages.success(request, _("Proposed. It counts once somebody else approves it."))
            return redirect("buyer-grade", public_id)
    context = {"form": form, **_shown(buyer), **tabs_context(request, "buyer-grade", buyer)}
    return render(request, "web/grade/page.html", context, status=400 if form.errors else 200)


@allowed(Permission.FILES_CHANGE)
@require_POST
def again(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Grade this buyer now, if anything it rests on has changed."""
    buyer = asked_buyer(public_id)
    done = actions.regrade(
        current_tenant_id(),
        actor=actor_of(request).name,
        now=timezone.now(),
        trigger="asked",
        only=[buyer.id],
    )
    said = _("Graded anew.") if done.graded else _("Nothing has changed: the grade stands.")
    messages.success(request, said)
    return redirect("buyer-grade", public_id)


@allowed(Permission.FILES_READ)
@require_POST
def replay(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Compute the newest grade again from its stored inputs."""
    found = reads.grade_of(asked_buyer(public_id).id)
    if found is not None and actions.replay_grade(found.public_id).same:
        messages.success(request, _("The same, bit for bit."))
    else:
        messages.error(request, _("It comes out differently."))
    return redirect("buyer-grade", public_id)


@allowed(Permission.GRADES_OVERRIDE)
@require_POST
def end(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Let the model's grade count again."""
    asked_buyer(public_id)
    actions.end_override(actor_of(request), public_id, today=today_here(), now=timezone.now())
    messages.success(request, _("The model's grade counts again."))
    return redirect("buyer-grade", public_id)


def _shown(buyer: BuyerValue) -> dict[str, Any]:
    today = today_here()
    found = reads.grade_of(buyer.id, as_of=today)
    if found is None:
        return {"found": None}
    sector = reference.sector(found.sector, as_of=today) if found.sector else None
    return {
        "found": found,
        "dial": dial(found.in_force),
        "steps": waterfall(found.reasons),
        "confidence": TEXTS.get(found.confidence or ""),
        "confidence_tone": CONFIDENCES.get(found.confidence or "", "none"),
        "cap": reason_name(found.cap) if found.cap else "",
        "dimensions": [
            (DIMENSIONS[name], chance, _weight(name)) for name, chance in found.dimensions.items()
        ],
        "lifts": [(_sentence(lift), lift.reaches_grade) for lift in found.lifts[:6]],
        "advice": _advice(found),
        "inputs": [
            (reason_name(code), input_text(code, value))
            for code, value in sorted(found.inputs.columns.items())
        ],
        "sources": sorted(found.inputs.sources.items()),
        "history": reads.grade_history(buyer.id, as_of=today),
        "peers": reads.peers_of(found, as_of=today),
        "sector": sector_row(sector).name if sector else "",
    }


def _weight(name: str) -> float:
    return float(getattr(DEFAULT_POLICY, f"{name}_weight"))


def _sentence(lift: Lift) -> str:
    said = [change_text(each.code, each.from_value, each.to_value) for each in lift.changes]
    return _(" and ").join(said)


def _advice(found: CompanyGrade) -> list[str]:
    codes = dict.fromkeys(change.code for lift in found.lifts for change in lift.changes)
    return [advice(code) for code in codes][:4]
