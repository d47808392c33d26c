"""The findings of ``config/production.py`` as people read them, by name."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

UNSAFE: dict[str, Any] = {
    "secrets": _("Other accounts of this machine can read the file of secrets."),
    "home_closed": _("Other accounts of this machine can enter the data folder."),
    "secret_key": _("XINDUN_SECRET_KEY is so short that it can be guessed."),
    "backup": _("There is no backup of the last seven days, or the last one is not encrypted."),
    "debug": _("XINDUN_DEBUG shows errors with their code to every visitor."),
    "hosts": _("XINDUN_ALLOWED_HOSTS allows every host name."),
    "address": _(
        "XINDUN_PUBLIC_URL names no https address, so sign-ins cross the network readable."
    ),
    "mail": _("No mail server is named (XINDUN_MAIL_URL); links are handed over by hand."),
    "worker": _("No worker runs; “xindun up” starts one."),
    "second_factors": _("An owner signs in with a password alone; a second factor is missing."),
    "demo_user": _(
        "The demo's login can sign in from outside; keep real companies in a folder of their own."
    ),
}
