"""Decisions about risks: pure, values in, values out."""

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
    "NoSuchRisk",
    "check_known",
    "check_override",
    "frequency_label",
    "governance_label",
    "governance_mean",
    "relative_frequency",
    "transfer_label",
    "worst",
]
