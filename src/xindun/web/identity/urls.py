"""Addresses about the company behind a buyer, and about companies that no ledger has named."""

from __future__ import annotations

from django.urls import path

from xindun.web.identity import merges, prospects, unmatched, views

of_buyer = [
    path("<uuid:public_id>/identity/", views.page, name="identity"),
    path("<uuid:public_id>/identity/match/", views.match, name="identity-match"),
    path("<uuid:public_id>/identity/unmatch/", views.unmatch, name="identity-unmatch"),
    path("<uuid:public_id>/identity/numbers/", views.number, name="identity-number"),
    path("<uuid:public_id>/identity/merge/", merges.propose, name="identity-merge"),
    path("<uuid:public_id>/identity/unmerge/", merges.undo, name="identity-unmerge"),
]
urlpatterns = [
    path("", prospects.search, name="companies"),
    path("open/", prospects.open_file, name="company-open"),
    path("unmatched/", unmatched.page, name="unmatched"),
    path("unmatched/export/<str:fmt>/", unmatched.export, name="unmatched-export"),
    path("unmatched/prepare/", unmatched.prepare, name="unmatched-prepare"),
    path("unmatched/decide/", unmatched.decide, name="unmatched-decide"),
]
