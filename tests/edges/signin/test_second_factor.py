"""A second factor: set up, asked for, used once, and demanded by a company."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from tests.edges.signin.conftest import (
    PASSWORD,
    Person,
    code_of,
    make_person,
    set_up_app,
)
from xindun.kit.sealing import SealBroken
from xindun.kit.tenancy import tenant_scope
from xindun.record.evidence import reads as evidence
from xindun.record.tenants.values import Role
from xindun.web.signin.adapter import FactorAdapter


def test_an_app_is_asked_for_after_the_password_and_each_code_works_once(amy: Person) -> None:
    secret, codes = set_up_app(amy.sign_in())
    assert len(codes) == 10
    assert amy.kinds(1)[-2:] == ["second_factor_added", "recovery_codes_made"]
    client = amy.sign_in()
    assert client.get("/")["Location"] == "/login/?next=/"
    wrong = client.post("/login/code/", {"code": "abc"}).content.decode()
    assert "not right, or was used already" in wrong
    code = code_of(secret, ahead=1)
    assert client.post("/login/code/", {"code": code})["Location"] == "/"
    assert amy.records()[-1].result == {"methods": ["password", "mfa"]}
    again = amy.sign_in()
    assert again.post("/login/code/", {"code": code}).status_code == 200
    assert again.post("/login/code/", {"code": codes[0]})["Location"] == "/"
    third = amy.sign_in()
    assert third.post("/login/code/", {"code": codes[0]}).status_code == 200


def test_guesses_at_a_code_wait_and_are_noted(amy: Person) -> None:
    secret, _codes = set_up_app(amy.sign_in())
    client = amy.sign_in()
    for _ in range(5):
        client.post("/login/code/", {"code": "000000"})
    held = client.post("/login/code/", {"code": code_of(secret, ahead=1)})
    assert "Too many wrong attempts" in held.content.decode()
    noted = amy.records()[-1]
    assert (noted.kind, noted.result["factor"]) == ("sign_in_held_back", "code")


def test_the_secret_and_the_codes_do_not_stand_in_the_database(amy: Person) -> None:
    secret, codes = set_up_app(amy.sign_in())
    stored = " ".join(str(each.data) for each in Authenticator.objects.all())
    assert secret not in stored
    assert not any(code in stored for code in codes)


def test_a_replaced_secret_key_signs_nobody_out_and_keeps_factors_readable(
    amy: Person, settings: Any
) -> None:
    signed_in = amy.sign_in()
    secret, codes = set_up_app(signed_in)
    former, settings.SECRET_KEY = (
        settings.SECRET_KEY,
        "another-key-of-more-than-fifty-characters-in-all-now",
    )
    settings.SECRET_KEY_FALLBACKS = [former]
    assert signed_in.get("/security/").status_code == 200
    client = amy.sign_in()
    assert client.post("/login/code/", {"code": code_of(secret, ahead=1)})["Location"] == "/"
    other = amy.sign_in()
    assert other.post("/login/code/", {"code": codes[0]})["Location"] == "/"
    settings.SECRET_KEY_FALLBACKS = []
    # The session was signed anew in passing; the codes, which nobody can read now, count as none.
    assert signed_in.get("/security/").status_code == 200
    with pytest.raises(SealBroken):
        unsealed_factors()
    answer = amy.sign_in().post("/login/code/", {"code": code_of(secret, ahead=1)})
    assert answer.status_code == 200
    assert "the secret key of the installation has changed" in answer.content.decode()
    settings.SECRET_KEY_FALLBACKS = ["some-other-key", former]
    assert secret in unsealed_factors()


def unsealed_factors() -> list[str]:
    adapter = FactorAdapter()
    rows = Authenticator.objects.filter(type=Authenticator.Type.TOTP)
    return [adapter.decrypt(row.data["secret"]) for row in rows]


def test_recovery_codes_are_shown_once(amy: Person) -> None:
    client = amy.sign_in()
    _secret, codes = set_up_app(client)
    page = client.get("/security/codes/").content.decode()
    assert "shown only once" in page
    assert not any(code in page for code in codes)
    client.post("/security/codes/new/")
    new = client.get("/security/codes/").content.decode()
    assert "only time you see these codes" in new
    assert not any(code in new for code in codes)
    assert amy.kinds()[-1] == "recovery_codes_made"


def test_security_is_changed_only_by_who_proved_themselves_lately(amy: Person) -> None:
    client = amy.sign_in()
    session = client.session
    session["signed_in_at"] -= 600
    session.save()
    asked = client.get("/security/app/")
    assert asked["Location"] == "/security/confirm/?next=%2Fsecurity%2Fapp%2F"
    wrong = client.post("/security/confirm/", {"password": "wrong", "next": "/security/app/"})
    assert "not your password" in wrong.content.decode()
    right = client.post("/security/confirm/", {"password": PASSWORD, "next": "/security/app/"})
    assert right["Location"] == "/security/app/"
    set_up_app(client)
    ruled = client.post("/security/rule/", {"second_factor": "on"})
    assert ruled["Location"] == "/security/"


def test_a_company_leads_members_to_set_one_up_before_anything_else(amy: Person) -> None:
    owner = amy.sign_in()
    refused = owner.post("/security/rule/", {"second_factor": "on"}, follow=True)
    assert "of your own before you ask everybody" in refused.content.decode()
    set_up_app(owner)
    owner.post("/security/rule/", {"second_factor": "on"})
    bo = make_person("bo@office.example", amy.tenant_ids[0], role=Role.ANALYST)
    member = bo.sign_in()
    for address in ("/", "/buyers/", "/imports/"):
        assert member.get(address)["Location"] == "/security/", address
    partial = member.get("/buyers/", headers={"HX-Request": "true"})
    assert partial["HX-Redirect"] == "/security/"
    assert "asks everybody for a second factor" in member.get("/security/").content.decode()
    assert member.post("/security/rule/", {}).status_code == 403
    set_up_app(member)
    assert member.get("/imports/").status_code == 200
    kept = member.post("/security/app/remove/", follow=True).content.decode()
    assert "A company you belong to asks for a second factor" in kept
    assert member.get("/imports/").status_code == 200
    owner.post("/security/rule/", {})
    assert member.post("/security/app/remove/")["Location"] == "/security/"
    assert bo.kinds()[-1] == "second_factor_removed"


def test_the_rule_is_evidence_of_the_company(amy: Person) -> None:
    client = amy.sign_in()
    set_up_app(client)
    for asked in ({"second_factor": "on"}, {"second_factor": "on"}, {}):
        client.post("/security/rule/", asked)
    with tenant_scope(amy.tenant_ids[0]):
        noted = evidence.latest(kind="sign_in_rule_changed")
    assert [each.result["second_factor"] for each in noted] == [False, True]


def test_a_half_signed_in_browser_is_nobody(amy: Person) -> None:
    set_up_app(amy.sign_in())
    half = amy.sign_in()
    for address in ("/security/", "/security/app/", "/security/codes/", "/imports/"):
        assert half.get(address).status_code == 302, address
        assert "/login/" in half.get(address)["Location"], address
    assert Client().get("/login/code/")["Location"] == "/login/"


def test_an_open_console_makes_no_key_for_who_sits_down_at_it(amy: Person) -> None:
    client = amy.sign_in()
    session = client.session
    session["signed_in_at"] -= 600
    session.save()
    where = reverse("keys")
    assert client.get(where).status_code == 200
    asked = client.post(where, {"name": "Ledger", "scopes": ["ledger.read"], "days": "90"})
    assert asked["Location"].startswith("/security/confirm/?next=")
    with tenant_scope(amy.tenant_ids[0]):
        assert evidence.latest(kind="key_created") == []
    # The change goes on where it stopped, with what was typed.
    done = client.post("/security/confirm/", {"password": PASSWORD, "next": where})
    assert done.status_code in (200, 302)
    assert "Ledger" in client.get(where).content.decode()
