"""Addresses of the company's own credit page."""

from __future__ import annotations

from django.urls import path

from xindun.web.own_credit import corrections, views

urlpatterns = [
    path("", views.page, name="own-credit"),
    path("withdraw/", views.withdraw, name="own-credit-withdraw"),
    path("corrections/", corrections.log, name="own-corrections"),
    path("corrections/new/", corrections.new, name="own-correction-new"),
    path("corrections/export/<str:fmt>/", corrections.export, name="own-corrections-export"),
    path("corrections/<uuid:public_id>/", corrections.one, name="own-correction"),
]
