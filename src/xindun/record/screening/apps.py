"""The Django application of the screening context."""

from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    """Lists, screenings and hits."""

    name = "xindun.record.screening"
    label = "screening"
    verbose_name = "screening"
    default_auto_field = "django.db.models.BigAutoField"
