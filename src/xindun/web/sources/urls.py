"""Addresses of the sources of reports."""

from __future__ import annotations

from django.urls import path

from xindun.web.sources import views

urlpatterns = [
    path("", views.page, name="sources"),
    path("<slug:code>/key/", views.key, name="source-key"),
]
