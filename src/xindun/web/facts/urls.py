"""Addresses of the facts of a buyer's file."""

from __future__ import annotations

from django.urls import path

from xindun.web.facts import views

urlpatterns = [
    path("<uuid:public_id>/facts/", views.page, name="buyer-facts"),
    path("<uuid:public_id>/facts/open/", views.open_file, name="buyer-facts-open"),
    path("<uuid:public_id>/facts/export/<str:fmt>/", views.export, name="buyer-facts-export"),
    path("<uuid:public_id>/facts/of/<str:kind>/", views.history, name="buyer-facts-history"),
    path(
        "<uuid:public_id>/facts/<uuid:fact>/withdraw/", views.withdraw, name="buyer-facts-withdraw"
    ),
]
