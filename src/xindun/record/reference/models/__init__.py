"""The tables of this context; the public figures are files of the package."""

from xindun.record.reference.models.rates import ExchangeRate, ExchangeRateLoad
from xindun.record.reference.models.risks import RiskOverride

__all__ = ["ExchangeRate", "ExchangeRateLoad", "RiskOverride"]
