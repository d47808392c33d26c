"""Addresses of the worklist and of one request; ``of_buyer`` stand below a buyer."""

from __future__ import annotations

from django.urls import path

from xindun.web.limits import one, tab, worklist

urlpatterns = [
    path("", worklist.page, name="limits"),
    path("export/<str:fmt>/", worklist.export, name="limits-export"),
    path("<uuid:public_id>/", one.page, name="limit-request"),
    path("<uuid:public_id>/take-back/", one.take_back, name="limit-request-take-back"),
]
of_buyer = [
    path("<uuid:public_id>/limit/", tab.page, name="buyer-limit"),
    path("<uuid:public_id>/limit/change/", tab.change, name="buyer-limit-change"),
    path("<uuid:public_id>/limit/insured/", tab.insured, name="buyer-limit-insured"),
]
