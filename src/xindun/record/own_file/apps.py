"""The Django application of the company's own credit file."""

from django.apps import AppConfig


class OwnFileConfig(AppConfig):
    """Facts and corrections of a tenant."""

    name = "xindun.record.own_file"
    label = "own_file"
    verbose_name = "own credit file"
    default_auto_field = "django.db.models.BigAutoField"
