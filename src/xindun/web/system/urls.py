"""Addresses of the system screen."""

from __future__ import annotations

from django.urls import path

from xindun.web.system import views

urlpatterns = [path("", views.page, name="system")]
