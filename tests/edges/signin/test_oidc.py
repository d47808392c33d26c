"""Sign-in by another provider, which runs on this machine with a key of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client

from tests.edges.signin.conftest import Person, code_of, set_up_app
from tests.edges.signin.provider import CLIENT, CODE, SECRET, OpenIdProvider, running
from xindun.config.oidc import Oidc, OidcIncomplete, OidcNotEncrypted, oidc_settings


@pytest.fixture
def provider(settings: Any) -> Iterator[OpenIdProvider]:
    with running() as found:
        settings.OIDC = Oidc(found.url, CLIENT, SECRET, "Office", frozenset({"127.0.0.1"}), False)
        settings.XINDUN_OUTGOING_ALLOW = ("http://127.0.0.1",)
        app = {"provider_id": "oidc", "name": "Office", "client_id": CLIENT, "secret": SECRET}
        app["settings"] = {"server_url": found.url, "fetch_userinfo": False}
        settings.SOCIALACCOUNT_PROVIDERS = {
            "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}
        }
        yield found


def come_back(client: Client, provider: OpenIdProvider, **claims: Any) -> Any:
    """Go to the provider, sign in there, and come back with its code."""
    to = client.post("/login/provider/", {"next": "/security/"})
    query = {name: values[0] for name, values in parse_qs(urlsplit(to["Location"]).query).items()}
    assert to["Location"].startswith(f"{provider.url}/authorize?")
    assert query["code_challenge_method"] == "S256"
    provider.challenge = query["code_challenge"]
    provider.claims = claims
    back = urlsplit(query["redirect_uri"]).path
    return client.get(back, {"code": CODE, "state": query["state"]})


def amys(amy: Person) -> dict[str, Any]:
    return {"sub": "42", "email": amy.email.upper(), "email_verified": True, "name": "Amy"}


def refused(answer: Any, client: Client, words: str) -> None:
    assert answer["Location"] == "/login/"
    assert words in client.get("/login/").content.decode()
    assert client.get("/security/").status_code == 302
    assert not SocialAccount.objects.exists()


def test_a_login_s_verified_address_signs_in_and_is_tied_to_the_person(
    amy: Person, provider: OpenIdProvider
) -> None:
    page = Client().get("/login/").content.decode()
    assert "Sign in with Office" in page
    client = Client()
    answer = come_back(client, provider, **amys(amy))
    assert answer["Location"] == "/security/"
    assert client.get("/security/").status_code == 200
    assert amy.kinds(1) == ["sign_in_provider_linked", "signed_in"]
    assert amy.records()[-1].result == {"methods": ["socialaccount"]}
    (tied,) = SocialAccount.objects.all()
    assert (tied.uid, tied.extra_data) == ("42", {})
    # From now on the number counts, whatever address the provider names.
    again = Client()
    come_back(again, provider, sub="42", email="boss@office.example", email_verified=True)
    assert again.get("/security/").status_code == 200
    assert amy.kinds() == ["sign_in_provider_linked", "signed_in", "signed_in"]
    assert set(provider.asked) == {"/.well-known/openid-configuration", "/token", "/keys"}


def test_unknown_and_unverified_addresses_are_refused(
    amy: Person, provider: OpenIdProvider
) -> None:
    client = Client()
    unknown = amys(amy) | {"email": "nobody@nowhere.example"}
    refused(come_back(client, provider, **unknown), client, "Nobody signs in with the address")
    unverified = amys(amy) | {"email_verified": False}
    refused(come_back(client, provider, **unverified), client, "has not verified your address")


@pytest.mark.parametrize("bent", ["another key", "another audience", "no signature", "expired"])
def test_a_token_that_the_issuer_did_not_sign_for_us_is_refused(
    bent: str, amy: Person, provider: OpenIdProvider
) -> None:
    claims = amys(amy)
    match bent:
        case "another key":
            provider.signing = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        case "another audience":
            claims["aud"] = "somebody-else"
        case "no signature":
            provider.signing, provider.algorithm = None, "none"
        case "expired":
            claims["exp"] = 1
    client = Client()
    refused(come_back(client, provider, **claims), client, "did not work")


def test_no_other_host_is_called(amy: Person, provider: OpenIdProvider) -> None:
    provider.overrides = {"jwks_uri": "http://localhost:9/keys"}
    client = Client()
    refused(come_back(client, provider, **amys(amy)), client, "did not work")


def test_an_answer_that_nobody_asked_for_is_refused(amy: Person, provider: OpenIdProvider) -> None:
    client = Client()
    answer = client.get("/login/oidc/return/", {"code": CODE, "state": "made-up"})
    refused(answer, client, "did not work")
    assert provider.asked == []


def test_a_closed_login_stays_closed(amy: Person, provider: OpenIdProvider) -> None:
    row = amy.row
    row.is_active = False
    row.save()
    client = Client()
    answer = come_back(client, provider, **amys(amy))
    assert answer["Location"] == "/login/"
    assert client.get("/security/").status_code == 302


def test_a_second_factor_is_asked_for_here_too(amy: Person, provider: OpenIdProvider) -> None:
    secret, _codes = set_up_app(amy.sign_in())
    client = Client()
    assert come_back(client, provider, **amys(amy))["Location"] == "/login/code/"
    assert client.get("/security/").status_code == 302
    client.post("/login/code/", {"code": code_of(secret, ahead=1)})
    assert client.get("/security/").status_code == 200


def test_without_a_provider_there_is_no_way_to_one(amy: Person) -> None:
    assert "/login/provider/" not in Client().get("/login/").content.decode()
    assert Client().post("/login/provider/").status_code == 404
    assert Client().get("/login/oidc/return/").status_code == 404


def test_half_a_provider_and_one_without_tls_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CLIENT_ID", "CLIENT_SECRET", "CLIENT_SECRET_FILE", "HOSTS", "NAME"):
        monkeypatch.delenv(f"XINDUN_OIDC_{name}", raising=False)
    monkeypatch.setenv("XINDUN_OIDC_URL", "http://login.example/realm/")
    with pytest.raises(OidcIncomplete):
        oidc_settings()
    monkeypatch.setenv("XINDUN_OIDC_CLIENT_ID", CLIENT)
    monkeypatch.setenv("XINDUN_OIDC_CLIENT_SECRET", SECRET)
    with pytest.raises(OidcNotEncrypted):
        oidc_settings()
    monkeypatch.setenv("XINDUN_OIDC_URL", "https://login.example/realm/")
    monkeypatch.setenv("XINDUN_OIDC_HOSTS", "keys.example")
    found = oidc_settings()
    assert found is not None
    assert found.url == "https://login.example/realm"
    assert found.origins == ["https://login.example", "https://keys.example"]
