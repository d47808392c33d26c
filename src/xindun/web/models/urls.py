"""Addresses of the models."""

from __future__ import annotations

from django.urls import path

from xindun.web.models import views

urlpatterns = [
    path("", views.page, name="models"),
    path("export/<str:fmt>/", views.export, name="models-export"),
    path("<slug:reference>/", views.one, name="model"),
    path("<slug:reference>/propose/", views.propose, name="model-propose"),
]
