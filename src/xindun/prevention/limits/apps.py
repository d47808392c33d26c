"""The Django application of the limits context."""

from django.apps import AppConfig


class LimitsConfig(AppConfig):
    """Recommended limits as they were given."""

    name = "xindun.prevention.limits"
    label = "limits"
    verbose_name = "limits"
    default_auto_field = "django.db.models.BigAutoField"
