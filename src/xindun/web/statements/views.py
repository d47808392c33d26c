"""The tab: years side by side, ratios and models; one statement with its versions; the export.

What a reader would get wrong: a statement belongs to the party that the buyer is matched to. A
buyer without one has no statements, and the page says what to do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xindun.record.company_file.reads import document_with
from xindun.record.parties.reads import ids_behind, party_of
from xindun.record.statements import reads
from xindun.record.statements.reads import balances
from xindun.record.statements.values import Statement
from xindun.record.tenants.values import Permission
from xindun.web.access import allowed
from xindun.web.buyer.tabs import asked_buyer, tabs_context
from xindun.web.exports import FORMATS, exported
from xindun.web.statements import comparing, words


@allowed(Permission.FILES_READ)
@require_safe
def page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The newest statements of a basis, as amounts or shares."""
    buyer = asked_buyer(public_id)
    found = _found(public_id)
    context: dict[str, Any] = {"found": found, **tabs_context(request, "statements", buyer)}
    if found:
        context |= _compared(request, found)
    return render(request, "web/statements/page.html", context)


def _found(public_id: UUID) -> tuple[Statement, ...]:
    party = party_of(asked_buyer(public_id).id)
    if party is None:
        return ()
    return reads.statements_of(party.id, **comparing.known_now(timezone.now()))


def _chosen(request: HttpRequest, found: Sequence[Statement]) -> comparing.Basis:
    bases = comparing.bases_of(found)
    asked = request.GET.get("basis", "")
    return next((each for each in bases if each.key == asked), bases[0])


def _compared(request: HttpRequest, found: Sequence[Statement]) -> dict[str, Any]:
    basis = _chosen(request, found)
    columns = comparing.columns_of(found, basis)
    common_size = request.GET.get("view") == "common"
    models, parted, year = comparing.models_of(columns)
    return {
        "basis": basis,
        "bases": comparing.bases_of(found),
        "columns": columns,
        "newest": columns[0],
        "opinions": words.OPINIONS,
        "common_size": common_size,
        "lines": comparing.line_rows(columns, common_size=common_size),
        "ratios": comparing.ratio_rows(columns),
        "trends": comparing.trends_of(columns),
        "models": models,
        "opposite": parted is not None and parted.opposite,
        "parted": comparing.parted(parted) if parted else [],
        "index_year": year,
    }


@allowed(Permission.FILES_READ)
@require_safe
def one(request: HttpRequest, public_id: UUID, statement_id: UUID) -> HttpResponse:
    """One version: its lines as stated, the sheet's own lines, the sums, and its other versions."""
    buyer = asked_buyer(public_id)
    party = party_of(buyer.id)
    try:
        shown = reads.statement(statement_id)
    except reads.UnknownStatement as error:
        raise Http404 from error
    if party is None or shown.party_id not in ids_behind(party.id):
        raise Http404
    stated = shown.figures.stated()
    context = {
        "shown": shown,
        "standard": words.STANDARDS[shown.standard],
        "scope": words.SCOPES[shown.scope],
        "opinion": words.OPINIONS[shown.audit_opinion],
        "unit": words.UNITS[shown.unit],
        "document": document_with(shown.party_id, shown.document_sha256),
        "lines": [
            (words.line(name), amount, name in shown.derived) for name, amount in stated.items()
        ],
        "source_lines": [
            (each.name, each.amount, words.line(each.line) if each.line else "")
            for each in shown.source_lines
        ],
        "sums": [
            (words.identity(each.code), each.left, each.right, each.holds)
            for each in balances(shown.figures, shown.unit)
        ],
        "versions": _versions(shown),
        **tabs_context(request, "statements", buyer),
    }
    return render(request, "web/statements/one.html", context)


def _versions(shown: Statement) -> list[tuple[Statement, list[tuple[str, Any, Any]]]]:
    """Every version, the newest first, and what each changed against the one before it."""
    versions = reads.versions_of(shown, known_at=timezone.now())
    earlier: list[Statement | None] = [*versions[1:], None]
    return [(each, _changes(before, each)) for each, before in zip(versions, earlier, strict=True)]


def _changes(before: Statement | None, after: Statement) -> list[tuple[str, Any, Any]]:
    if before is None:
        return []
    one, other = before.figures.stated(), after.figures.stated()
    names = dict.fromkeys((*one, *other))
    return [
        (words.line(name), one.get(name), other.get(name))
        for name in names
        if one.get(name) != other.get(name)
    ]


@allowed(Permission.FILES_READ)
@require_safe
def export(request: HttpRequest, public_id: UUID, fmt: str) -> HttpResponseBase:
    """The chosen basis as a table: lines, then ratios, a column a statement."""
    found = _found(public_id)
    if fmt not in FORMATS or not found:
        raise Http404
    columns = comparing.columns_of(found, _chosen(request, found))
    heads = (_("Line"), _("Unit"), *(each.ends_on.isoformat() for each in columns))
    return exported(fmt, f"statements-{columns[0].ends_on}", heads, _cells(columns))


def _cells(columns: Sequence[Statement]) -> Iterator[tuple[Any, ...]]:
    for _part, rows in comparing.line_rows(columns, common_size=False):
        for row in rows:
            yield (row.name, columns[0].currency, *row.values)
    for _group, rows in comparing.ratio_rows(columns):
        for row in rows:
            values = (None if each is None else round(each, 6) for each in row.values)
            yield (row.name, row.note, *values)
