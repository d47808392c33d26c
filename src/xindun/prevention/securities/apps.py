"""The Django application of the securities context."""

from django.apps import AppConfig


class SecuritiesConfig(AppConfig):
    """The register of securities."""

    name = "xindun.prevention.securities"
    label = "securities"
    verbose_name = "securities"
    default_auto_field = "django.db.models.BigAutoField"
