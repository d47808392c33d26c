"""Addresses of the exchange rates."""

from __future__ import annotations

from django.urls import path

from xindun.web.rates import views

urlpatterns = [
    path("", views.page, name="rates"),
    path("export/<str:fmt>/", views.export, name="rates-export"),
]
