"""Django's entry for the screens."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    """App ``web``: templates, static files, catalogue; no models."""

    name = "xindun.web"
    label = "web"

    def ready(self) -> None:
        """Note as evidence what the libraries tell of sign-in."""
        from xindun.web.signin import evidence

        evidence.listen()
