"""Statements on their way in: by hand, or from a file that fills the same form.

What a reader would get wrong: an upload is kept as a document of the company file at once, but no
statement before somebody records it. What the file said travels in the form itself, its own lines
under a signature, so a reload or a second window harms nothing.
"""

from __future__ import annotations

from typing import IO, Any, cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from xindun.connectors.ledger_files import NeedsAnswer
from xindun.connectors.statement_files import Draft, closing_days, read_content
from xindun.kernel.errors import DomainError
from xindun.record.company_file.actions import store_document
from xindun.record.company_file.values import DocumentKind
from xindun.record.parties import actions as parties
from xindun.record.parties.reads import party_of
from xindun.record.parties.values import BuyerValue, PartyValue
from xindun.record.statements import actions
from xindun.record.statements.reads import balances
from xindun.record.tenants.reads import current_tenant
from xindun.record.tenants.values import Permission
from xindun.web.access import actor_of, allowed
from xindun.web.buyer.tabs import asked_buyer, tabs_context
from xindun.web.own_credit.today import today_here
from xindun.web.statements import words
from xindun.web.statements.forms import CONTROL, MOST_PERIODS, SpreadForm, initial_of
from xindun.web.words import refusal


class FileForm(forms.Form):
    """A statement file."""

    file = forms.FileField(
        label=gettext_lazy("File"), widget=forms.ClearableFileInput(attrs=CONTROL)
    )


@allowed(Permission.FILES_READ, to_change=Permission.FILES_CHANGE)
@require_POST
def open_file(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Open a company file for a buyer that has none, under the buyer's own name."""
    buyer = asked_buyer(public_id)
    if party_of(buyer.id) is None:
        now, actor = timezone.now(), actor_of(request)
        party = parties.open_party(actor, buyer.name, buyer.country, now=now)
        parties.match_buyer(actor, buyer.public_id, party.public_id, {}, now=now)
        messages.success(request, _("A company file was opened for this buyer."))
    return redirect("statements", buyer.public_id)


@allowed(Permission.FILES_READ, to_change=Permission.FILES_CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def by_hand(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The form; a POST checks the sums or records."""
    buyer = asked_buyer(public_id)
    party = party_of(buyer.id)
    if party is None:
        return redirect("statements", buyer.public_id)
    periods = _periods(request)
    if request.method != "POST":
        first = {"currency": current_tenant().base_currency}
        return _form(request, buyer, SpreadForm(periods=periods, initial=first))
    form = SpreadForm(request.POST, periods=periods)
    if not form.is_valid():
        return _form(request, buyer, form, status=400)
    if request.POST.get("step") != "record":
        return _form(request, buyer, form, sums=_sums(form))
    try:
        recorded = actions.record_statements(
            actor_of(request), party.public_id, form.statements(), now=timezone.now()
        )
    except DomainError as error:
        form.add_error(None, refusal(error))
        return _form(request, buyer, form, sums=_sums(form), status=400)
    count = len(recorded)
    said = ngettext("{n} statement recorded.", "{n} statements recorded.", count)
    messages.success(request, said.format(n=count))
    return redirect("statements", buyer.public_id)


@allowed(Permission.FILES_READ, to_change=Permission.FILES_CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def from_file(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The upload; a POST shows the form filled with what the file says, to be confirmed."""
    buyer = asked_buyer(public_id)
    party = party_of(buyer.id)
    if party is None:
        return redirect("statements", buyer.public_id)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            upload = form.cleaned_data["file"]
            draft, digest = read_content(upload, str(upload.name))
            _keep(request, party, upload, draft)
        except DomainError as error:
            form.add_error("file", _why(error))
        else:
            return _preview(request, buyer, draft, digest, upload.name)
    context = {"form": form, **tabs_context(request, "statements", buyer)}
    return render(
        request, "web/statements/import.html", context, status=400 if form.errors else 200
    )


def _why(error: DomainError) -> str:
    if isinstance(error, NeedsAnswer):
        return _("Its encoding cannot be told: save it as UTF-8 or as XLSX.")
    return refusal(error)


def _keep(request: HttpRequest, party: PartyValue, upload: UploadedFile[Any], draft: Draft) -> None:
    """The upload among the documents of the company file, for the day of its newest accounts."""
    today = today_here()
    store_document(
        actor_of(request),
        party.public_id,
        cast("IO[bytes]", upload),
        file_name=str(upload.name),
        kind=DocumentKind.STATEMENT,
        source=str(upload.name),
        as_of=min(closing_days(draft)[0] or today, today),
        now=timezone.now(),
    )


def _preview(
    request: HttpRequest, buyer: BuyerValue, draft: Draft, digest: str, name: str
) -> HttpResponse:
    periods = min(len(draft.periods), MOST_PERIODS)
    form = SpreadForm(periods=periods, initial=initial_of(draft, digest, name))
    unknown = dict.fromkeys(name for each in draft.periods for name in each.unknown)
    return _form(request, buyer, form, draft=draft, unknown=list(unknown))


def _periods(request: HttpRequest) -> int:
    asked = (request.POST or request.GET).get("periods", "2")
    return min(max(int(asked), 1), MOST_PERIODS) if asked.isdecimal() else 2


def _sums(form: SpreadForm) -> list[tuple[Any, list[tuple[str, Any, Any, bool, str]]]]:
    """Every identity of every period with both sums, in the unit of the form."""
    unit = form.cleaned_data["unit"]
    found = []
    for number in form.periods:
        checked = [
            (
                words.identity(each.code),
                each.left / unit,
                each.right / unit,
                each.holds,
                "" if each.holds else words.unbalanced(each.code, each.left, each.right),
            )
            for each in balances(form.figures(number), unit)
        ]
        if checked:
            found.append((form.cleaned_data.get(f"ends_on_{number}"), checked))
    return found


def _form(
    request: HttpRequest, buyer: BuyerValue, form: SpreadForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        "form": form,
        "periods": len(form.periods),
        "most_periods": MOST_PERIODS,
        **more,
        **tabs_context(request, "statements", buyer),
    }
    return render(request, "web/statements/spread.html", context, status=status)
