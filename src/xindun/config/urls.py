"""The root of all addresses."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.urls import include, path
from django.views.decorators.http import require_safe


@require_safe
def health(_request: HttpRequest) -> JsonResponse:
    """Answers when this process can serve and its database answers; says nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


urlpatterns = [
    path("health/", health, name="health"),
    path("api/", include("xindun.api.urls")),
    path("", include("xindun.web.urls")),
]

handler400 = "xindun.web.errors.views.bad_request"
handler403 = "xindun.web.errors.views.forbidden"
handler404 = "xindun.web.errors.views.not_found"
handler429 = "xindun.web.errors.views.too_many"
handler500 = "xindun.web.errors.views.server_error"
