"""The Django application of the receivables context."""

from django.apps import AppConfig


class ReceivablesConfig(AppConfig):
    """Documents, settlements and imports."""

    name = "xindun.record.receivables"
    label = "receivables"
    verbose_name = "receivables"
    default_auto_field = "django.db.models.BigAutoField"
