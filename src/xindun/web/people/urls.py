"""Addresses of the screens of people."""

from __future__ import annotations

from django.urls import path

from xindun.web.people import lending, person, views

urlpatterns = [
    path("", views.page, name="people"),
    path("export/<str:fmt>/", views.export, name="people-export"),
    path("delegations/", lending.page, name="delegations"),
    path("delegations/<uuid:public_id>/revoke/", lending.revoke, name="delegation-revoke"),
    path("<uuid:public_id>/", person.page, name="person"),
    path("<uuid:public_id>/role/", person.change_role, name="person-role"),
    path("<uuid:public_id>/deactivate/", person.deactivate, name="person-deactivate"),
    path("<uuid:public_id>/reactivate/", person.reactivate, name="person-reactivate"),
]
