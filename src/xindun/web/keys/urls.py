"""Addresses of the screens of API keys."""

from __future__ import annotations

from django.urls import path

from xindun.web.keys import views

urlpatterns = [
    path("", views.page, name="keys"),
    path("export/<str:fmt>/", views.export, name="keys-export"),
    path("<uuid:public_id>/rotate/", views.rotate, name="key-rotate"),
    path("<uuid:public_id>/revoke/", views.revoke, name="key-revoke"),
]
