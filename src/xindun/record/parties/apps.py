"""The Django application of the parties context."""

from django.apps import AppConfig


class PartiesConfig(AppConfig):
    """Buyers of a tenant."""

    name = "xindun.record.parties"
    label = "parties"
    verbose_name = "parties"
    default_auto_field = "django.db.models.BigAutoField"
