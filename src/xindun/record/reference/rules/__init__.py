"""Decisions about risks and exchange rates: pure, values in, values out."""

from xindun.record.reference.rules.rates import (
    NoRates,
    QuotedOtherwise,
    RatesAhead,
    check_rates,
)
from xindun.record.reference.rules.risks import (
    LONGEST_OVERRIDE,
    BadOverride,
    BadOverrideDay,
    NoSuchRisk,
    check_known,
    check_override,
    frequency_label,
    governance_label,
    governance_mean,
    relative_frequency,
    transfer_label,
    worst,
)

__all__ = [
    "LONGEST_OVERRIDE",
    "BadOverride",
    "BadOverrideDay",
    "NoRates",
    "NoSuchRisk",
    "QuotedOtherwise",
    "RatesAhead",
    "check_known",
    "check_override",
    "check_rates",
    "frequency_label",
    "governance_label",
    "governance_mean",
    "relative_frequency",
    "transfer_label",
    "worst",
]
