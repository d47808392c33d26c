"""Lists of buyers and one buyer's file, from the snapshots of a run.

What a reader would get wrong: unknown values come last in both directions. One index a column
serves both, because a page is read from the known values first, backwards when descending, and
only then from the unknown ones.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from xindun.control.monitoring import models
from xindun.control.monitoring.reads.runs import current_run, is_stale, run_row, run_value
from xindun.control.monitoring.reads.today import actions_for_buyer
from xindun.control.monitoring.values import (
    BUCKET_COLUMNS,
    PAGE_SIZE,
    SORTS,
    AccountFile,
    Bucket,
    BuyerFile,
    BuyerFilters,
    BuyerRow,
    BuyersPage,
    Run,
    ScorePoint,
    SeasonPoint,
)
from xindun.kernel.errors import DomainError
from xindun.kernel.paging import page_place
from xindun.kit.tenancy import tenant_scope
from xindun.prevention.limits import reads as limits
from xindun.prevention.limits.values import LimitRecommendation, formulas_of
from xindun.prevention.scoring import reads as scoring
from xindun.prevention.scoring.values import (
    Scale,
    Score,
    Stamp,
    counterfactuals_of,
    reasons_of,
)
from xindun.record.parties import reads as parties

BATCH = 2000
EVERYBODY = BuyerFilters()
WORST_FIRST = "-overdue"

_COLUMN = {"name": "sort_key"}
_NULLABLE = frozenset(
    field.name for field in models.BuyerSnapshot._meta.get_fields() if getattr(field, "null", False)
)
_PLAIN = tuple(
    name for name in BuyerRow.__dataclass_fields__ if name not in {"buckets", "buyer_public_id"}
)
_FIELDS = ("id", "buyer__public_id", *(name for name, _ in BUCKET_COLUMNS), *_PLAIN)

Rows = QuerySet[models.BuyerSnapshot]
Detail = dict[str, Any]
AccountPlace = tuple[Any, int]
"""Where a list goes on: the last row's value of the sorted column, and its id."""


class UnknownSort(DomainError):
    """A list was asked for in an order it does not have."""

    code = "unknown_sort"
    sentence = "A list of buyers cannot be sorted by {sort}."


def buyers_page(
    filters: BuyerFilters = EVERYBODY,
    *,
    sort: str = WORST_FIRST,
    page: int = 1,
    size: int = PAGE_SIZE,
    as_of: date | None = None,
) -> BuyersPage | None:
    """One page of accounts; ``sort`` is one of ``SORTS``, with ``-`` before it for descending.

    A page outside the list is the nearest one inside.

    Returns:
        None when no run is finished yet (for that day, if one is given).

    Raises:
        UnknownSort: the list has no such column.
    """
    column, descending = _order(sort)
    row = run_row(as_of)
    if row is None:
        return None
    run = run_value(row)
    rows = _filtered(run, filters)
    total = run.accounts if filters == EVERYBODY else rows.count()
    at = page_place(total, page, size)
    return BuyersPage(
        run=run,
        stale=is_stale(run),
        rows=_slice(rows, column, descending, at.start, size, total),
        total=total,
        page=at.page,
        pages=at.pages,
        sort=sort,
        currencies=tuple(total["currency"] for total in row.totals),
        countries=tuple(row.countries),
    )


def iter_buyers(
    filters: BuyerFilters = EVERYBODY, *, sort: str = WORST_FIRST, as_of: date | None = None
) -> Iterator[BuyerRow]:
    """Every account that ``buyers_page`` would list, in its order, for an export.

    The run is chosen now; the rows come in batches, each in a scope and transaction of its own,
    so that a slow download holds none open.
    """
    column, descending = _order(sort)
    run = current_run(as_of=as_of)
    return iter(()) if run is None else _batches(run, filters, column, descending)


def accounts_after(
    run: Run,
    filters: BuyerFilters = EVERYBODY,
    *,
    sort: str = WORST_FIRST,
    after: AccountPlace | None = None,
    limit: int = PAGE_SIZE,
) -> list[tuple[BuyerRow, AccountPlace]]:
    """Accounts of one run from behind a place on, each with its place.

    A place is the row's value of the sorted column (None: unknown, which comes last) and its id.

    Raises:
        UnknownSort: the list has no such column.
    """
    column, descending = _order(sort)
    found: list[dict[str, Any]] = []
    behind_known = after is not None and after[0] is None
    for unknown in (False, True) if column in _NULLABLE else (False,):
        if behind_known and not unknown:
            continue
        last = after if behind_known == unknown else None
        room = limit - len(found)
        if room > 0:
            found += _behind(run, filters, column, descending, unknown, last, room)
    return [(_row(each), (each[column], each["id"])) for each in found]


