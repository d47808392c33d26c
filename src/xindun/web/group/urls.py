"""Addresses of the group of a buyer's company and of the shares in it."""

from __future__ import annotations

from django.urls import path

from xindun.web.group import shares, views

urlpatterns = [
    path("<uuid:public_id>/group/", views.page, name="buyer-group"),
    path("<uuid:public_id>/group/export/<str:fmt>/", views.export, name="buyer-group-export"),
    path("<uuid:public_id>/group/new/", shares.new, name="buyer-group-new"),
    path("<uuid:public_id>/group/shares/<uuid:link>/", shares.one, name="buyer-group-share"),
]
