"""Countries and sectors with the company's own labels over the public ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from xindun.kit.tenancy import current_tenant_id
from xindun.record.reference import models
from xindun.record.reference.reads.tables import public_countries, public_sectors
from xindun.record.reference.values import (
    CountryRisk,
    RiskKind,
    RiskLabel,
    RiskOverride,
    SectorRisk,
)


def countries(*, as_of: date, known_at: datetime | None = None) -> tuple[CountryRisk, ...]:
    """Every country's slot as it counted on ``as_of``, in the order of their codes."""
    own = _in_force(RiskKind.COUNTRY, as_of, known_at)
    return tuple(
        replace(each, override=own.get(code)) for code, each in sorted(public_countries().items())
    )


def sectors(*, as_of: date, known_at: datetime | None = None) -> tuple[SectorRisk, ...]:
    """Every sector's slot as it counted on ``as_of``, in the order of their letters."""
    own = _in_force(RiskKind.SECTOR, as_of, known_at)
    return tuple(
        replace(each, override=own.get(code)) for code, each in sorted(public_sectors().items())
    )


def country(code: str, *, as_of: date, known_at: datetime | None = None) -> CountryRisk | None:
    """One country's slot; None for a code that the tables do not hold."""
    found = public_countries().get(code)
    own = _in_force(RiskKind.COUNTRY, as_of, known_at, code)
    return None if found is None else replace(found, override=own.get(code))


def sector(letter: str, *, as_of: date, known_at: datetime | None = None) -> SectorRisk | None:
    """One sector's slot; None for a letter that the tables do not hold."""
    found = public_sectors().get(letter)
    own = _in_force(RiskKind.SECTOR, as_of, known_at, letter)
    return None if found is None else replace(found, override=own.get(letter))


def overrides_of(kind: RiskKind, code: str) -> tuple[RiskOverride, ...]:
    """Every own label of a code that was ever set, the newest first."""
    rows = models.RiskOverride.objects.filter(
        tenant_id=current_tenant_id(), kind=kind.value, code=code
    )
    return tuple(_value(row) for row in rows.exclude(label="").order_by("-id"))


def _in_force(
    kind: RiskKind, as_of: date, known_at: datetime | None, code: str | None = None
) -> dict[str, RiskOverride]:
    rows = models.RiskOverride.objects.filter(
        tenant_id=current_tenant_id(), kind=kind.value, starts_on__lte=as_of
    )
    if known_at is not None:
        rows = rows.filter(recorded_at__lte=known_at)
    if code is not None:
        rows = rows.filter(code=code)
    newest = rows.order_by("code", "-id").distinct("code")
    return {row.code: _value(row) for row in newest if row.label and as_of < row.expires_on}


def _value(row: models.RiskOverride) -> RiskOverride:
    return RiskOverride(
        kind=RiskKind(row.kind),
        code=row.code,
        label=RiskLabel(row.label),
        reason=row.reason,
        starts_on=row.starts_on,
        expires_on=row.expires_on,
        recorded_at=row.recorded_at,
    )
