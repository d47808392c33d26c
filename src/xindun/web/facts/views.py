"""The facts of a buyer's file: sources side by side, public events, a form, a history, a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xindun.kernel.errors import DomainError
from xindun.record.company_file import actions, reads
from xindun.record.company_file.values import (
    KINDS,
    Comparison,
    EventState,
    FactKind,
    PublicEvent,
    Verdict,
)
from xindun.record.parties.actions import match_buyer, open_party
from xindun.record.parties.reads import ids_behind, party_of
from xindun.record.parties.values import BuyerValue, PartyValue
from xindun.record.tenants.values import Permission
from xindun.web.access import actor_of, allowed
from xindun.web.buyer.tabs import asked_buyer, tabs_context
from xindun.web.exports import FORMATS, exported
from xindun.web.facts import words
from xindun.web.facts.day import Shown, shown_day
from xindun.web.facts.forms import FactForm, initial_of
from xindun.web.own_credit.today import today_here
from xindun.web.words import refusal


@allowed(Permission.FILES_READ, to_change=Permission.FILES_CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What the sources say as of a day; a POST states a fact."""
    buyer = asked_buyer(public_id)
    shown = shown_day(request)
    context: dict[str, Any] = {**tabs_context(request, "buyer-facts", buyer), "shown": shown}
    party: PartyValue | None = context["party"]
    if party is None:
        if request.method == "POST":
            return redirect("buyer-facts", public_id)
        return render(request, "web/facts/page.html", context)
    documents = reads.documents_of(party.id, as_of=today_here(), known_at=timezone.now())
    initial = {"as_of": today_here().isoformat(), **_asked_initial(request, party)}
    form = FactForm(request.POST or None, documents=documents, initial=initial)
    if request.method == "POST" and form.is_valid() and _stated(request, form, party):
        return redirect("buyer-facts", public_id)
    found = reads.conflicts_of(party.id, as_of=shown.as_of, known_at=shown.known_at)
    events = reads.event_history_of(party.id, as_of=shown.as_of, known_at=shown.known_at)
    context |= {
        "form": form,
        "kinds": [_line(each) for each in found],
        "events": [_event_line(each) for each in events],
        "in_force": sum(each.state is EventState.IN_FORCE for each in events),
        "conflicts": sum(each.verdict is Verdict.CONFLICT for each in found),
        "documents": {each.sha256: each for each in documents},
    }
    status = 400 if form.errors else 200
    return render(request, "web/facts/page.html", context, status=status)


def _asked_initial(request: HttpRequest, party: PartyValue) -> dict[str, Any]:
    """The form begins with the kind that was asked for, as it was last stated."""
    asked = request.GET.get("kind", "")
    if asked not in set(FactKind):
        return {}
    now = timezone.now()
    standing = reads.facts_of(party.id, as_of=today_here(), known_at=now)
    found = next((each for each in standing if each.kind == asked), None)
    if found is None or KINDS[found.kind].event is not None:
        return {"kind": asked}
    return initial_of(found.kind, found.value)


def _stated(request: HttpRequest, form: FactForm, party: PartyValue) -> bool:
    now = timezone.now()
    try:
        actions.record_facts(actor_of(request), party.public_id, [form.new_fact(now)], now=now)
    except DomainError as error:
        form.add_error(None, refusal(error))
        return False
    messages.success(request, _("Recorded. What was said before stays in the history."))
    return True


@allowed(Permission.FILES_CHANGE)
@require_POST
def open_file(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Open a file on the company that the ledger names, and say that the buyer is it."""
    buyer = asked_buyer(public_id)
    if party_of(buyer.id) is None:
        now, actor = timezone.now(), actor_of(request)
        party = open_party(actor, buyer.name, buyer.country, now=now)
        match_buyer(actor, public_id, party.public_id, {"by": "hand"}, now=now)
        messages.success(request, _("The file is open."))
    return redirect("buyer-facts", public_id)


@allowed(Permission.FILES_READ)
@require_safe
def history(request: HttpRequest, public_id: UUID, kind: str) -> HttpResponse:
    """Everything that was ever said of one kind, what was withdrawn included."""
    buyer = asked_buyer(public_id)
    context = tabs_context(request, "buyer-facts", buyer)
    rows = reads.history_of(_party(buyer).id, _kind(kind), known_at=timezone.now())
    context |= {
        "kind": kind,
        "kind_name": words.KINDS[_kind(kind)],
        "rows": [(each, words.value_text(each.value), gone) for each, gone in rows],
    }
    return render(request, "web/facts/history.html", context)


@allowed(Permission.FILES_CHANGE)
@require_POST
def withdraw(request: HttpRequest, public_id: UUID, fact: UUID) -> HttpResponse:
    """Say that a fact was wrong."""
    party = _party(asked_buyer(public_id))
    try:
        found = reads.fact(fact)
    except reads.UnknownFact as error:
        raise Http404 from error
    if found.party_id not in ids_behind(party.id):
        raise Http404
    actions.withdraw_fact(actor_of(request), fact, now=timezone.now())
    messages.success(request, _("Withdrawn."))
    return redirect("buyer-facts-history", public_id, found.kind.value)


@allowed(Permission.FILES_READ)
@require_safe
def export(request: HttpRequest, public_id: UUID, fmt: str) -> HttpResponseBase:
    """Every fact that stands on the day, with its source, as a file."""
    party = party_of(asked_buyer(public_id).id)
    if fmt not in FORMATS or party is None:
        raise Http404
    shown = shown_day(request)
    heads = [
        *(_("Fact"), _("What the source says"), _("Source"), _("Reference"), _("True on")),
        *(_("Got from there (UTC)"), _("Recorded (UTC)"), _("Document (SHA-256)")),
    ]
    rows = list(_cells(party, shown))
    return exported(fmt, f"facts-{shown.as_of}", heads, rows)


def _cells(party: PartyValue, shown: Shown) -> Iterator[tuple[Any, ...]]:
    for each in reads.facts_of(party.id, as_of=shown.as_of, known_at=shown.known_at):
        moments = (f"{at:%Y-%m-%d %H:%M:%S}" for at in (each.retrieved_at, each.recorded_at))
        yield (
            *(str(words.KINDS[each.kind]), words.value_text(each.value), each.source),
            *(each.source_key, each.as_of, *moments, each.document_sha256),
        )


def _party(buyer: BuyerValue) -> PartyValue:
    found = party_of(buyer.id)
    if found is None:
        raise Http404
    return found


def _kind(text: str) -> FactKind:
    try:
        return FactKind(text)
    except ValueError as error:
        raise Http404 from error


def _line(found: Comparison) -> dict[str, Any]:
    """One kind for the table."""
    verdict, tone = words.VERDICTS[found.verdict]
    return {
        "kind": found.kind.value,
        "name": words.KINDS[found.kind],
        "verdict": verdict,
        "tone": tone,
        "checks": [words.CHECKS[each] for each in found.checks],
        "said": [
            (each.fact, words.value_text(each.fact.value), each.stale) for each in found.statements
        ],
    }


def _event_line(event: PublicEvent) -> tuple[PublicEvent, Any, Any, str]:
    """An event with its name, its state in words, and the tone of what counts."""
    counts = event.state is EventState.IN_FORCE
    tone = words.TONES[event.severity] if counts else "none"
    return event, words.KINDS[event.kind], words.STATES[event.state], tone
