"""Addresses of the reports on a buyer."""

from __future__ import annotations

from django.urls import path

from xindun.web.reports import views

urlpatterns = [
    path("<uuid:public_id>/reports/", views.page, name="buyer-reports"),
    path("<uuid:public_id>/reports/open/", views.open_file, name="buyer-reports-open"),
    path("<uuid:public_id>/reports/export/<str:fmt>/", views.export, name="buyer-reports-export"),
    path("<uuid:public_id>/reports/<uuid:enquiry_id>/", views.enquiry, name="buyer-report"),
    path(
        "<uuid:public_id>/reports/<uuid:enquiry_id>/progress/",
        views.progress,
        name="buyer-report-progress",
    ),
]
