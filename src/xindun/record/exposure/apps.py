"""The Django application of the exposure context."""

from django.apps import AppConfig


class ExposureConfig(AppConfig):
    """Balances and postings."""

    name = "xindun.record.exposure"
    label = "exposure"
    verbose_name = "exposure"
    default_auto_field = "django.db.models.BigAutoField"
