"""Exchange rates as they stood on a day, and the loads that brought them.

What a reader would get wrong: ``on`` is the day that an amount is converted for and ``known_at``
the moment whose knowledge counts; a correction loaded later is not in a table asked for before it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db import connection

from xindun.kit.tenancy import current_tenant_id
from xindun.record.reference import models
from xindun.record.reference.values import ExchangeTable, Rate, RateLoad

# The currencies are found by skipping along the index, and each one's rate is one probe of it:
# reading the rates of 25 years for the newest of each would take far longer.
_RATES = """
WITH RECURSIVE currencies AS (
    (SELECT currency FROM reference_rate
     WHERE tenant_id = %(tenant)s AND quoted_in = %(quoted_in)s
     ORDER BY currency LIMIT 1)
    UNION ALL
    SELECT (SELECT r.currency FROM reference_rate r
            WHERE r.tenant_id = %(tenant)s AND r.quoted_in = %(quoted_in)s
              AND r.currency > c.currency
            ORDER BY r.currency LIMIT 1)
    FROM currencies c WHERE c.currency IS NOT NULL
)
SELECT c.currency, trim_scale(found.per_unit), found.quoted_on, l.source
FROM currencies c
CROSS JOIN LATERAL (
    SELECT r.per_unit, r.quoted_on, r.load_id FROM reference_rate r
    WHERE r.tenant_id = %(tenant)s AND r.quoted_in = %(quoted_in)s
      AND r.currency = c.currency AND r.quoted_on <= %(on)s AND r.load_id <= %(load)s
    ORDER BY r.quoted_on DESC, r.load_id DESC LIMIT 1
) found
JOIN reference_rate_load l ON l.tenant_id = %(tenant)s AND l.id = found.load_id
"""
KEPT = 256
"""Tables that a process keeps: some days of many companies, or a replay over a year of one."""


@dataclass(frozen=True, slots=True)
class _Load:
    """Which load a table is of; loads of a company follow one another, so it never changes."""

    tenant_id: int
    row_id: int
    public_id: UUID
    quoted_in: str


def exchange(*, on: date, known_at: datetime | None = None) -> ExchangeTable:
    """The newest rate of each currency on or before ``on``; an empty table before any load.

    One short statement asks for the newest load; the table of a load and a day is then this
    process's own, or is read once.

    Args:
        known_at: only what was recorded until then; None for all.
    """
    rows = models.ExchangeRateLoad.objects.filter(tenant_id=current_tenant_id())
    if known_at is not None:
        rows = rows.filter(recorded_at__lte=known_at)
    newest = rows.order_by("-id").values_list("tenant_id", "id", "public_id", "quoted_in").first()
    return _table(_Load(*newest), on) if newest else ExchangeTable(on, "", {})


@lru_cache(KEPT)
def _table(load: _Load, on: date) -> ExchangeTable:
    asked: dict[str, Any] = {
        "tenant": load.tenant_id,
        "load": load.row_id,
        "quoted_in": load.quoted_in,
        "on": on,
    }
    with connection.cursor() as cursor:
        cursor.execute(_RATES, asked)
        rates = {row[0]: Rate(*row) for row in cursor.fetchall()}
    return ExchangeTable(on, load.quoted_in, MappingProxyType(rates), load=load.public_id)


def quotation() -> str:
    """The quotation currency in force; empty before any load."""
    return next((each.quoted_in for each in rate_loads(1)), "")


def rate_loads(count: int) -> tuple[RateLoad, ...]:
    """The newest loads, newest first."""
    rows = models.ExchangeRateLoad.objects.filter(tenant_id=current_tenant_id())
    return tuple(map(load_value, rows.order_by("-id")[:count]))


def load_value(row: models.ExchangeRateLoad) -> RateLoad:
    """A load as a value."""
    return RateLoad(
        public_id=row.public_id,
        source=row.source,
        quoted_in=row.quoted_in,
        sha256=row.file_sha256,
        added=row.added,
        corrected=row.corrected,
        unchanged=row.unchanged,
        first_on=row.first_on,
        last_on=row.last_on,
        recorded_at=row.recorded_at,
    )
