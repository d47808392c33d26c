"""Questions about the current tenant's own credit file."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Q

from xindun.kernel.errors import DomainError
from xindun.kit.tenancy import current_tenant_id
from xindun.record.own_file import rules, values
from xindun.record.own_file.models import OwnCorrection, OwnFact
from xindun.record.own_file.rules import completeness
from xindun.record.own_file.values import CorrectionState, FactField
from xindun.record.tenants.reads import current_tenant

__all__ = [
    "NoSuchCorrection",
    "completeness",
    "correction",
    "corrections_page",
    "facts",
    "history",
    "open_corrections",
    "own_check",
]

PAGE_SIZE = 50
SORTS = {"asked": "asked_on", "holder": "holder", "state": "state"}


class NoSuchCorrection(DomainError):
    """No request with this id."""

    code = "no_such_correction"
    sentence = "There is no such correction."


def facts() -> list[values.Fact]:
    """What the company states now, a field each."""
    rows = (
        OwnFact.objects.filter(tenant_id=current_tenant_id())
        .order_by("field", "-id")
        .distinct("field")
    )
    return [fact_value(row) for row in rows if row.value]


def history(field: FactField) -> list[values.Fact]:
    """Every statement of a field, the newest first; an empty value is a withdrawal."""
    rows = OwnFact.objects.filter(tenant_id=current_tenant_id(), field=field.value)
    return [fact_value(row) for row in rows.order_by("-id")]


def own_check(today: date) -> list[values.CheckLine]:
    """The self-check: every expected field with its state."""
    return rules.self_check(facts(), current_tenant().country, today)


def correction(public_id: UUID) -> values.Correction:
    """One request.

    Raises:
        NoSuchCorrection: as the name says.
    """
    row = OwnCorrection.objects.filter(tenant_id=current_tenant_id(), public_id=public_id).first()
    if row is None:
        raise NoSuchCorrection
    return correction_value(row)


def open_corrections() -> int:
    """How many requests wait for an answer."""
    rows = OwnCorrection.objects.filter(tenant_id=current_tenant_id())
    return rows.filter(state=CorrectionState.ASKED.value).count()


def corrections_page(
    *, query: str = "", state: CorrectionState | None = None, sort: str = "-asked", page: int = 1
) -> values.CorrectionsPage:
    """The log of corrections, narrowed and ordered; ``sort`` is a key of SORTS, ``-`` descends."""
    rows = OwnCorrection.objects.filter(tenant_id=current_tenant_id())
    if query:
        rows = rows.filter(Q(holder__icontains=query) | Q(wrong__icontains=query))
    if state is not None:
        rows = rows.filter(state=state.value)
    key = SORTS.get(sort.lstrip("-"), "asked_on")
    found = Paginator(rows.order_by(("-" if sort.startswith("-") else "") + key, "-id"), PAGE_SIZE)
    shown = found.get_page(page)
    return values.CorrectionsPage(
        tuple(correction_value(row) for row in shown), found.count, shown.number, found.num_pages
    )


def fact_value(row: OwnFact) -> values.Fact:
    """A row as the value other contexts see."""
    return values.Fact(FactField(row.field), row.value, row.source, row.stated_on, row.recorded_at)


def correction_value(row: OwnCorrection) -> values.Correction:
    """A row as the value other contexts see."""
    return values.Correction(
        public_id=row.public_id,
        holder=row.holder,
        wrong=row.wrong,
        asked_on=row.asked_on,
        evidence_name=row.evidence_name,
        evidence_hash=row.evidence_hash,
        state=CorrectionState(row.state),
        answer=row.answer,
        answered_on=row.answered_on,
        recorded_at=row.recorded_at,
    )
