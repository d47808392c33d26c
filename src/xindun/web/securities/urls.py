"""Addresses of the register; ``of_buyer`` stand below a buyer."""

from __future__ import annotations

from django.urls import path

from xindun.web.securities import views

urlpatterns = [
    path("", views.page, name="securities"),
    path("export/<str:fmt>/", views.export, name="securities-export"),
    path("<uuid:public_id>/", views.one, name="security-one"),
    path("<uuid:public_id>/preserve/", views.preserve, name="security-preserve"),
    path("<uuid:public_id>/release/", views.release, name="security-release"),
]
of_buyer = [
    path("<uuid:public_id>/securities/new/", views.new, name="security-new"),
]