def buyer_file(buyer_public_id: UUID, *, as_of: date | None = None) -> BuyerFile | None:
    """All of one buyer's page but its documents.

    A buyer that came with a later import than the run has a file without accounts.

    Returns:
        None when no run is finished yet (for that day, if one is given).

    Raises:
        UnknownBuyer: this tenant has none with that id.
    """
    buyer = parties.buyer(buyer_public_id)
    run = current_run(as_of=as_of)
    if run is None:
        return None
    rows = [_row(found) for found in _snapshots(run).filter(buyer_id=buyer.id).values(*_FIELDS)]
    rows.sort(key=lambda row: (-row.open_total, row.currency))
    grades = [row.grade for row in rows if row.grade is not None]
    return BuyerFile(
        run=run,
        stale=is_stale(run),
        buyer_id=buyer.id,
        buyer_public_id=buyer.public_id,
        name=buyer.name,
        country=buyer.country,
        grade=max(grades, default=None),
        accounts=tuple(_account_file(run, row) for row in rows),
        actions=actions_for_buyer(run, buyer.id),
    )


def _order(sort: str) -> tuple[str, bool]:
    name = sort.removeprefix("-")
    if name not in SORTS:
        raise UnknownSort(sort=name)
    return _COLUMN.get(name, name), sort.startswith("-")


def _snapshots(run: Run) -> Rows:
    return models.BuyerSnapshot.objects.filter(tenant_id=run.tenant_id, run_id=run.number)


def _filtered(run: Run, filters: BuyerFilters) -> Rows:
    rows = _snapshots(run)
    if filters.query.strip():
        rows = rows.filter(buyer_id__in=parties.matching_ids(filters.query))
    if filters.currency:
        rows = rows.filter(currency=filters.currency)
    if filters.country:
        rows = rows.filter(country=filters.country)
    if filters.grades:
        rows = rows.filter(grade__in=filters.grades)
    if filters.rated is not None:
        rows = rows.filter(grade__isnull=not filters.rated)
    if filters.overdue_only:
        rows = rows.filter(overdue__gt=0)
    if filters.over_limit_only:
        rows = rows.filter(over_limit__gt=0)
    if filters.min_days_overdue is not None:
        rows = rows.filter(max_days_overdue__gte=filters.min_days_overdue)
    return rows


def _slice(
    rows: Rows, column: str, descending: bool, start: int, size: int, total: int
) -> tuple[BuyerRow, ...]:
    """Rows ``start`` to ``start + size`` of ``total``: known values in order, then the unknown.

    Only row numbers are skipped over, without the join to the buyers; and a page beyond the
    middle is counted from the end. Both matter: the last of 2,000 pages took 270 ms without.
    """
    order = (column, "id")
    if column not in _NULLABLE:
        keys = _keys(rows, order, descending, start, size, total)
    else:
        known = rows.filter(**{f"{column}__isnull": False})
        keys = _keys(known, order, descending, start, size, None) if start < total // 2 else []
        if len(keys) < size:
            count = known.count()
            unknown = rows.filter(**{f"{column}__isnull": True})
            keys = keys or _keys(known, order, descending, start, size, count)
            keys += _keys(
                unknown, order, False, max(0, start - count), size - len(keys), total - count
            )
    found = {
        row["id"]: row for row in models.BuyerSnapshot.objects.filter(id__in=keys).values(*_FIELDS)
    }
    return tuple(_row(found[key]) for key in keys)


def _keys(
    rows: Rows, order: tuple[str, ...], descending: bool, start: int, size: int, count: int | None
) -> list[int]:
    """Ids of ``rows[start : start + size]``, scanned from the nearer end if ``count`` is known."""
    stop = start + size if count is None else min(start + size, count)
    if start >= stop:
        return []
    from_end = count is not None and start > count // 2
    sign = "-" if descending != from_end else ""
    ordered = rows.order_by(*(f"{sign}{name}" for name in order)).values_list("id", flat=True)
    if count is not None and from_end:
        return list(ordered[count - stop : count - start])[::-1]
    return list(ordered[start:stop])


def _batches(run: Run, filters: BuyerFilters, column: str, descending: bool) -> Iterator[BuyerRow]:
    """By the last row's value and id (keyset), so that the hundredth batch costs as the first."""
    for unknown in (False, True) if column in _NULLABLE else (False,):
        last: tuple[Any, int] | None = None
        while True:
            with tenant_scope(run.tenant_id):
                found = _behind(run, filters, column, descending, unknown, last, BATCH)
            yield from map(_row, found)
            if len(found) < BATCH:
                break
            last = (found[-1][column], found[-1]["id"])


