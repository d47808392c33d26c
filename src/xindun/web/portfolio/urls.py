"""Addresses of the portfolio screen."""

from __future__ import annotations

from django.urls import path

from xindun.web.portfolio import views

urlpatterns = [
    path("", views.page, name="portfolio"),
    path("recompute/", views.recompute, name="recompute"),
    path("run-state/", views.run_state, name="run-state"),
]
