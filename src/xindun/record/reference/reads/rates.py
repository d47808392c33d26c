"""Exchange rates as they stood on a day, and the loads that brought them.

What a reader would get wrong: ``on`` is the day that an amount is converted for and ``known_at``
the moment whose knowledge counts; a correction loaded later is not in a table asked for before it.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection

from xindun.kit.tenancy import current_tenant_id
from xindun.record.reference import models
from xindun.record.reference.values import ExchangeTable, Rate, RateLoad

# One statement. The currencies are found by skipping along the index, and each one's rate is one
# probe of it: reading all rates of 25 years for the newest of each would take a hundred times as
# long.
_TABLE = """
WITH RECURSIVE newest AS MATERIALIZED (
    SELECT id, public_id, quoted_in FROM reference_rate_load
    WHERE tenant_id = %(tenant)s
      AND (%(known_at)s::timestamptz IS NULL OR recorded_at <= %(known_at)s)
    ORDER BY id DESC LIMIT 1
), currencies AS (
    (SELECT r.currency FROM reference_rate r
     WHERE r.tenant_id = %(tenant)s AND r.quoted_in = (SELECT quoted_in FROM newest)
     ORDER BY r.currency LIMIT 1)
    UNION ALL
    SELECT (SELECT r.currency FROM reference_rate r
            WHERE r.tenant_id = %(tenant)s AND r.quoted_in = (SELECT quoted_in FROM newest)
              AND r.currency > c.currency
            ORDER BY r.currency LIMIT 1)
    FROM currencies c WHERE c.currency IS NOT NULL
)
SELECT n.public_id, n.quoted_in, found.currency, trim_scale(found.per_unit), found.quoted_on,
       l.source
FROM newest n
LEFT JOIN (
    currencies c CROSS JOIN LATERAL (
        SELECT r.currency, r.per_unit, r.quoted_on, r.load_id FROM reference_rate r
        WHERE r.tenant_id = %(tenant)s AND r.quoted_in = (SELECT quoted_in FROM newest)
          AND r.currency = c.currency AND r.quoted_on <= %(on)s
          AND r.load_id <= (SELECT id FROM newest)
        ORDER BY r.quoted_on DESC, r.load_id DESC LIMIT 1
    ) found
    JOIN reference_rate_load l ON l.tenant_id = %(tenant)s AND l.id = found.load_id
) ON true
"""


def exchange(*, on: date, known_at: datetime | None = None) -> ExchangeTable:
    """The newest rate of each currency on or before ``on``; an empty table before any load.

    Args:
        known_at: only what was recorded until then; None for all.
    """
    asked: dict[str, Any] = {"tenant": current_tenant_id(), "on": on, "known_at": known_at}
    with connection.cursor() as cursor:
        cursor.execute(_TABLE, asked)
        rows: list[tuple[Any, str, str | None, Decimal, date, str]] = cursor.fetchall()
    if not rows:
        return ExchangeTable(on, "", {})
    load, quoted_in = rows[0][:2]
    rates = {
        currency: Rate(currency, per_unit, quoted_on, source)
        for _load, _quoted_in, currency, per_unit, quoted_on, source in rows
        if currency is not None
    }
    return ExchangeTable(on, quoted_in, rates, load=load)


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
