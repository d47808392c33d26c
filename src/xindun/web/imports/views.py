"""A ledger file on its way in: upload, preview with questions, progress, result, rejects.

What a reader would get wrong: one address serves all stages of an import, so a reload always
shows where it stands, with or without JavaScript.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xindun.kernel.errors import DomainError
from xindun.kit.tenancy import current_tenant_id
from xindun.record.receivables import actions, reads
from xindun.record.receivables.reads.batches import UnknownBatch
from xindun.record.receivables.values import BatchStatus, BatchValue
from xindun.record.tenants.values import Permission
from xindun.web.access import actor_of, allowed, is_partial
from xindun.web.imports.forms import AnswersForm, UploadForm
from xindun.web.imports.past import discarded, list_context
from xindun.web.imports.preview import by_control, preview_of
from xindun.web.imports.result import result_of
from xindun.web.words import refusal

WORKING = (BatchStatus.READING, BatchStatus.LOADING)
EDITABLE = (BatchStatus.UPLOADED, BatchStatus.FAILED)


@allowed(Permission.LEDGER_READ, to_change=Permission.LEDGER_IMPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """The upload form and the imports so far; a POST stores the file and opens its preview."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            outcome = actions.receive_file(
                current_tenant_id(),
                upload,
                file_name=upload.name,
                now=timezone.now(),
                actor=actor_of(request).name,
                again=True,  # the duplicate is refused when it is started, with its options known
            )
        except DomainError as error:
            form.add_error("file", refusal(error))
        else:
            return redirect("import", outcome.batch.public_id)
    if is_partial(request):
        response = render(request, "web/imports/list.html", list_context(request))
    else:
        context = {"form": form, **list_context(request)}
        status = 400 if form.errors else 200
        response = render(request, "web/imports/page.html", context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def batch_or_404(public_id: UUID) -> BatchValue:
    """The import; another company's does not exist here."""
    try:
        return reads.batch(public_id)
    except UnknownBatch as error:
        raise Http404 from error


@allowed(Permission.LEDGER_READ, to_change=Permission.LEDGER_IMPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def batch_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Where an import stands; a POST checks the answers again or starts the import."""
    batch = batch_or_404(public_id)
    if batch.status in EDITABLE and not discarded(batch):
        return _answers(request, batch)
    return render(request, "web/imports/result.html", result_of(batch))


def _answers(request: HttpRequest, batch: BatchValue) -> HttpResponse:
    """The preview: what was recognised, what is asked, and the button that imports."""
    sent = request.method == "POST"
    initial = {**batch.options, "source": batch.source}
    form = AnswersForm(request.POST if sent else None, initial=initial)
    options = form.options() if sent and form.is_valid() else batch.options
    found = preview_of(batch.public_id, options)
    ready = not found.questions and not found.refusal
    if sent and form.is_valid() and ready and request.POST.get("step") == "import":
        return _start(request, batch, form)
    if sent and not ready and form.is_valid():
        messages.warning(request, _("One more answer is needed before the file can be imported."))
    context: dict[str, Any] = {"batch": batch, "preview": found, "form": form, "ready": ready}
    context["asked_names"] = form.ask({each.control for each in found.questions})
    context["asked"] = [
        (sentences, form[control] if control else None)
        for control, sentences in by_control(found.questions)
    ]
    context["failure"] = result_of(batch)["failure"]
    return render(request, "web/imports/preview.html", context)


def _start(request: HttpRequest, batch: BatchValue, form: AnswersForm) -> HttpResponse:
    try:
        actions.start_import(
            current_tenant_id(),
            batch.public_id,
            now=timezone.now(),
            source=form.source_name,
            options=form.options(),
            again=form.cleaned_data["again"],
        )
    except DomainError as error:
        messages.error(request, refusal(error))
    return redirect("import", batch.public_id)


@allowed(Permission.LEDGER_READ)
@require_safe
def progress(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The progress bar alone, asked for every second; when done, the browser loads the result."""
    batch = batch_or_404(public_id)
    response = render(request, "web/imports/progress.html", result_of(batch))
    if batch.status not in WORKING:
        response["HX-Refresh"] = "true"
    return response


@allowed(Permission.LEDGER_IMPORT)
@require_POST
def discard(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Close an upload that nobody wants."""
    batch = batch_or_404(public_id)
    try:
        actions.discard(current_tenant_id(), batch.public_id, now=timezone.now())
    except DomainError as error:
        messages.error(request, refusal(error))
    return redirect("imports")


@allowed(Permission.LEDGER_READ)
@require_safe
def rejects(_request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """The rejected rows with line, column and reason."""
    batch = batch_or_404(public_id)
    path = reads.rejects_of(batch.public_id)
    if path is None:
        raise Http404
    # Closed by FileResponse when the last byte is sent.
    return FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename="rejects.csv",
        content_type="text/csv; charset=utf-8",
    )
