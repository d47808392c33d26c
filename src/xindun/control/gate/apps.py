"""The Django application of the order gate."""

from django.apps import AppConfig


class GateConfig(AppConfig):
    """Decisions, holds, stops and prepared standings."""

    name = "xindun.control.gate"
    label = "gate"
    verbose_name = "order gate"
    default_auto_field = "django.db.models.BigAutoField"
