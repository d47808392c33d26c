"""Documents of a buyer's file: listed, uploaded, handed out.

What a reader would get wrong: a document is always sent as a download of the type that its
content had when it came in; the browser opens none of them inside the console.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from xindun.kernel.errors import DomainError
from xindun.record.company_file import actions, reads
from xindun.record.company_file.values import Document, DocumentKind
from xindun.record.parties.reads import ids_behind, party_of
from xindun.record.parties.values import PartyValue
from xindun.record.tenants.values import Permission
from xindun.web.access import actor_of, allowed, is_partial, whole_or_part
from xindun.web.buyer.tabs import asked_buyer, tabs_context
from xindun.web.exports import FORMATS, exported
from xindun.web.files.forms import KINDS, ListForm, UploadForm
from xindun.web.filters import LONGEST_QUERY
from xindun.web.own_credit.today import today_here
from xindun.web.paging import asked_page, sliced
from xindun.web.words import refusal

SORTS: dict[str, Callable[[Document], Any]] = {
    "name": lambda each: each.file_name.casefold(),
    "kind": lambda each: each.kind,
    "as_of": lambda each: each.as_of,
    "size": lambda each: each.size,
}


@allowed(Permission.FILES_READ, to_change=Permission.FILES_CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The documents; a POST stores one."""
    buyer = asked_buyer(public_id)
    context = tabs_context(request, "buyer-files", buyer)
    party: PartyValue | None = context["party"]
    if party is None:
        if request.method == "POST":
            return redirect("buyer-files", public_id)
        return render(request, "web/files/page.html", context)
    form = UploadForm(
        request.POST or None, request.FILES or None, initial={"as_of": today_here().isoformat()}
    )
    if request.method == "POST" and form.is_valid() and _stored(request, form, party):
        return redirect("buyer-files", public_id)
    context |= {"form": form, **_list(request, party)}
    if form.errors and not is_partial(request):
        return render(request, "web/files/page.html", context, status=400)
    return whole_or_part(request, "web/files/page.html", "web/files/list.html", context)


def _stored(request: HttpRequest, form: UploadForm, party: PartyValue) -> bool:
    said = form.cleaned_data
    try:
        actions.store_document(
            actor_of(request),
            party.public_id,
            said["file"],
            file_name=said["file"].name,
            kind=DocumentKind(said["kind"]),
            source=said["source"],
            as_of=said["as_of"],
            now=timezone.now(),
        )
    except DomainError as error:
        form.add_error("file", refusal(error))
        return False
    messages.success(request, _("Stored."))
    return True


def _wanted(request: HttpRequest, party: PartyValue) -> tuple[list[Document], str]:
    """The documents that the address asks for, all pages, and their order."""
    found = list(reads.documents_of(party.id, as_of=today_here(), known_at=timezone.now()))
    query = request.GET.get("q", "")[:LONGEST_QUERY].strip().casefold()
    kind = request.GET.get("kind", "")
    if query:
        found = [each for each in found if query in f"{each.file_name}\n{each.source}".casefold()]
    if kind in set(DocumentKind):
        found = [each for each in found if each.kind == kind]
    sort = request.GET.get("sort", "-as_of")
    if sort.removeprefix("-") not in SORTS:
        sort = "-as_of"
    found.sort(key=SORTS[sort.removeprefix("-")], reverse=sort.startswith("-"))
    return found, sort


def _list(request: HttpRequest, party: PartyValue) -> dict[str, Any]:
    rows, sort = _wanted(request, party)
    found = sliced(rows, asked_page(request))
    return {
        "found": found,
        "rows": [(each, KINDS[each.kind]) for each in found.rows],
        "sort": sort,
        "filter_form": ListForm(request.GET),
        "filtered": any(request.GET.get(name) for name in ListForm.base_fields),
        "list_url": request.path,
        "list_target": "#files-list",
    }


@allowed(Permission.FILES_READ)
@require_safe
def export(request: HttpRequest, public_id: UUID, fmt: str) -> HttpResponseBase:
    """The list as it is narrowed, all its pages."""
    party = party_of(asked_buyer(public_id).id)
    if fmt not in FORMATS or party is None:
        raise Http404
    heads = [
        *(_("File"), _("Kind"), _("Issued by"), _("As of"), _("Type"), _("Size in bytes")),
        *("SHA-256", _("Recorded (UTC)")),
    ]
    rows = [
        (
            *(each.file_name, str(KINDS[each.kind]), each.source, each.as_of, each.media_type),
            *(each.size, each.sha256, f"{each.recorded_at:%Y-%m-%d %H:%M:%S}"),
        )
        for each in _wanted(request, party)[0]
    ]
    return exported(fmt, f"documents-{today_here()}", heads, rows)


@allowed(Permission.FILES_READ)
@require_safe
def download(_request: HttpRequest, public_id: UUID, document: UUID) -> HttpResponse:
    """The bytes of one document, as a download."""
    party = party_of(asked_buyer(public_id).id)
    try:
        found = reads.document(document)
    except reads.UnknownDocument as error:
        raise Http404 from error
    if party is None or found.party_id not in ids_behind(party.id):
        raise Http404
    response = HttpResponse(reads.content_path(found).read_bytes(), content_type=found.media_type)
    response["Content-Disposition"] = content_disposition_header(True, found.file_name)
    return response
