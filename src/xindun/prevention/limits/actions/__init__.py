"""The verbs: keep what a run recommends."""

from xindun.prevention.limits.actions.recommended import FORMULAS_JSON, record

__all__ = ["FORMULAS_JSON", "record"]
