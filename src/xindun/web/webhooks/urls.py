"""Addresses of the webhook screens."""

from __future__ import annotations

from django.urls import path

from xindun.web.webhooks import deliveries, views

urlpatterns = [
    path("", views.page, name="webhooks"),
    path("new/", views.new, name="webhook-new"),
    path("deliveries/", deliveries.page, name="webhook-deliveries"),
    path("deliveries/export/<str:fmt>/", deliveries.export, name="webhook-deliveries-export"),
    path("deliveries/<uuid:public_id>/", deliveries.one, name="webhook-delivery"),
    path("deliveries/<uuid:public_id>/replay/", deliveries.replay, name="webhook-delivery-replay"),
    path("<uuid:public_id>/", views.one, name="webhook"),
    path("<uuid:public_id>/test/", views.test, name="webhook-test"),
    path("<uuid:public_id>/rotate/", views.rotate, name="webhook-rotate"),
    path("<uuid:public_id>/step/", views.step, name="webhook-step"),
    path("<uuid:public_id>/replay/", views.replay_dead, name="webhook-replay"),
]
