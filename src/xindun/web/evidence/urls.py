"""Addresses of the evidence screens."""

from __future__ import annotations

from django.urls import path

from xindun.web.evidence import records, views

urlpatterns = [
    path("", records.page, name="evidence"),
    path("export/<str:fmt>/", records.export, name="evidence-export"),
    path("checkpoint.txt", views.checkpoint, name="evidence-checkpoint"),
    path("evidence.jsonl", views.everything, name="evidence-everything"),
    path("keys.txt", views.keys, name="evidence-keys"),
    path("<uuid:public_id>/", views.one, name="evidence-record"),
    path("<uuid:public_id>/replay/", views.replay, name="evidence-replay"),
]
