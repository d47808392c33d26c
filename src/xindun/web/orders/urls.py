"""Addresses of held orders and credit checks, and of a buyer's orders."""

from __future__ import annotations

from django.urls import path

from xindun.web.orders import buyer, decision, worklist

urlpatterns = [
    path("held/", worklist.page, name="orders-held"),
    path("held/export/<str:fmt>/", worklist.export, name="orders-held-export"),
    path("held/<uuid:public_id>/release/", decision.release, name="hold-release"),
    path("held/<uuid:public_id>/refuse/", decision.refuse, name="hold-refuse"),
    path("checks/<uuid:public_id>/", decision.page, name="credit-check"),
]
of_buyer = [
    path("<uuid:public_id>/orders/", buyer.page, name="buyer-orders"),
    path("<uuid:public_id>/orders/export/<str:fmt>/", buyer.export, name="buyer-orders-export"),
    path("<uuid:public_id>/orders/stop/", buyer.stop, name="buyer-orders-stop"),
    path("<uuid:public_id>/orders/lift/<uuid:stop_id>/", buyer.lift, name="buyer-orders-lift"),
]
