"""Addresses of the personal data screens."""

from __future__ import annotations

from django.urls import path

from xindun.web.privacy import views

urlpatterns = [
    path("", views.page, name="privacy"),
    path("own.json", views.own, name="privacy-own"),
    path("people/export/<str:fmt>/", views.export, name="privacy-export"),
    path("people/<uuid:public_id>/", views.one, name="privacy-person"),
    path("people/<uuid:public_id>/data.json", views.download, name="privacy-download"),
]
