"""Addresses of the documents in a buyer's file."""

from __future__ import annotations

from django.urls import path

from xindun.web.files import views

urlpatterns = [
    path("<uuid:public_id>/files/", views.page, name="buyer-files"),
    path("<uuid:public_id>/files/export/<str:fmt>/", views.export, name="buyer-files-export"),
    path("<uuid:public_id>/files/<uuid:document>/", views.download, name="buyer-file"),
]
