"""Load a file of exchange rates: what is new is added, what differs corrects, nothing is changed.

What a reader would get wrong: a file counts by what it says, not by its bytes. One that brings
nothing new leaves no trace, so the whole history can be loaded every day.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pyarrow as pa
from django.db import connection, transaction

from xindun.kernel.merkle import merkle_root
from xindun.kit.events import LIMITS_CHANGED, announce
from xindun.kit.staging import shaping, stage
from xindun.kit.tenancy import current_tenant_id
from xindun.record.evidence.actions import append
from xindun.record.evidence.values import Subject
from xindun.record.reference.models import ExchangeRateLoad
from xindun.record.reference.reads.rates import load_value
from xindun.record.reference.rules import check_rates
from xindun.record.reference.values import RateLoad, ReadRates
from xindun.record.tenants.reads import current_tenant
from xindun.record.tenants.values import Actor, Permission

_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext(%s))"
_STAGED = "xd_rates"
_COMPARED = f"""
CREATE TEMP TABLE xd_new_rates ON COMMIT DROP AS
SELECT s.currency, s.quoted_on, s.per_unit, k.per_unit IS NOT NULL AS corrects
FROM pg_temp.{_STAGED} s
LEFT JOIN (
    SELECT DISTINCT ON (currency, quoted_on) currency, quoted_on, per_unit
    FROM reference_rate
    WHERE tenant_id = %s AND quoted_in = %s
    ORDER BY currency, quoted_on, load_id DESC
) k USING (currency, quoted_on)
WHERE s.per_unit IS DISTINCT FROM k.per_unit
"""
_COUNTED = """
SELECT count(*) FILTER (WHERE NOT corrects), count(*) FILTER (WHERE corrects) FROM xd_new_rates
"""
_WRITTEN = """
INSERT INTO reference_rate (tenant_id, load_id, quoted_in, currency, quoted_on, per_unit)
SELECT %s, %s, %s, currency, quoted_on, per_unit FROM xd_new_rates ORDER BY currency, quoted_on
"""
_LEAVES = """
SELECT currency || ' ' || quoted_on || ' ' || trim_scale(per_unit) FROM xd_new_rates
ORDER BY currency, quoted_on
"""


def load_rates(
    actor: Actor, read: ReadRates, *, requote: bool = False, now: datetime
) -> RateLoad | None:
    """Add the rates of a file that are new or differ.

    Args:
        requote: whether the file's quotation currency may take over from another; from then on
            every conversion goes by it.

    Returns:
        The load; None when the file says nothing that is not known.

    Raises:
        NotPermitted, NoRates, QuotedOtherwise, RatesAhead: as named.
    """
    actor.check(Permission.LEDGER_IMPORT)
    tenant_id = current_tenant_id()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_ONE_AT_A_TIME, [f"reference.rates.{tenant_id}"])
        before = ExchangeRateLoad.objects.filter(tenant_id=tenant_id).order_by("-id").first()
        known = before.quoted_in if before else ""
        check_rates(read, known, requote=requote, today=now.astimezone(UTC).date())
        added, corrected = _compare(read)
        if not added and not corrected and known == read.quoted_in:
            return None
        days = [quote.on for quote in read.quotes]
        load = ExchangeRateLoad.objects.create(
            tenant_id=tenant_id,
            source=read.source,
            quoted_in=read.quoted_in,
            file_sha256=read.sha256,
            added=added,
            corrected=corrected,
            unchanged=len(read.quotes) - added - corrected,
            first_on=min(days),
            last_on=max(days),
            # After the load before, so that what was known at a moment has one answer.
            recorded_at=max(now, before.recorded_at + timedelta(microseconds=1)) if before else now,
        )
        with connection.cursor() as cursor:
            cursor.execute(_WRITTEN, [tenant_id, load.pk, read.quoted_in])
        _record(actor, load)
        announce(LIMITS_CHANGED)
    return load_value(load)


def _compare(read: ReadRates) -> tuple[int, int]:
    """Stage the quotes and keep those that say something new: how many add, how many correct."""
    currencies, days, rates = zip(*read.quotes, strict=True)
    # Texts: Arrow would want one number of decimals for all.
    quotes = pa.table(
        {
            "currency": pa.array(currencies, pa.string()),
            "quoted_on": pa.array(days, pa.date32()),
            "per_unit": pa.array([f"{rate:f}" for rate in rates], pa.string()),
        }
    )
    columns = {"currency": "text", "quoted_on": "date", "per_unit": "numeric"}
    with shaping(quotes=quotes) as shaper:
        stage(shaper, _STAGED, columns, "select * from quotes")
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.xd_new_rates")
        cursor.execute(_COMPARED, [current_tenant_id(), read.quoted_in])
        cursor.execute(_COUNTED)
        added, corrected = cursor.fetchone()
    return added, corrected


def _record(actor: Actor, load: ExchangeRateLoad) -> None:
    append(
        kind="rates_loaded",
        subject=Subject("tenant", str(current_tenant().public_id)),
        actor=actor.name,
        occurred_at=load.recorded_at,
        inputs={"file_sha256": load.file_sha256},
        result={
            "source": load.source,
            "quoted_in": load.quoted_in,
            "added": load.added,
            "corrected": load.corrected,
            "unchanged": load.unchanged,
            "first_on": load.first_on,
            "last_on": load.last_on,
            "merkle_root": merkle_root(_leaves()).hex(),
        },
        versions={"rates": str(load.public_id)},
    )


def _leaves() -> Iterator[bytes]:
    """What was written, by currency and day: ``USD 2024-05-03 1.075``."""
    with connection.cursor() as cursor:
        cursor.execute(_LEAVES)
        for (text,) in cursor:
            yield text.encode()
