"""Addresses of the screening."""

from __future__ import annotations

from django.urls import path

from xindun.web.screening import hits, lists

urlpatterns = [
    path("", hits.page, name="hits"),
    path("export/<str:fmt>/", hits.export, name="hits-export"),
    path("lists/", lists.page, name="screening-lists"),
    path("lists/watch/", lists.watch, name="watch-list"),
    path("lists/settings/", lists.settings, name="screening-settings"),
    path("<uuid:public_id>/", hits.one, name="hit"),
]
