"""What a worker does for sign-in: clear away what has ended."""

from __future__ import annotations

from importlib import import_module

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from xindun.kit.jobs import app
from xindun.kit.tenancy import tenant_scope
from xindun.record.signin.actions import forget_old
from xindun.record.tenants.actions import forget_unanswered
from xindun.record.tenants.reads import all_tenant_ids

CACHE_OVER = "DELETE FROM django_cache WHERE expires < %s"


@app.periodic(cron="17 * * * *")
@app.task(name="signin.clear", queue="signin", queueing_lock="signin.clear")
def clear(timestamp: int) -> None:  # noqa: ARG001 - the scheduler passes its tick
    """Delete ended sessions, old counts of wrong guesses, addresses of invitations that nobody
    answered, and what the cache keeps no longer.

    A session that nobody comes back to is never looked at again, so nothing else would delete it,
    nor the network address that was noted with it.
    """
    now = timezone.now()
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    alive = Session.objects.values("session_key")
    UserSession.objects.exclude(session_key__in=alive).delete()
    forget_old(now)
    for tenant_id in all_tenant_ids():
        with tenant_scope(tenant_id):
            forget_unanswered(now)
    with connection.cursor() as cursor:
        cursor.execute(CACHE_OVER, [now])
