"""Django's entry for bureau connectors."""

from __future__ import annotations

from django.apps import AppConfig


class BureauConfig(AppConfig):
    """App ``bureau``."""

    name = "xindun.connectors.bureau"
