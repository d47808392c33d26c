"""Search the register, and open a file on a company that no ledger has named yet."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from xindun.kernel.errors import DomainError
from xindun.record.parties import actions, reads
from xindun.record.tenants.values import Permission
from xindun.web.access import actor_of, allowed, whole_or_part
from xindun.web.words import refusal

MOST = 50


@allowed(Permission.FILES_READ)
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Companies of the register that a question finds."""
    return _list(request)


@allowed(Permission.FILES_CHANGE)
@require_POST
def open_file(request: HttpRequest) -> HttpResponse:
    """Open a file on a company; the buyer that stands for it is shown."""
    try:
        entity = UUID(request.POST.get("entity", ""))
        buyer = actions.open_prospect(actor_of(request), entity, now=timezone.now())
    except (ValueError, reads.UnknownEntity) as error:
        raise Http404 from error
    except DomainError as error:
        return _list(request, refusal(error))
    return redirect("identity", buyer.public_id)


def _list(request: HttpRequest, refused: str = "") -> HttpResponse:
    asked = request.GET.get("q", "").replace("\x00", "").strip()
    hits = reads.search_entities(asked, limit=MOST)
    context = {"q": asked, "hits": [hit.entity for hit in hits], "refused": refused, "most": MOST}
    return whole_or_part(request, "web/identity/search.html", "web/identity/hits.html", context)
