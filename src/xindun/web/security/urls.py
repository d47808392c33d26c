"""Addresses of the sign-in security screens; most names are those that allauth asks for."""

from __future__ import annotations

from django.urls import path

from xindun.web.access import signed_in
from xindun.web.security import factors, views

urlpatterns = [
    path("security/", views.page, name="mfa_index"),
    path("security/", views.page, name="security"),
    path(
        "security/password/",
        signed_in(views.ChangePassword.as_view()),
        name="account_change_password",
    ),
    path(
        "security/password/first/",
        signed_in(views.SetPassword.as_view()),
        name="account_set_password",
    ),
    path("security/app/", signed_in(factors.AddApp.as_view()), name="mfa_activate_totp"),
    path(
        "security/app/remove/", signed_in(factors.RemoveApp.as_view()), name="mfa_deactivate_totp"
    ),
    path("security/codes/", signed_in(factors.ShowCodes.as_view()), name="mfa_view_recovery_codes"),
    path(
        "security/codes/new/",
        signed_in(factors.NewCodes.as_view()),
        name="mfa_generate_recovery_codes",
    ),
    path("security/passkeys/", signed_in(factors.AddPasskey.as_view()), name="mfa_add_webauthn"),
    path(
        "security/passkeys/<int:pk>/name/",
        signed_in(factors.RenamePasskey.as_view()),
        name="mfa_edit_webauthn",
    ),
    path(
        "security/passkeys/<int:pk>/remove/",
        signed_in(factors.RemovePasskey.as_view()),
        name="mfa_remove_webauthn",
    ),
    path(
        "security/confirm/",
        signed_in(factors.ConfirmByPassword.as_view()),
        name="account_reauthenticate",
    ),
    path(
        "security/confirm/code/",
        signed_in(factors.ConfirmByCode.as_view()),
        name="mfa_reauthenticate",
    ),
    path(
        "security/confirm/passkey/",
        signed_in(factors.ConfirmByPasskey.as_view()),
        name="mfa_reauthenticate_webauthn",
    ),
    path("security/sessions/<int:number>/end/", views.end_session, name="session-end"),
    path("security/sessions/end/", views.end_others, name="sessions-end"),
    path("security/rule/", views.rule, name="sign-in-rule"),
    path("company/", views.switch_company, name="company-switch"),
]
