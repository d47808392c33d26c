"""Addresses of sign-in; most names are those that allauth asks for."""

from __future__ import annotations

from django.urls import path
from django.views.generic import RedirectView

from xindun.web.signin import oidc, views

sign_in = views.SignIn.as_view()
sign_out = views.SignOut.as_view()

urlpatterns = [
    path("login/", sign_in, name="account_login"),
    path("login/", sign_in, name="login"),
    path("logout/", sign_out, name="account_logout"),
    path("logout/", sign_out, name="logout"),
    path("login/code/", views.SecondStep.as_view(), name="mfa_authenticate"),
    path("login/passkey/", views.PasskeySignIn.as_view(), name="mfa_login_webauthn"),
    path("login/forgotten/", views.AskForReset.as_view(), name="account_reset_password"),
    path("login/forgotten/sent/", views.ResetAsked.as_view(), name="account_reset_password_done"),
    path(
        "login/new-password/<str:uidb36>/<str:key>/",
        views.NewPassword.as_view(),
        name="account_reset_password_from_key",
    ),
    path(
        "login/new-password/done/",
        RedirectView.as_view(pattern_name="login"),
        name="account_reset_password_from_key_done",
    ),
    path("login/provider/", oidc.begin, name="oidc-begin"),
    # allauth builds its return address from this name, for the provider of any number.
    path("login/<str:provider_id>/return/", oidc.finish_of, name="openid_connect_callback"),
]
