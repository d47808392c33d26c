"""Addresses of a buyer's financial statements."""

from __future__ import annotations

from django.urls import path

from xindun.web.statements import spreading, views

urlpatterns = [
    path("<uuid:public_id>/statements/", views.page, name="statements"),
    path("<uuid:public_id>/statements/open/", spreading.open_file, name="statements-open"),
    path("<uuid:public_id>/statements/new/", spreading.by_hand, name="statements-new"),
    path("<uuid:public_id>/statements/import/", spreading.from_file, name="statements-import"),
    path("<uuid:public_id>/statements/export/<str:fmt>/", views.export, name="statements-export"),
    path("<uuid:public_id>/statements/<uuid:statement_id>/", views.one, name="statement"),
]
