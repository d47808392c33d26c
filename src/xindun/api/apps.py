"""Django's entry for the interface: its tables, and the check that no operation is unguarded."""

from __future__ import annotations

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """App ``api``."""

    name = "xindun.api"
    label = "api"
    default_auto_field = "django.db.models.BigAutoField"
