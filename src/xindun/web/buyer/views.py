"""One buyer's credit file: what is owed, how it pays, the grade and the limit with their reasons.

What a reader would get wrong: the figures are those of the run, as of its day; the documents are
listed from the record as of the same day, so both agree.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from xindun.control.monitoring import reads
from xindun.control.monitoring.values import AccountFile, BuyerFile
from xindun.prevention.scoring.reads import late_predictions
from xindun.prevention.scoring.values import LatePrediction
from xindun.record.parties.reads import UnknownBuyer
from xindun.record.receivables.reads import documents_of
from xindun.record.receivables.values import DocumentRow
from xindun.record.tenants.values import Permission
from xindun.web.access import allowed, is_partial
from xindun.web.buyer.account import view_of
from xindun.web.buyer.tabs import asked_buyer, tabs_context
from xindun.web.day import asked_day, kept_day
from xindun.web.exports import FORMATS, exported
from xindun.web.formats import amount_text
from xindun.web.methods import methods_of
from xindun.web.paging import asked_page
from xindun.web.templatetags.xindun import document_kind

SIZE = 25
BATCH = 500
SORTS = ("issued_on", "due_on", "number", "amount", "open_amount", "days_overdue", "kind")
OLDEST_FIRST = "-days_overdue"
PREDICTED_BY = {
    "model": gettext_lazy("the company's model"),
    "history": gettext_lazy("the buyer's own history"),
    "seller": gettext_lazy("all buyers' history: too little is known of this one"),
}
METHODS = (
    *("open_total", "overdue", "net", "limit", "over_limit", "grade", "health_score"),
    *("payment_index", "days_beyond_terms", "on_time_ratio", "trend_days", "ageing"),
    *("under_bills", "unbilled", "disputed", "recognition", "actions"),
)


def file_of(request: HttpRequest, public_id: UUID) -> BuyerFile | None:
    """The buyer's file on the asked day; None before the first run.

    Raises:
        Http404: this company has no such buyer.
    """
    try:
        return reads.buyer_file(public_id, as_of=asked_day(request))
    except UnknownBuyer as error:
        raise Http404 from error


@allowed(Permission.PORTFOLIO_READ)
@require_safe
def page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The whole file, one account (currency) at a time."""
    found = file_of(request, public_id)
    if found is None:
        return redirect("portfolio")
    account = chosen_account(request, found)
    context = {
        "found": found,
        "run": found.run,
        "keep": kept_day(found.run),
        "stale": found.stale,
        "account": account,
        "row": account.row if account else None,
        "currency": account.row.currency if account else "",
        "view": view_of(account) if account else None,
        "steps": range(1, 11),
        "methods": methods_of(METHODS),
        **tabs_context(request, "buyer", asked_buyer(public_id)),
        "late": _late(found, account, asked_day(request)),
        **_documents(request, found, account),
    }
    return render(request, "web/buyer/page.html", context)


def _late(
    found: BuyerFile, account: AccountFile | None, day: date | None
) -> list[tuple[LatePrediction, Any]]:
    """When the open invoices will be paid, with the method in words; not of an earlier day."""
    if account is None or day is not None:
        return []
    rows = late_predictions(found.buyer_id, currency=account.row.currency, limit=SIZE)
    return [(each, PREDICTED_BY[each.method]) for each in rows]


def chosen_account(request: HttpRequest, found: BuyerFile) -> AccountFile | None:
    """The account in the asked currency, else the one with most open; None without any."""
    asked = request.GET.get("currency", "")
    matching = [each for each in found.accounts if each.row.currency == asked]
    return next(iter([*matching, *found.accounts]), None)


@allowed(Permission.LEDGER_READ)
@require_safe
def documents(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The documents' table alone, for sorting and paging; without HTMX the whole page."""
    if not is_partial(request):
        return redirect(f"{_address(public_id)}?{request.GET.urlencode()}#documents")
    found = file_of(request, public_id)
    if found is None:
        raise Http404
    context = {"found": found, "run": found.run}
    context |= _documents(request, found, chosen_account(request, found))
    response = render(request, "web/buyer/documents.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _address(public_id: UUID) -> str:
    return reverse("buyer", args=[public_id])


def _asked(request: HttpRequest) -> tuple[str, bool]:
    """Order of the documents and whether settled ones are listed too."""
    sort = request.GET.get("sort", OLDEST_FIRST)
    return (
        sort if sort.removeprefix("-") in SORTS else OLDEST_FIRST,
        request.GET.get("show") == "all",
    )


def _documents(
    request: HttpRequest, found: BuyerFile, account: AccountFile | None
) -> dict[str, Any]:
    sort, everything = _asked(request)
    number = asked_page(request)
    currency = account.row.currency if account else None

    def listed(number: int) -> Any:
        return documents_of(
            found.buyer_id,
            as_of=found.run.as_of,
            currency=currency,
            open_only=not everything,
            sort=sort,
            limit=SIZE,
            offset=(number - 1) * SIZE,
        )

    page = listed(number)
    pages = max(1, -(-page.total // SIZE))
    if number > pages:
        number = pages
        page = listed(number)
    return {
        "documents": page.rows,
        "documents_total": page.total,
        "paging": {"page": number, "pages": pages},
        "everything": everything,
        "sort": sort,
        "list_url": f"{_address(found.buyer_public_id)}documents/",
        "list_target": "#documents",
    }


@allowed(Permission.LEDGER_READ)
@require_safe
def export(request: HttpRequest, public_id: UUID, fmt: str) -> HttpResponseBase:
    """The documents as a file: the filtered list, all its pages."""
    found = file_of(request, public_id) if fmt in FORMATS else None
    if found is None:
        raise Http404
    account = chosen_account(request, found)
    heads = (
        *(_("Document"), _("Kind"), _("Issued"), _("Due"), _("Currency"), _("Amount")),
        *(_("Open"), _("Days overdue"), _("Settled"), _("Disputed"), _("Contract")),
        _("Salesperson"),
    )
    rows = _every(request, found.buyer_id, found.run.as_of, account)
    return exported(fmt, f"documents-{found.run.as_of}", heads, rows)


def _every(
    request: HttpRequest, buyer_id: int, as_of: date, account: AccountFile | None
) -> Iterator[tuple[Any, ...]]:
    sort, everything = _asked(request)
    start, total = 0, 1
    while start < total:
        page = documents_of(
            buyer_id,
            as_of=as_of,
            currency=account.row.currency if account else None,
            open_only=not everything,
            sort=sort,
            limit=BATCH,
            offset=start,
        )
        total, start = page.total, start + BATCH
        yield from map(_cells, page.rows)


def _cells(row: DocumentRow) -> tuple[Any, ...]:
    return (
        *(row.number, document_kind(row.kind), row.issued_on, row.due_on, row.currency),
        amount_text(row.amount, row.currency),
        amount_text(row.open_amount, row.currency),
        *(row.days_overdue, row.settled_on, _("Yes") if row.disputed else None),
        *(row.contract, row.salesperson),
    )
