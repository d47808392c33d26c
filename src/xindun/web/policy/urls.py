"""Addresses of the credit policy."""

from __future__ import annotations

from django.urls import path

from xindun.web.policy import draft, history, segments, views

urlpatterns = [
    path("", views.page, name="policy"),
    path("versions/", history.page, name="policy-versions"),
    path("versions/export/<str:fmt>/", history.export, name="policy-versions-export"),
    path("versions/<int:number>/", views.version, name="policy-version"),
    path("versions/<int:number>/yaml/", views.as_yaml, name="policy-yaml"),
    path("versions/<int:number>/document/", views.as_document, name="policy-document"),
    path("draft/", draft.page, name="policy-draft"),
    path("draft/import/", draft.bring, name="policy-draft-import"),
    path("draft/submit/", draft.submit, name="policy-draft-submit"),
    path("draft/discard/", draft.discard, name="policy-draft-discard"),
    path("draft/segments/new/", segments.add, name="policy-segment-new"),
    path("draft/segments/<int:place>/", draft.segment, name="policy-segment"),
    path("draft/segments/<int:place>/change/", segments.change, name="policy-segment-change"),
    path("draft/<str:part>/", draft.edit, name="policy-edit"),
]
