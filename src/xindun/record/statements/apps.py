"""The Django application of financial statements."""

from django.apps import AppConfig


class StatementsConfig(AppConfig):
    """Financial statements of a tenant's parties."""

    name = "xindun.record.statements"
    label = "statements"
    verbose_name = "financial statements"
    default_auto_field = "django.db.models.BigAutoField"
