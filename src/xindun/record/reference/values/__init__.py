"""Values that cross the border of this context."""

from xindun.record.reference.values.rates import (
    STALE_AFTER_DAYS,
    Converted,
    ExchangeTable,
    Quote,
    Rate,
    RateLoad,
    RateMissing,
    RateStale,
    ReadRates,
)
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
    "STALE_AFTER_DAYS",
    "Converted",
    "CountryRisk",
    "ExchangeTable",
    "Observation",
    "Pillar",
    "Quote",
    "Rate",
    "RateLoad",
    "RateMissing",
    "RateStale",
    "ReadRates",
    "RiskKind",
    "RiskLabel",
    "RiskOverride",
    "SectorRisk",
]
