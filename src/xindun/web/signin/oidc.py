"""Sign-in by the company's own provider (OpenID Connect).

What a reader would get wrong: the provider vouches for an address; the login must exist already.
The first time, provider and login are tied by the provider's own number for the person, so a later
change of address there lets nobody into another's login. Every call goes to the configured
provider through ``kit.outgoing``, and the token's signature is always checked.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping
from types import TracebackType
from typing import Any, NoReturn
from urllib.parse import urlencode, urlsplit

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xindun.config.oidc import PROVIDER_ID, Oidc
from xindun.kernel.errors import DomainError
from xindun.kit.outgoing import Answer, send
from xindun.record.signin.actions import Happened
from xindun.record.signin.reads import plain_email
from xindun.web.signin.evidence import tell

ANSWER_BYTES = 512 * 1024


class ProviderAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Whom the provider's word lets in."""

    def is_open_for_signup(self, _request: HttpRequest, _sociallogin: SocialLogin) -> bool:
        """Nobody signs up by a provider either."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Tie the provider's person to the login of the same address, the first time."""
        if sociallogin.is_existing:
            return
        claims = sociallogin.claims
        if claims.get("email_verified") is not True and not _provider().trust_email:
            _back(
                request,
                _("The other provider has not verified your address, so it cannot sign you in."),
            )
        email = plain_email(str(claims.get("email") or ""))
        user: Any = get_user_model().objects.filter(email=email).first() if email else None
        if user is None:
            _back(
                request,
                _(
                    "Nobody signs in with the address that the other provider names. Ask an owner "
                    "of your company to let you in."
                ),
            )
        with transaction.atomic():
            sociallogin.connect(request, user)
            tell(Happened.PROVIDER_LINKED, request, user)

    def on_authentication_error(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> None:
        """Back to sign-in, whatever went wrong on the way."""
        _back(
            request,
            _("The sign-in at the other provider did not work. Try again, or sign in another way."),
        )

    def get_requests_session(self) -> Calls:
        """What allauth calls the provider with."""
        return Calls()


def _back(request: HttpRequest, sentence: str) -> NoReturn:
    messages.error(request, sentence)
    raise ImmediateHttpResponse(HttpResponseRedirect(resolve_url("login")))


class Calls:
    """The little of a ``requests`` session that allauth uses, through the guarded door."""

    def __enter__(self) -> Calls:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        """Nothing is left open."""

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Said:
        """Fetch a document of the provider's."""
        return self.request("GET", url, headers=headers)

    def request(
        self,
        method: str,
        url: str,
        *,
        data: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        auth: Any = None,
        params: None = None,  # noqa: ARG002 - allauth passes it, always empty
    ) -> Said:
        """Call the provider.

        Raises:
            OAuth2Error: another host than the provider's, or no usable answer.
        """
        if urlsplit(url).hostname not in _provider().hosts:
            raise OAuth2Error("not a host of the provider")
        sent = {"Accept": "application/json", **(headers or {})}
        if data:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        if auth is not None:
            pair = f"{auth.username}:{auth.password}".encode()
            sent["Authorization"] = f"Basic {b64encode(pair).decode()}"
        body = urlencode(data or {}).encode()
        try:
            return Said(send(method, url, body=body, headers=sent, limit=ANSWER_BYTES))
        except DomainError as error:
            raise OAuth2Error(error.code) from error


class Said:
    """An answer, as allauth reads one."""

    def __init__(self, answer: Answer) -> None:
        self.status_code = answer.status
        self.headers = {"content-type": "", **answer.headers}
        self.content = answer.body
        self.text = answer.body.decode("utf-8", "replace")

    def json(self) -> Any:
        """The body as JSON.

        Raises:
            OAuth2Error: it is none.
        """
        try:
            return json.loads(self.content)
        except ValueError as error:
            raise OAuth2Error("not JSON") from error

    def raise_for_status(self) -> None:
        """Refuse anything but success.

        Raises:
            OAuth2Error: as the name says.
        """
        if not 200 <= self.status_code < 300:
            raise OAuth2Error(f"status {self.status_code}")


class Provider(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """allauth's, with the signature checked although the token came straight from the issuer."""

    def _decode_id_token(self, app: Any, id_token: str) -> dict[str, Any]:
        try:
            claims: dict[str, Any] = jwtkit.verify_and_decode(
                credential=id_token,
                keys_url=self.openid_config["jwks_uri"],
                issuer=self.openid_config["issuer"],
                audience=app.client_id,
                lookup_kid=jwtkit.lookup_kid_jwk,
            )
        except (KeyError, TypeError, ValueError) as error:
            raise OAuth2Error("a token that cannot be checked") from error
        if self.openid_config["issuer"].rstrip("/") != _provider().url:
            raise OAuth2Error("another issuer")
        return claims

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **about: Any) -> Any:
        """The person as the signed token names them; without one there is nobody."""
        if not about["response"].get("id_token"):
            raise OAuth2Error("no token that names a person")
        login = super().complete_login(request, app, token, **about)
        # What the token says is used and forgotten: allauth would keep it beside the login.
        login.claims, login.account.extra_data = login.account.extra_data["id_token"], {}
        return login


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Lead the browser to the provider; a POST, so that no other page can start it."""
    return _with_provider(request, OAuth2LoginView)


@require_safe
def finish_of(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Take what the provider sent the browser back with."""
    if provider_id != PROVIDER_ID:
        raise Http404
    return _with_provider(request, OAuth2CallbackView)


def _provider() -> Oidc:
    """The configured provider; where there is none, there is no such address."""
    if settings.OIDC is None:
        raise Http404
    return settings.OIDC


def _with_provider(request: HttpRequest, view: Any) -> HttpResponse:
    _provider()
    answer: HttpResponse = view.adapter_view(Provider(request, PROVIDER_ID))(request)
    return answer
