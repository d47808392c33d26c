"""Addresses of the import screens."""

from __future__ import annotations

from django.urls import path

from xindun.web.imports import past, views

urlpatterns = [
    path("", views.page, name="imports"),
    path("export/<str:fmt>/", past.export, name="imports-export"),
    path("<uuid:public_id>/", views.batch_page, name="import"),
    path("<uuid:public_id>/progress/", views.progress, name="import-progress"),
    path("<uuid:public_id>/discard/", views.discard, name="import-discard"),
    path("<uuid:public_id>/rejects.csv", views.rejects, name="import-rejects"),
]
