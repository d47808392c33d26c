"""Passkeys and codes in a real browser, with a virtual device for the passkey."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.edges.signin.conftest import PASSWORD, Person, code_of, make_person, make_tenant

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def amy(live_server: Any) -> Person:
    return make_person("amy@office.example", make_tenant("Office"))


@pytest.fixture
def device(page: Page) -> str:
    """A phone's or computer's own authenticator, which confirms without being asked."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    made = session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return str(made["authenticatorId"])


def sign_in(page: Page, url: str, person: Person) -> None:
    page.goto(f"{url}/login/")
    page.locator("input[name=username]").fill(person.email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(re.compile(r"(?<!/login)/$"))


def sign_out(page: Page, url: str) -> None:
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.wait_for_url(f"{url}/login/")


@pytest.mark.usefixtures("device")
def test_a_passkey_replaces_the_password_and_confirms_changes(
    page: Page, live_server: Any, amy: Person
) -> None:
    url = live_server.url
    sign_in(page, url, amy)
    page.goto(f"{url}/security/")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Name of the passkey").fill("Laptop")
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.get_by_text("the only time you see these codes")).to_be_visible()
    page.get_by_role("link", name="I have kept them").click()
    expect(page.get_by_text("Laptop")).to_be_visible()
    sign_out(page, url)
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(f"{url}/")
    assert amy.records()[-1].result == {"methods": ["mfa"]}
    # With the password alone the second step asks for it.
    sign_out(page, url)
    sign_in(page, url, amy)
    page.wait_for_url(f"{url}/login/code/")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(f"{url}/")
    page.goto(f"{url}/security/confirm/passkey/?next=/security/codes/")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(f"{url}/security/codes/")


def test_a_device_that_refuses_is_told_and_nothing_is_sent(
    page: Page, live_server: Any, amy: Person
) -> None:
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")  # and no device
    page.goto(f"{live_server.url}/login/")
    page.evaluate("() => { navigator.credentials.get = async () => { throw new Error() } }")
    expect(page.get_by_text("The device did not confirm it")).to_be_hidden()
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("The device did not confirm it")).to_be_visible()


def test_an_app_s_code_is_the_second_step(page: Page, live_server: Any, amy: Person) -> None:
    url = live_server.url
    sign_in(page, url, amy)
    page.goto(f"{url}/security/app/")
    picture = page.get_by_alt_text("QR code for the app")
    assert picture.evaluate("image => image.naturalWidth") > 0
    secret = page.locator(".key-text").inner_text()
    page.get_by_label("Code from the app").fill(code_of(secret))
    page.get_by_role("button", name="Set it up").click()
    expect(page.get_by_text("the only time you see these codes")).to_be_visible()
    sign_out(page, url)
    sign_in(page, url, amy)
    page.get_by_label("Code").fill(code_of(secret, ahead=1))
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"{url}/")
