"""Addresses of the list of buyers."""

from __future__ import annotations

from django.urls import path

from xindun.web.buyers import views

urlpatterns = [
    path("", views.page, name="buyers"),
    path("export/<str:fmt>/", views.export, name="buyers-export"),
]
