"""The root of all addresses."""

from __future__ import annotations

from django.urls import include, path

from xindun.config.operations import probes

urlpatterns = [
    path("api/", include("xindun.api.urls")),
    path("health/", probes.health, name="health"),
    path("ready/", probes.ready, name="ready"),
    path("metrics", probes.metrics_page, name="metrics"),
    path("", include("xindun.web.urls")),
]

handler400 = "xindun.web.errors.views.bad_request"
handler403 = "xindun.web.errors.views.forbidden"
handler404 = "xindun.web.errors.views.not_found"
handler429 = "xindun.web.errors.views.too_many"
handler500 = "xindun.web.errors.views.server_error"
