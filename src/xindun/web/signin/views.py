"""Sign-in: Django's view; the person's own language comes along."""

from __future__ import annotations

from typing import Any, cast

from django.contrib.auth import views
from django.http import HttpResponse

from xindun.record.tenants.values import Language
from xindun.web.language.views import keep_language
from xindun.web.signin.forms import SignInForm


class SignIn(views.LoginView):
    """Asks for address and password; somebody already signed in goes on to the console."""

    template_name = "web/signin/page.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form: Any) -> HttpResponse:
        """Sign in and switch to the language the person chose last."""
        response = super().form_valid(form)
        keep_language(response, Language(cast("Any", form.get_user()).language))
        return response


class SignOut(views.LogoutView):
    """Ends the session; a POST only, so that no link can do it."""
