"""Values that cross the border of this context."""

from xindun.record.reference.values.risks import (
    CountryRisk,
    Observation,
    Pillar,
    RiskKind,
    RiskLabel,
    RiskOverride,
    SectorRisk,
)

__all__ = [
    "CountryRisk",
    "Observation",
    "Pillar",
    "RiskKind",
    "RiskLabel",
    "RiskOverride",
    "SectorRisk",
]
