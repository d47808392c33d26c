"""Labels, pillars and OECD states as people read them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from xindun.record.reference.values import Pillar, RiskKind, RiskLabel

LABELS: dict[RiskLabel, Any] = {
    RiskLabel.LOW: _("Low"),
    RiskLabel.MEDIUM: _("Medium"),
    RiskLabel.SENSITIVE: _("Sensitive"),
    RiskLabel.HIGH: _("High"),
}
TONES = {
    RiskLabel.LOW: "good",
    RiskLabel.MEDIUM: "fair",
    RiskLabel.SENSITIVE: "poor",
    RiskLabel.HIGH: "bad",
    None: "none",
}
PILLARS: dict[Pillar, Any] = {
    Pillar.DEMAND: _("Demand"),
    Pillar.PROFITABILITY: _("Profitability"),
    Pillar.LIQUIDITY: _("Liquidity"),
    Pillar.BUSINESS_ENVIRONMENT: _("Business environment"),
}
KINDS: dict[RiskKind, Any] = {
    RiskKind.COUNTRY: _("Country risk"),
    RiskKind.SECTOR: _("Sector risk"),
}
STATES = {
    "HIC": _("high-income country, not classified"),
    "NC": _("not classified"),
}
"""States of the OECD's own; neither is a class."""


def label_name(label: RiskLabel | None) -> str:
    """A label in the reader's words; what is not known says so."""
    return str(LABELS[label]) if label else str(_("not known"))


def class_name(oecd_class: str | None) -> str:
    """An OECD class in the reader's words."""
    if oecd_class is None:
        return str(_("not in the list"))
    return f"{oecd_class}: {STATES[oecd_class]}" if oecd_class in STATES else oecd_class
