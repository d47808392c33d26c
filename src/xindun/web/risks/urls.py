"""Addresses of country and sector risk."""

from __future__ import annotations

from django.urls import path, register_converter

from xindun.record.reference.values import RiskKind
from xindun.web.risks import views


class KindConverter:
    """``country`` or ``sector`` in an address."""

    regex = "|".join(each.value for each in RiskKind)

    def to_python(self, value: str) -> str:
        """The text itself."""
        return value

    def to_url(self, value: str) -> str:
        """The text itself."""
        return value


register_converter(KindConverter, "risk_kind")

urlpatterns = [
    path("", views.start, name="risks"),
    path("<risk_kind:kind>/", views.page, name="risk-list"),
    path("<risk_kind:kind>/export/<str:fmt>/", views.export, name="risk-list-export"),
    path("<risk_kind:kind>/<str:code>/", views.one, name="risk"),
    path("<risk_kind:kind>/<str:code>/end/", views.end, name="risk-end"),
]
