"""One's own data for everybody; everybody's for who is in charge of personal data."""

from __future__ import annotations

import json

from django.urls import reverse
from django.utils import timezone

from tests.edges.web.conftest import PASSWORD, Company, signed_in
from tests.edges.web.test_roles import joined
from xindun.kit.tenancy import tenant_scope
from xindun.record.tenants import actions as tenants
from xindun.record.tenants import reads
from xindun.record.tenants.values import Role

EMAIL = "sam@seller.example"


def test_an_owner_finds_and_erases_and_a_salesperson_sees_only_their_own(
    company: Company, rival: Company
) -> None:
    from tests.contexts.receivables.ledgers import START

    sam = tenants.create_user(email=EMAIL, password=PASSWORD, name="Sam <b>")
    with tenant_scope(company.tenant_id):
        tenants.add_member(email=EMAIL, actor="system:test", now=START, role=Role.SALES)
    address = reverse("privacy-person", args=[sam.public_id])

    client = signed_in(EMAIL)
    page = client.get(reverse("privacy")).content.decode()
    assert "About you" in page
    assert "Register of personal data" not in page
    assert company.email not in page
    own = json.loads(client.get(reverse("privacy-own")).content)
    assert own["email"] == EMAIL
    assert {each["place"] for each in own["data"]} > {"login", "sessions", "evidence_content"}
    for name in ("privacy-person", "privacy-download"):
        assert client.get(reverse(name, args=[sam.public_id])).status_code == 403
        assert rival.client.get(reverse(name, args=[sam.public_id])).status_code == 404
    assert client.post(address, {"confirm": EMAIL}).status_code == 403

    page = company.client.get(reverse("privacy"), {"q": "sam"}).content.decode()
    assert "Register of personal data" in page
    assert "Sam &lt;b&gt;" in page
    listed = company.client.get(reverse("privacy-export", args=["csv"])).getvalue().decode()
    assert EMAIL in listed
    assert "Erase for good" in company.client.get(address).content.decode()
    answer = company.client.post(address, {"confirm": "someone@else.example"}, follow=True)
    assert "nothing was erased" in answer.content.decode()
    assert reads.user_by_email(EMAIL) is not None
    answer = company.client.post(address, {"confirm": EMAIL.upper()}, follow=True)
    assert "Erased." in answer.content.decode()
    assert reads.user_by_email(EMAIL) is None
    # The session ended with the login.
    assert client.get(reverse("privacy")).status_code == 302
    again = company.client.get(address).content.decode()
    assert "This person was erased" in again


def test_a_second_owner_approves_an_erasure_even_their_own(company: Company) -> None:
    otto = joined(company, "otto@seller.example", Role.OWNER)
    browser, address = signed_in(otto.email), reverse("privacy-person", args=[otto.public_id])
    page = company.client.get(address).content.decode()
    assert "Propose to erase" in page
    answer = company.client.post(address, {"confirm": otto.email}, follow=True)
    assert "Erase a person: otto" in answer.content.decode()
    assert "waits for approval" in company.client.get(address).content.decode()
    with tenant_scope(company.tenant_id):
        (asked,) = reads.proposals(timezone.now())
    approve = reverse("approval-approve", args=[asked.public_id])
    company.client.post(approve)
    assert reads.user_by_email(otto.email) is not None
    assert browser.post(approve).status_code == 302
    assert reads.user_by_email(otto.email) is None
    assert browser.get(reverse("approvals"))["Location"].startswith("/login/")
