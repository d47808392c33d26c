"""Addresses of the inbox of proposals."""

from __future__ import annotations

from django.urls import path

from xindun.web.approvals import views

urlpatterns = [
    path("", views.page, name="approvals"),
    path("export/<str:fmt>/", views.export, name="approvals-export"),
    path("rule/", views.propose_rule, name="approvals-rule"),
    path("<uuid:public_id>/approve/", views.approve, name="approval-approve"),
    path("<uuid:public_id>/refuse/", views.refuse, name="approval-refuse"),
]
