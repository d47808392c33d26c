"""The tab: what the waterfall would do, running it, handing in a file, what was bought.

What a reader would get wrong: looking asks nobody. The plan is worked out from what is in the file;
only the button, a POST, starts a job that calls sources and may cost money.
"""

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

from xindun.connectors.bureau import actions, reads
from xindun.connectors.bureau.ports import Query
from xindun.connectors.bureau.reads import NEWEST_FIRST
from xindun.connectors.bureau.values import EnquiryState, EnquiryValue, Verdict
from xindun.kernel.errors import DomainError
from xindun.record.parties import actions as parties
from xindun.record.parties.reads import identifiers_of, ids_behind, party_of
from xindun.record.parties.values import BuyerValue, PartyValue
from xindun.record.tenants.values import Permission
from xindun.web.access import actor_of, allowed, is_partial
from xindun.web.buyer.tabs import asked_buyer, tabs_context
from xindun.web.exports import FORMATS, exported
from xindun.web.paging import asked_page
from xindun.web.reports.forms import FileForm, NumbersForm
from xindun.web.reports.shown import enquiry_row, failure, purchase_row, report_context, step_row
from xindun.web.reports.words import PURCHASES, kind_name
from xindun.web.words import refusal

TAB = "buyer-reports"


@allowed(Permission.FILES_READ, to_change=Permission.FILES_CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The tab; a POST asks the sources, or hands in a file."""
    buyer = asked_buyer(public_id)
    party = party_of(buyer.id)
    numbers = NumbersForm(request.POST or request.GET or None)
    upload = FileForm()
    if request.method == "POST":
        party = party or _opened(request, buyer)
        if request.POST.get("step") == "ask":
            return _ask(request, buyer, party, numbers)
        upload = FileForm(request.POST, request.FILES)
        if upload.is_valid():
            answer = _hand_in(request, buyer, party, upload)
            if answer is not None:
                return answer
    status = 400 if upload.errors else 200
    context = _context(request, buyer, party, numbers) | {"upload": upload}
    if is_partial(request) and party is not None:
        return render(request, "web/reports/purchases.html", context)
    return render(request, "web/reports/page.html", context, status=status)


@allowed(Permission.FILES_READ, to_change=Permission.FILES_CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def enquiry(request: HttpRequest, public_id: UUID, enquiry_id: UUID) -> HttpResponse:
    """What was read from a file, or how a run stands; a POST records it or discards it."""
    buyer, party, found = _found(public_id, enquiry_id)
    if request.method == "POST":
        return _decide(request, buyer, party, found)
    context = tabs_context(request, TAB, buyer) | _enquiry_context(found)
    return render(request, "web/reports/enquiry.html", context)


@allowed(Permission.FILES_READ)
@require_safe
def progress(request: HttpRequest, public_id: UUID, enquiry_id: UUID) -> HttpResponse:
    """The progress alone, asked for every second; when done, the browser loads the page."""
    buyer, _party, found = _found(public_id, enquiry_id)
    context = {"buyer": buyer, **_enquiry_context(found)}
    response = render(request, "web/reports/progress.html", context)
    if not context["working"]:
        response["HX-Refresh"] = "true"
    return response


@allowed(Permission.FILES_READ)
@require_safe
def export(request: HttpRequest, public_id: UUID, fmt: str) -> HttpResponseBase:
    """Every order about the buyer as a file."""
    buyer = asked_buyer(public_id)
    party = party_of(buyer.id)
    if fmt not in FORMATS:
        raise Http404
    heads = [
        *(_("Source"), _("State"), _("Price"), _("Currency"), _("Ordered (UTC)"), _("Asked for")),
        *(_("Facts"), _("Statements"), _("Why it failed")),
    ]
    return exported(fmt, "reports", heads, _rows(request, party))


@allowed(Permission.FILES_CHANGE)
@require_POST
def open_file(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Open a company file for a buyer that has none, under the buyer's own name."""
    buyer = asked_buyer(public_id)
    if party_of(buyer.id) is None:
        _opened(request, buyer)
    return redirect(TAB, buyer.public_id)


def _opened(request: HttpRequest, buyer: BuyerValue) -> PartyValue:
    now, actor = timezone.now(), actor_of(request)
    party = parties.open_party(actor, buyer.name, buyer.country, now=now)
    parties.match_buyer(actor, buyer.public_id, party.public_id, {}, now=now)
    return party


def _ask(
    request: HttpRequest, buyer: BuyerValue, party: PartyValue, numbers: NumbersForm
) -> HttpResponse:
    try:
        made = actions.ask(
            actor_of(request), party.public_id, numbers.numbers(), now=timezone.now()
        )
    except DomainError as error:
        messages.error(request, refusal(error))
        return redirect(TAB, buyer.public_id)
    return redirect("buyer-report", buyer.public_id, made.public_id)


def _hand_in(
    request: HttpRequest, buyer: BuyerValue, party: PartyValue, upload: FileForm
) -> HttpResponse | None:
    """To the new enquiry; None where the mapping was refused and the form says so."""
    file = upload.cleaned_data["file"]
    known = _numbers_of(party, NumbersForm(request.POST))
    try:
        made = actions.receive_file(
            actor_of(request),
            party.public_id,
            file,
            file_name=file.name or "",
            identifiers=known,
            mapping=upload.cleaned_data["mapping"],
            now=timezone.now(),
        )
    except DomainError as error:
        upload.add_error("mapping", refusal(error))
        return None
    return redirect("buyer-report", buyer.public_id, made.public_id)


def _decide(
    request: HttpRequest, buyer: BuyerValue, party: PartyValue, found: EnquiryValue
) -> HttpResponse:
    try:
        if request.POST.get("step") == "record":
            actions.confirm(actor_of(request), found.public_id, party.public_id, now=timezone.now())
        else:
            actions.discard(actor_of(request), found.public_id, now=timezone.now())
            messages.success(request, _("Discarded; nothing was recorded."))
            return redirect(TAB, buyer.public_id)
    except DomainError as error:
        messages.error(request, refusal(error))
    return redirect("buyer-report", buyer.public_id, found.public_id)


def _found(public_id: UUID, enquiry_id: UUID) -> tuple[BuyerValue, PartyValue, EnquiryValue]:
    """The enquiry, which must be about this buyer; another one's does not exist here."""
    buyer = asked_buyer(public_id)
    party = party_of(buyer.id)
    try:
        found = reads.enquiry(enquiry_id)
    except reads.UnknownEnquiry as error:
        raise Http404 from error
    if party is None or found.party_id not in ids_behind(party.id):
        raise Http404
    return buyer, party, found


def _enquiry_context(found: EnquiryValue) -> dict[str, Any]:
    context = enquiry_row(found)
    context["orders"] = [purchase_row(each) for each in reads.purchases_of(found)]
    if found.state is EnquiryState.WAITING and found.report is not None:
        context |= report_context(found.report)
    if found.outcome is not None:
        context["unplaced"] = [kind_name(kind) for kind in found.outcome.unplaced]
        context["refused"] = [
            (what, failure({"sentence": code, "params": params}))
            for what, code, params in found.outcome.refused
        ]
    return context


def _numbers_of(party: PartyValue | None, numbers: NumbersForm) -> dict[str, str]:
    """The numbers that were given, else the company file's, then those of the last enquiry."""
    given = numbers.numbers()
    if given or party is None:
        return given
    asked = (each.identifiers for each in reads.enquiries_of(party.id) if each.identifiers)
    stated = {each.scheme: each.value for each in identifiers_of(party.id)}
    known = dict(next(asked, {})) | stated
    return {scheme: known[scheme] for scheme in NumbersForm.base_fields if scheme in known}


def _context(
    request: HttpRequest, buyer: BuyerValue, party: PartyValue | None, numbers: NumbersForm
) -> dict[str, Any]:
    context: dict[str, Any] = tabs_context(request, TAB, buyer) | {"party": party}
    if party is None:
        return context
    now = timezone.now()
    known = _numbers_of(party, numbers)
    query = Query(party.name, party.country or "", known)
    steps = reads.steps_of(party.id, query, now=now)
    agreed = reads.terms()
    found = reads.purchases_page(
        party_id=party.id, sort=request.GET.get("sort", NEWEST_FIRST), page=asked_page(request)
    )
    return context | {
        "numbers": NumbersForm(initial=known),
        "steps": [step_row(each) for each in steps],
        "to_ask": [each for each in steps if each.verdict is Verdict.ASK],
        "terms": agreed,
        "spent": reads.spent_this_month(now),
        "enquiries": [enquiry_row(each) for each in reads.enquiries_of(party.id, limit=5)],
        "found": found,
        "sort": found.sort,
        "rows": [purchase_row(each) for each in found.rows],
        "list_url": request.path,
        "list_target": "#purchases-list",
    }


def _rows(request: HttpRequest, party: PartyValue | None) -> Iterator[list[Any]]:
    if party is None:
        return
    sort = request.GET.get("sort", NEWEST_FIRST)
    for each in reads.iter_purchases(party_id=party.id, sort=sort):
        yield [
            each.title,
            str(PURCHASES[each.state][0]),
            each.price,
            each.currency,
            f"{each.ordered_at:%Y-%m-%d %H:%M}",
            ", ".join(kind_name(kind) for kind in each.lacking),
            each.facts,
            each.statements,
            failure(each.error),
        ]
