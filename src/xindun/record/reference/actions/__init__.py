"""Verbs on own labels of risks, and on exchange rates."""

from xindun.record.reference.actions.rates import load_rates
from xindun.record.reference.actions.risks import end_override, override_risk

__all__ = ["end_override", "load_rates", "override_risk"]
