"""Addresses of one buyer's credit file."""

from __future__ import annotations

from django.urls import path

from xindun.web.buyer import views

urlpatterns = [
    path("<uuid:public_id>/", views.page, name="buyer"),
    path("<uuid:public_id>/documents/", views.documents, name="buyer-documents"),
    path("<uuid:public_id>/documents/<str:fmt>/", views.export, name="buyer-documents-export"),
]