def _behind(
    run: Run,
    filters: BuyerFilters,
    column: str,
    descending: bool,
    unknown: bool,
    last: tuple[Any, int] | None,
    size: int,
) -> list[dict[str, Any]]:
    """The next rows behind ``last``, of those whose value is known or of those where it is not."""
    sign, beyond = ("-", "lt") if descending else ("", "gt")
    rows = _filtered(run, filters)
    if column in _NULLABLE:
        rows = rows.filter(**{f"{column}__isnull": unknown})
    if last is not None and unknown:
        rows = rows.filter(id__gt=last[1])
    elif last is not None:
        # The first condition bounds the index scan, the second breaks ties.
        rows = rows.filter(**{f"{column}__{beyond}e": last[0]}).filter(
            Q(**{f"{column}__{beyond}": last[0]}) | Q(**{f"id__{beyond}": last[1]})
        )
    # Naming the column in the order keeps the planner on the column's index.
    order = (column, "id") if unknown else (f"{sign}{column}", f"{sign}id")
    return list(rows.order_by(*order).values("sort_key", *_FIELDS)[:size])


def _row(found: dict[str, Any]) -> BuyerRow:
    return BuyerRow(
        buyer_public_id=found["buyer__public_id"],
        buckets=tuple(Bucket(label, found[name]) for name, label in BUCKET_COLUMNS),
        **{name: found[name] for name in _PLAIN},
    )


def _account_file(run: Run, row: BuyerRow) -> AccountFile:
    stored = models.SnapshotDetail.objects.filter(
        tenant_id=run.tenant_id, run_id=run.number, buyer_id=row.buyer_id, currency=row.currency
    ).first()
    detail: Detail = {} if stored is None else json.loads(stored.body)
    history = scoring.history(row.buyer_id, row.currency, as_of=run.as_of, known_at=run.known_at)
    return AccountFile(
        row=row,
        score=_score(run, row, detail),
        recommendation=_recommendation(run, row, detail),
        behaviour=_behaviour(detail.get("behaviour")),
        recognition=tuple(
            Bucket(name, Decimal(amount)) for name, amount in detail.get("recognition") or ()
        ),
        seasonality=tuple(
            SeasonPoint(month, Decimal(amount), Decimal(days), Decimal(excess))
            for month, amount, days, excess in detail.get("seasonality") or ()
        ),
        history=tuple(
            ScorePoint(
                score.stamp.as_of,
                score.stamp.known_at,
                score.grade,
                score.health_score,
                score.payment_index,
                score.stamp.model_version,
            )
            for score in reversed(history)
        ),
    )


def _stamp(run: Run) -> Stamp:
    return Stamp(run.as_of, run.known_at, run.ledger_version, run.model_version, run.run_id)


def _score(run: Run, row: BuyerRow, detail: Detail) -> Score:
    """As this run gave it; once its details are pruned, the reasons of the stored score."""
    if not detail:
        stored = scoring.latest_score(
            row.buyer_id, row.currency, as_of=run.as_of, known_at=run.known_at
        )
        if stored is not None:
            return stored
    return Score(
        buyer_id=row.buyer_id,
        currency=row.currency,
        stamp=_stamp(run),
        scale=run.scale or Scale("", "", 0),
        grade=row.grade,
        not_rated_reason=row.not_rated_reason,
        health_score=row.health_score,
        payment_index=row.payment_index,
        confidence=row.confidence,
        reasons=reasons_of(detail.get("reasons")),
        counterfactuals=counterfactuals_of(detail.get("counterfactuals")),
    )


def _recommendation(run: Run, row: BuyerRow, detail: Detail) -> LimitRecommendation:
    """As this run gave it; once its details are pruned, the formulas of the stored one."""
    if not detail:
        stored = limits.latest_recommendation(
            row.buyer_id, row.currency, as_of=run.as_of, known_at=run.known_at
        )
        if stored is not None:
            return stored
    return LimitRecommendation(
        buyer_id=row.buyer_id,
        currency=row.currency,
        stamp=_stamp(run),
        amount=row.limit_recommended,
        binding=row.limit_binding,
        formulas=formulas_of(detail.get("formulas")),
    )


def _behaviour(stored: list[dict[str, Any]] | None) -> dict[str, Any]:
    """Numbers, days and the rest, back from their three stored objects."""
    if not stored:
        return {}
    numbers, days, others = stored
    return {
        **{name: text if text is None else Decimal(text) for name, text in numbers.items()},
        **{name: text if text is None else date.fromisoformat(text) for name, text in days.items()},
        **others,
    }
