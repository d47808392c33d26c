"""Addresses of a buyer's company grade."""

from __future__ import annotations

from django.urls import path

from xindun.web.grade import overrides, views

report_patterns = [
    path("", overrides.report, name="overrides"),
    path("export/<str:fmt>/", overrides.export, name="overrides-export"),
]
urlpatterns = [
    path("<uuid:public_id>/grade/", views.page, name="buyer-grade"),
    path("<uuid:public_id>/grade/again/", views.again, name="buyer-grade-again"),
    path("<uuid:public_id>/grade/replay/", views.replay, name="buyer-grade-replay"),
    path("<uuid:public_id>/grade/end/", views.end, name="buyer-grade-end"),
]
