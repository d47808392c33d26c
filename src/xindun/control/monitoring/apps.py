"""The Django application of the monitoring context."""

from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    """Portfolio runs and what the console reads."""

    name = "xindun.control.monitoring"
    label = "monitoring"
    verbose_name = "monitoring"
    default_auto_field = "django.db.models.BigAutoField"
