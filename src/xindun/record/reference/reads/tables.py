"""The public figures as they come with the package, read once a process."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date
from decimal import Decimal
from functools import cache
from hashlib import sha256
from importlib.resources import files
from types import MappingProxyType

from xindun.record.reference.rules import (
    frequency_label,
    governance_label,
    governance_mean,
    relative_frequency,
    transfer_label,
    worst,
)
from xindun.record.reference.values import CountryRisk, Observation, Pillar, SectorRisk

FOLDER = "xindun.record.reference"
ESTIMATES = ("government", "regulation", "rule_of_law", "corruption")


@cache
def _text(name: str) -> str:
    return (files(FOLDER) / "data" / name).read_text("utf-8")


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(_text(name).splitlines()))


@cache
def edition() -> str:
    """Which figures these are: a hash of the files, for whoever stores a decision made on them."""
    names = ("countries.csv", "sectors.csv", "insolvency_frequency.csv")
    return sha256("".join(map(_text, names)).encode()).hexdigest()[:12]


@cache
def public_countries() -> MappingProxyType[str, CountryRisk]:
    """Every country's slot by its code, without overrides."""
    return MappingProxyType({row["country"]: _country(row) for row in _rows("countries.csv")})


@cache
def public_sectors() -> MappingProxyType[str, SectorRisk]:
    """Every sector's slot by its letter, without overrides."""
    seen: dict[str, list[Observation]] = defaultdict(list)
    for row in _rows("insolvency_frequency.csv"):
        relative = Decimal(row.pop("relative"))
        seen[row.pop("sector")].append(Observation(relative=relative, **row))
    return MappingProxyType(
        {row["sector"]: _sector(row, tuple(seen[row["sector"]])) for row in _rows("sectors.csv")}
    )


def sector_of_gbt(letter: str) -> str | None:
    """The sector that holds most of a section of GB/T 4754; None for no such section."""
    found = (each.sector for each in public_sectors().values() if each.gbt == letter)
    return next(found, None)


def _country(row: dict[str, str]) -> CountryRisk:
    oecd_class = row["oecd_class"] or None
    mean = governance_mean([Decimal(row[name]) for name in ESTIMATES if row[name]])
    transfer, governance = transfer_label(oecd_class), governance_label(mean)
    return CountryRisk(
        country=row["country"],
        oecd_class=oecd_class,
        oecd_previous=row["oecd_previous"] or None,
        oecd_note=row["oecd_note"],
        oecd_as_of=date.fromisoformat(row["oecd_as_of"]) if row["oecd_as_of"] else None,
        oecd_source=row["oecd_source"],
        transfer=transfer,
        governance_mean=mean,
        governance=governance,
        wgi_year=int(row["wgi_year"]) if row["wgi_year"] else None,
        wgi_source=row["wgi_source"],
        label=worst((transfer, governance)),
    )


def _sector(row: dict[str, str], seen: tuple[Observation, ...]) -> SectorRisk:
    relative = relative_frequency(seen)
    environment = frequency_label(relative)
    return SectorRisk(
        sector=row["sector"],
        gbt=row["gbt_4754"] or None,
        name_en=row["name_en"],
        name_zh=row["name_zh"],
        pillars=dict.fromkeys(Pillar) | {Pillar.BUSINESS_ENVIRONMENT: environment},
        relative=relative,
        observations=seen,
        label=environment,
    )
