"""Addresses of the screens of people."""

from __future__ import annotations

from django.urls import path

from xindun.web.approvals.views import propose_owner
from xindun.web.people import inviting, lending, person, views

urlpatterns = [
    path("", views.page, name="people"),
    path("export/<str:fmt>/", views.export, name="people-export"),
    path("invite/", inviting.invite, name="people-invite"),
    path("invitations/<uuid:public_id>/renew/", inviting.renew, name="invitation-renew"),
    path("invitations/<uuid:public_id>/revoke/", inviting.revoke, name="invitation-revoke"),
    path("join/<str:token>/", inviting.join, name="invitation"),
    path("delegations/", lending.page, name="delegations"),
    path("delegations/export/<str:fmt>/", lending.export, name="delegations-export"),
    path("delegations/<uuid:public_id>/revoke/", lending.revoke, name="delegation-revoke"),
    path("<uuid:public_id>/", person.page, name="person"),
    path("<uuid:public_id>/role/", person.change_role, name="person-role"),
    path("<uuid:public_id>/owner/", propose_owner, name="person-owner"),
    path("<uuid:public_id>/deactivate/", person.deactivate, name="person-deactivate"),
    path("<uuid:public_id>/reactivate/", person.reactivate, name="person-reactivate"),
]
