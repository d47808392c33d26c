"""Addresses for machines that watch: ``/health/``, ``/ready/`` and ``/metrics``.

What a reader would get wrong: a missing worker does not make this process unready. Taking the
console away because imports wait would help nobody; the answer says "degraded" and stays 200.
"""

from __future__ import annotations

import hmac
import logging

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from xindun.config.operations import metrics, state

log = logging.getLogger(__name__)

UNAVAILABLE = 503
LOOPBACK = ("127.0.0.1", "::1")
PASSED_ON = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Via")


@never_cache
@require_safe
def health(_request: HttpRequest) -> JsonResponse:
    """Answers when this process can serve and its database answers; says nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def ready(_request: HttpRequest) -> JsonResponse:
    """Whether requests should be sent here: database, migrations and disk must be well."""
    checks = {"database": "ok", "migrations": "ok", "worker": "ok", "disk": "ok"}
    try:
        state.answers()
        if state.missing_migrations():
            checks["migrations"] = "missing"
        if not state.worker_lives(timezone.now()):
            checks["worker"] = "silent"
    except DatabaseError:
        log.warning("not ready: the database does not answer", exc_info=True)
        checks |= {"database": "no answer", "migrations": "unknown", "worker": "unknown"}
    if state.disk().is_short:
        checks["disk"] = "short"
    needed = all(checks[name] == "ok" for name in ("database", "migrations", "disk"))
    said = "ready" if checks["worker"] == "ok" else "degraded"
    return JsonResponse(
        {"status": said if needed else "not ready", "checks": checks},
        status=200 if needed else UNAVAILABLE,
    )


@never_cache
@require_safe
def metrics_page(request: HttpRequest) -> HttpResponse:
    """Metrics for Prometheus; who may not read them finds no such address."""
    if not may_read_metrics(request):
        raise Http404
    content, kind = metrics.exposed(timezone.now())
    return HttpResponse(content, content_type=kind)


def may_read_metrics(request: HttpRequest) -> bool:
    """Whoever sends the token; without one, programs on this machine that no proxy stands before.

    A proxy on this machine would make every visitor look local, so an installation with a public
    address needs the token.
    """
    token = settings.XINDUN_METRICS_TOKEN
    if token:
        sent = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return hmac.compare_digest(sent.encode(), token.encode())
    local = request.META.get("REMOTE_ADDR") in LOOPBACK
    passed_on = any(name in request.headers for name in PASSED_ON)
    return local and not passed_on and not settings.XINDUN_HAS_PUBLIC_URL
