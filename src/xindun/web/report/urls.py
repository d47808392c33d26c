"""The address of a buyer's credit report."""

from __future__ import annotations

from django.urls import path

from xindun.web.report import views

urlpatterns = [path("<uuid:public_id>/report.pdf", views.report, name="credit-report")]
