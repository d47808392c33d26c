"""Set a label of the company's own over a public one, and end it."""

from xindun.record.reference.actions.risks import end_override, override_risk

__all__ = ["end_override", "override_risk"]
