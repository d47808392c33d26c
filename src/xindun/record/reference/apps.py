"""The Django application of the reference context."""

from django.apps import AppConfig


class ReferenceConfig(AppConfig):
    """Country and sector risk."""

    name = "xindun.record.reference"
    label = "reference"
    verbose_name = "reference"
    default_auto_field = "django.db.models.BigAutoField"
