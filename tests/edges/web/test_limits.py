"""A limit and a security on the screens: requested, decided by another person, listed, exported."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.edges.web.conftest import PASSWORD, Company, signed_in
from xindun.kit.tenancy import tenant_scope
from xindun.prevention.limits import actions, reads
from xindun.prevention.securities import reads as securities
from xindun.record.parties import reads as parties
from xindun.record.tenants import actions as tenants
from xindun.record.tenants.values import Role

ASKED = {"kind": "permanent", "currency": "eur", "amount": "4000", "reason": "Orders grow."}


@pytest.fixture
def seller(company: Company) -> Client:
    """Sam of sales, who requests and never decides."""
    email = "sam@seller.example"
    tenants.create_user(email=email, password=PASSWORD, name="Sam")
    with tenant_scope(company.tenant_id):
        tenants.add_member(email=email, actor="system:test", now=timezone.now(), role=Role.SALES)
    return signed_in(email)


def test_a_limit_is_requested_seen_and_granted_by_another_person(
    company: Company, seller: Client
) -> None:
    buyer = company.buyers["Tardy GmbH"]
    tab = reverse("buyer-limit", args=[buyer])
    empty = company.client.get(tab).content.decode()
    assert "No limit was granted yet." in empty
    assert company.client.get(reverse("limits")).content.decode().count("wait for a decision") <= 1
    refused = seller.post(tab, {**ASKED, "amount": "0"})
    assert refused.status_code == 400
    assert "A limit needs an amount above 0" in refused.content.decode()
    asked = seller.post(tab, {**ASKED, "supplier": "Mill Ltd", "pays": "late"})
    one = seller.get(asked.headers["Location"]).content.decode()
    for text in ("Mill Ltd", "pays late", "binding", "You requested it, so somebody else decides."):
        assert text in one
    # The owner's list puts it first, and only the owner is asked.
    mine = company.client.get(reverse("limits")).content.decode()
    assert "1 request waits for you." in mine
    assert "No request waits for you." in seller.get(reverse("limits")).content.decode()
    assert seller.post(asked.headers["Location"], {"decision": "approve"}).status_code == 403
    too_much = company.client.post(asked.headers["Location"], {"amount": "4001"})
    assert "No more than EUR 4000 was requested" in too_much.content.decode()
    granted = company.client.post(
        asked.headers["Location"], {"amount": "3000", "decision": "approve", "conditions": "LC"}
    )
    assert granted.status_code == 302
    done = company.client.get(asked.headers["Location"]).content.decode()
    for text in ("In effect", "Partly approved", "Took effect", "LC"):
        assert text in done
    shown = company.client.get(tab).content.decode()
    assert "3,000.00 EUR" in shown
    changed = {"kind": "permanent", "amount": "2000", "said": "Late again", "verb": "reduce"}
    assert (
        company.client.post(reverse("buyer-limit-change", args=[buyer]), changed).status_code == 302
    )
    assert "In effect, reduced" in company.client.get(tab).content.decode()
    insured = {"amount": "1000", "currency": "EUR", "said": "Endorsement 7"}
    company.client.post(reverse("buyer-limit-insured", args=[buyer]), insured)
    with tenant_scope(company.tenant_id):
        stands = reads.limit_in_force(parties.buyer(buyer).id, at=timezone.now())
    assert (stands.amount, stands.insured and stands.insured.amount) == (2000, 1000)
    listed = company.client.get(reverse("limits-export", args=["csv"]), {"state": "", "q": "tardy"})
    text = b"".join(listed.streaming_content).decode()  # type: ignore[attr-defined]
    assert "Tardy GmbH,Permanent limit,EUR,4000.0000,3000.0000" in text
    assert (
        "No request matches"
        in company.client.get(reverse("limits"), {"q": "nobody"}).content.decode()
    )


def test_what_nobody_decided_shows_that_it_is_overdue(company: Company, seller: Client) -> None:
    tab = reverse("buyer-limit", args=[company.buyers["Tardy GmbH"]])
    asked = seller.post(tab, ASKED)
    with tenant_scope(company.tenant_id):
        assert actions.tick(now=timezone.now() + timedelta(days=3)) in (0, 1)
    mine = company.client.get(reverse("limits")).content.decode()
    assert "waits for you" in mine
    taken = seller.post(asked.headers["Location"] + "take-back/", follow=True).content.decode()
    assert "Taken back" in taken
    assert "Nothing waits for a decision" in company.client.get(reverse("limits")).content.decode()


def test_a_security_is_registered_accepted_and_released_on_the_screens(
    company: Company, seller: Client
) -> None:
    buyer = company.buyers["Tardy GmbH"]
    today = timezone.now().date()
    form = {
        "kind": "guarantee",
        "value": "1000",
        "currency": "EUR",
        "form": "joint",
        "law": "CN",
        "starts_on": today,
        "issuer": "Parent Holding",
        "haircut": "",
    }
    new = reverse("security-new", args=[buyer])
    incomplete = seller.post(new, form)
    assert "nobody knows when the guarantee is lost" in incomplete.content.decode()
    made = seller.post(new, {**form, "principal_due_on": today}).headers["Location"]
    page = seller.get(made).content.decode()
    for text in (
        "Waits for a second person",
        "Demand payment from the guarantor",
        "第六百九十二条",
    ):
        assert text in page
    [waiting] = company.client.get(reverse("approvals")).context["rows"]
    assert waiting.what == "Accept a security: Guarantee · EUR 1000"
    company.client.post(reverse("approval-approve", args=[waiting.proposal.public_id]))
    register = company.client.get(reverse("securities")).content.decode()
    assert "700.00 EUR" in register
    assert "of which" in company.client.get(reverse("buyer-limit", args=[buyer])).content.decode()
    seller.post(made + "preserve/", {"done_on": today})
    assert "preserved on" in seller.get(made).content.decode()
    seller.post(made + "release/")
    assert (
        "No security matches"
        in company.client.get(reverse("securities"), {"state": "counts"}).content.decode()
    )
    sheet = company.client.get(reverse("securities-export", args=["csv"]))
    assert "Released" in b"".join(sheet.streaming_content).decode()  # type: ignore[attr-defined]
    with tenant_scope(company.tenant_id):
        [found] = securities.securities(as_of=today)
    assert found.eligible_value == 0
