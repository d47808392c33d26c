"""Django's entry for webhooks."""

from __future__ import annotations

from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    """App ``webhooks``."""

    name = "xindun.connectors.webhooks"
