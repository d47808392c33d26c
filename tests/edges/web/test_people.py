"""The screens of people and keys: lists, changes of roles, delegations, keys shown once."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import openpyxl
from django.test import Client
from django.utils import timezone

from tests.edges.web.conftest import PASSWORD, Company, signed_in
from tests.edges.web.test_lists import body
from tests.edges.web.test_roles import joined
from xindun.kit.tenancy import tenant_scope
from xindun.record.evidence import reads as evidence
from xindun.record.evidence.values import Subject
from xindun.record.tenants import actions, reads
from xindun.record.tenants.values import NewTenant, Permission, Role, TenantKind


def text(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def rows(browser: Client, address: str) -> list[dict[str, str]]:
    answer: Any = browser.get(address)
    return list(csv.DictReader(io.StringIO(body(answer).decode("utf-8-sig"))))


def test_people_are_listed_narrowed_sorted_and_exported(company: Company) -> None:
    joined(company, "zoe@seller.example", Role.AUDITOR)
    joined(company, "carl@seller.example", Role.CREDIT_MANAGER)
    page = text(company.client, "/people/?q=ZOE")
    assert "zoe@seller.example" in page
    assert "carl@seller.example" not in page
    assert "1 person" in page
    assert "Nobody matches" in text(company.client, "/people/?q=nobody-such")
    for sort in ("name", "-role", "joined", "-seen", "email", "nonsense"):
        assert "zoe@" in text(company.client, f"/people/?sort={sort}")
    part = company.client.get("/people/?role=auditor", headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()
    assert "HX-Request" in part["Vary"]
    names = [row["Name"] for row in rows(company.client, "/people/export/csv/?sort=-name")]
    assert names == sorted(names, key=str.casefold, reverse=True)
    assert len(names) == 3
    book = openpyxl.load_workbook(
        io.BytesIO(body(company.client.get("/people/export/xlsx/?role=auditor")))
    )
    assert book.worksheets[0]["B2"].value == "zoe@seller.example"
    carl = signed_in("carl@seller.example")
    assert "zoe@seller.example" in text(carl, "/people/")
    assert company.client.get("/people/export/pdf/").status_code == 404


def test_an_owner_changes_roles_ends_and_renews(company: Company, rival: Company) -> None:
    sam = joined(company, "sam@seller.example", Role.SALES)
    browser, owner = signed_in(sam.email), company.client
    there = f"/people/{sam.public_id}/"
    assert browser.get(there).status_code == 403
    assert rival.client.get(there).status_code == 404
    assert rival.client.post(f"{there}deactivate/").status_code == 404
    owner.post(f"{there}role/", {"role": "auditor"})
    page = text(browser, there)
    assert "Auditor" in page
    assert "Change the role" not in page
    for verb in ("role", "deactivate", "reactivate"):
        assert browser.post(f"{there}{verb}/", {"role": "finance"}).status_code == 403
    refused = owner.post(f"{there}role/", {"role": "owner"}, follow=True).content.decode()
    assert "second person" in refused
    owner.post(f"{there}deactivate/")
    assert browser.get("/").status_code == 403
    assert "Reactivate" in text(owner, there)
    owner.post(f"{there}reactivate/", {"role": "sales"})
    assert browser.get("/").status_code == 200
    me = reads.user_by_email(company.email)
    assert me is not None
    last = owner.post(f"/people/{me.public_id}/deactivate/", follow=True).content.decode()
    assert "last owner" in last
    assert owner.post(f"{there}role/", {"role": "king"}).status_code == 404


def test_permissions_are_handed_over_by_the_day_and_taken_back(company: Company) -> None:
    carl = joined(company, "carl@seller.example", Role.CREDIT_MANAGER)
    owner, day = company.client, f"{timezone.localtime(timezone.now()):%Y-%m-%d}"
    assert "Hand over" in text(owner, "/people/delegations/")
    asked = {"to": str(carl.public_id), "first": day, "last": day, "permissions": ["keys.manage"]}
    wrong = owner.post("/people/delegations/", asked | {"last": "2020-01-01"})
    assert wrong.status_code == 400
    assert "Choose days from today on" in wrong.content.decode()
    assert owner.post("/people/delegations/", asked).status_code == 302
    browser = signed_in(carl.email)
    assert "Running" in text(browser, "/people/delegations/")
    found = rows(browser, "/people/delegations/export/csv/?q=KEYS&state=running&sort=-giver")
    assert [(row["To"], row["First day"], row["What"]) for row in found] == [
        ("carl", day, "Make and revoke API keys")
    ]
    part = browser.get("/people/delegations/?q=nobody-such", headers={"HX-Request": "true"})
    assert "No delegation matches" in part.content.decode()
    assert "<html" not in part.content.decode()
    for sort in ("giver", "receiver", "-last", "nonsense"):
        assert "1 delegation<" in text(browser, f"/people/delegations/?sort={sort}")
    assert owner.get("/people/delegations/export/pdf/").status_code == 404
    assert "End it" in text(browser, "/people/delegations/")
    onlooker = signed_in(joined(company, "ada@seller.example", Role.AUDITOR).email)
    theirs = text(onlooker, "/people/delegations/")
    assert "Running" in theirs
    assert "End it" not in theirs
    made = browser.post("/keys/", {"name": "Lent", "days": "30", "scopes": ["ledger.read"]})
    assert made.status_code == 200
    with tenant_scope(company.tenant_id):
        (key,), (loan,) = reads.api_keys(), reads.delegations()
        (record,) = evidence.records_of(Subject("api_key", str(key.public_id)))
        me = reads.user_by_email(company.email)
    assert me is not None
    assert record.actor == f"user:{carl.public_id}"
    assert record.inputs["on_behalf_of"] == f"user:{me.public_id} delegation:{loan.public_id}"
    assert browser.post(f"/people/delegations/{loan.public_id}/revoke/").status_code == 302
    assert browser.get("/keys/").status_code == 403


def test_a_key_is_shown_once_replaced_and_revoked(company: Company) -> None:
    owner, now = company.client, timezone.now()
    assert "No key yet" in text(owner, "/keys/")
    assert owner.post("/keys/", {"name": "x", "days": "30"}).status_code == 400
    scopes = {"scopes": ["ledger.read", "portfolio.read"]}
    made = owner.post("/keys/", {"name": "ERP", "days": "30", **scopes})
    (token,) = re.findall(r'id="new-key">(xd_[^<]+)<', made.content.decode())
    assert "no-store" in made["Cache-Control"]
    holder = reads.key_actor(token, now)
    assert holder.actor.permissions == {Permission.LEDGER_READ, Permission.PORTFOLIO_READ}
    page = text(owner, "/keys/")
    assert token not in page
    assert token[:13] in page
    with tenant_scope(company.tenant_id):
        (key,) = reads.api_keys()
    replaced = owner.post(f"/keys/{key.public_id}/rotate/", {"overlap": "0"})
    (second,) = re.findall(r'id="new-key">(xd_[^<]+)<', replaced.content.decode())
    assert second != token
    owner.post(f"/keys/{key.public_id}/revoke/")
    states = {row["State"] for row in rows(owner, "/keys/export/csv/?sort=name")}
    assert states == {"Valid", "Revoked"}
    assert "No key matches" in text(owner, "/keys/?state=expired")
    assert [row["Key"] for row in rows(owner, "/keys/export/csv/?state=revoked")] == [token[:13]]
    with tenant_scope(company.tenant_id):
        actions.revoke_key(reads.machine_actor("cli:x"), reads.api_keys()[0].public_id, now=now)
    gone = owner.post(f"/keys/{reads_newest(company)}/rotate/", follow=True)
    assert "was revoked" in gone.content.decode()


def reads_newest(company: Company) -> object:
    with tenant_scope(company.tenant_id):
        return reads.api_keys()[0].public_id


def test_an_invited_person_joins_by_the_link_once(company: Company, mailoutbox: Any) -> None:
    owner, guest = company.client, Client()
    asked = {"email": "nina@new.example", "role": "analyst"}
    made = owner.post("/people/invite/", asked).content.decode()
    assert "No mail was sent" in made
    (link,) = re.findall(r'id="new-link">http://testserver(/people/join/[^<]+)<', made)
    assert link not in text(owner, "/people/")
    assert "nina@new.example" in text(owner, "/people/")
    page = text(guest, link)
    assert "Join Seller" in page
    weak = guest.post(link, {"name": "Nina", "password": "short"}).content.decode()
    assert "too weak" in weak
    answer = guest.post(link, {"name": "Nina", "password": "correct-horse-battery"})
    assert answer["Location"] == "/login/"
    assert guest.get(link).status_code == 404
    assert "Analyst" in text(owner, "/people/?q=nina")
    assert signed_in("nina@new.example").get("/").status_code == 200
    again = owner.post("/people/invite/", asked, follow=True).content.decode()
    assert "is a member already" in again
    assert "choose a role" in owner.post("/people/invite/", {}, follow=True).content.decode()
    assert mailoutbox == []


def test_a_login_joins_a_second_company_after_signing_in(
    company: Company, rival: Company, settings: Any, mailoutbox: Any
) -> None:
    settings.MAIL_IS_SET_UP = True
    made = company.client.post("/people/invite/", {"email": rival.email, "role": "auditor"})
    assert "was sent" in made.content.decode()
    (link,) = re.findall(r"http://testserver(/people/join/\S+)", mailoutbox[0].body)
    assert mailoutbox[0].to == [rival.email]
    assert f"/login/?next={link}" in text(Client(), link)
    assert "another address" in text(company.client, link)
    assert "for another address" in company.client.post(link).content.decode()
    assert rival.client.post(link).status_code == 302
    assert rival.email in text(company.client, "/people/")
    with tenant_scope(company.tenant_id):
        assert reads.invitations() == []


def test_an_insurer_invites_an_underwriter(db: None) -> None:
    now = timezone.now()
    insurer = actions.create_tenant(
        NewTenant("Insurer", "EUR", "Europe/Berlin", "DE", kind=TenantKind.INSURER),
        actor="system:test",
        now=now,
    )
    with tenant_scope(insurer.id):
        new = actions.invite(
            reads.machine_actor("cli:x"),
            email="una@insurer.example",
            role=Role.CREDIT_MANAGER,
            now=now,
        )
    page = text(Client(), f"/people/join/{new.token}/")
    assert "una@insurer.example · Underwriter" in page


def test_what_reaches_far_is_done_only_by_who_proved_themselves_lately(company: Company) -> None:
    owner, anybody = company.client, "00000000-0000-7000-8000-000000000000"
    session = owner.session
    session["signed_in_at"] -= 600
    session.save()
    for address in (
        *("/people/invite/", f"/people/invitations/{anybody}/renew/", "/people/delegations/"),
        *(f"/approvals/{anybody}/approve/", f"/approvals/{anybody}/refuse/"),
        *("/webhooks/new/", f"/webhooks/{anybody}/rotate/", f"/personal-data/people/{anybody}/"),
    ):
        answer = owner.post(address)
        assert answer.status_code == 302, address
        assert answer["Location"].startswith("/security/confirm/?next="), address
    for address in ("/personal-data/own.json", "/personal-data/people/export/csv/"):
        assert owner.get(address)["Location"].startswith("/security/confirm/?next="), address
    for address in ("/people/delegations/", "/approvals/", "/webhooks/new/", "/personal-data/"):
        assert owner.get(address).status_code == 200, address
    done = owner.post(
        "/security/confirm/", {"password": PASSWORD, "next": "/personal-data/own.json"}
    )
    assert done["Location"] == "/personal-data/own.json"
    assert owner.get("/personal-data/own.json").status_code == 200


def test_a_second_owner_approves_in_the_inbox(company: Company) -> None:
    sam = joined(company, "sam@seller.example", Role.SALES)
    otto = signed_in(joined(company, "otto@seller.example", Role.OWNER).email)
    owner, browser = company.client, signed_in(sam.email)
    assert "Nothing waits" in text(owner, "/approvals/")
    owner.post(f"/people/{sam.public_id}/owner/")
    assert 'class="side-count">1<' in text(otto, "/")
    for nobody_who_decides in (owner, browser):
        assert 'class="side-count"' not in text(nobody_who_decides, "/")
    assert "Waits for somebody else" in text(owner, "/approvals/")
    assert "No proposal matches" in text(otto, "/approvals/?q=nobody-such")
    for sort in ("what", "-proposer", "made", "state", "nonsense"):
        assert "Make an owner: sam" in text(otto, f"/approvals/?q=SAM&sort={sort}")
    assert "Make an owner: sam" in text(otto, "/approvals/")
    assert "Make an owner" not in text(browser, "/approvals/")
    with tenant_scope(company.tenant_id):
        (proposal,) = reads.proposals(timezone.now())
    there = f"/approvals/{proposal.public_id}/approve/"
    assert "Somebody else has to" in owner.post(there, follow=True).content.decode()
    assert "needs the permission" in browser.post(there, follow=True).content.decode()
    assert "Approved and done" in otto.post(there, follow=True).content.decode()
    assert browser.get("/keys/").status_code == 200
    (row,) = rows(otto, "/approvals/export/csv/?state=approved")
    assert (row["What"], row["Decided by"]) == ("Make an owner: sam", "otto")
    owner.post("/approvals/rule/", {"sole_user": "on", "delay_hours": "48"})
    assert "alone after 48 h" in text(otto, "/approvals/?state=open")
    assert "1 to 168" in owner.post("/approvals/rule/", {}, follow=True).content.decode()
    with tenant_scope(company.tenant_id):
        waiting = reads.proposals(timezone.now())[0].public_id
    closed = owner.post(f"/approvals/{waiting}/refuse/", follow=True).content.decode()
    assert "Withdrawn" in closed
