"""Addresses of the list for today."""

from __future__ import annotations

from django.urls import path

from xindun.web.today import views

urlpatterns = [
    path("", views.page, name="today"),
    path("export/<str:fmt>/", views.export, name="today-export"),
    path("<int:action_id>/", views.mark, name="today-mark"),
]
