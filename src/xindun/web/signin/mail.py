"""The mail with which a forgotten password is replaced, sent by a worker.

What a reader would get wrong: a job is queued for every address, also for one that nobody signs
in with. Then neither the answer nor its time says whether the address is known. The job holds
the person's number, no address and no key: the key is made when the mail is written.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.mail import send_mail
from django.db import DEFAULT_DB_ALIAS
from django.urls import reverse
from django.utils import translation
from django.utils.http import int_to_base36
from django.utils.translation import gettext as _
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.manager import JobManager
from procrastinate.tasks import configure_task

NOBODY = 0
RESET_TASK = "signin.send_reset"


def ask_for_reset(email: str, *, base: str) -> None:
    """Queue the mail to an address, if somebody signs in with it.

    Args:
        base: the console's address as the person typed it, ending in a slash.
    """
    if not settings.MAIL_IS_SET_UP:
        return
    found = get_user_model().objects.filter(email=email, is_active=True).values_list("pk").first()
    job = configure_task(
        name=RESET_TASK,
        job_manager=JobManager(DjangoConnector(alias=DEFAULT_DB_ALIAS)),
        queue="signin",
    )
    job.defer(user_id=found[0] if found else NOBODY, base=base)


def send_reset(user_id: int, base: str) -> None:
    """Write and send the mail; nothing for nobody."""
    user: Any = get_user_model().objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        return
    key = PasswordResetTokenGenerator().make_token(user)
    path = reverse("account_reset_password_from_key", args=[int_to_base36(user.pk), key])
    with translation.override(user.language):
        send_mail(
            _("Xindun: choose a new password"),
            _(
                "Somebody, probably you, asked to replace the password of this address.\n\n"
                "Choose a new one here, within three days:\n%(address)s\n\n"
                "If it was not you, do nothing: your password stays as it is."
            )
            % {"address": base.rstrip("/") + path},
            settings.DEFAULT_FROM_EMAIL,
            [user.email],
        )
