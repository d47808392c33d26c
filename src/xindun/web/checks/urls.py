"""Addresses of a buyer's checks."""

from __future__ import annotations

from django.urls import path

from xindun.web.checks import views

urlpatterns = [
    path("<uuid:public_id>/checks/", views.page, name="buyer-checks"),
    path("<uuid:public_id>/checks/proof/", views.proof, name="buyer-proof"),
    path("<uuid:public_id>/checks/waiver/", views.waiver, name="buyer-waiver"),
    path("<uuid:public_id>/checks/screen/", views.screen, name="buyer-screen"),
]
