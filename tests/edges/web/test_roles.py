"""A role sees no button that it may not use, and is told who can; a loan opens what it lends."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from tests.edges.web.conftest import PASSWORD, Company, signed_in
from tests.edges.web.test_imports import PLAIN, ROW, newest, upload
from xindun.kit.tenancy import tenant_scope
from xindun.record.tenants import actions, reads
from xindun.record.tenants.values import Permission, Role


def joined(company: Company, email: str, role: Role) -> Any:
    actions.create_user(email=email, password=PASSWORD, name=email.split("@")[0])
    with tenant_scope(company.tenant_id):
        return actions.add_member(email=email, actor="system:test", now=timezone.now(), role=role)


def test_a_role_sees_only_the_buttons_it_may_use_and_a_loan_opens_more(company: Company) -> None:
    sam = joined(company, "sam@seller.example", Role.SALES)
    browser = signed_in(sam.email)
    upload(company.client, f"{PLAIN}{ROW}", "waits.csv")
    waiting = f"/imports/{newest(company).public_id}/"
    hidden = {
        "/": ["Another day"],
        "/today/": ['value="dismissed"'],
        "/imports/": ["Upload and preview"],
        waiting: ["Check again", "Discard this upload"],
    }
    for address, buttons in hidden.items():
        theirs = browser.get(address).content.decode()
        owners = company.client.get(address).content.decode()
        for button in buttons:
            assert button not in theirs, button
            assert button in owners, button
    assert "finance can import" in browser.get("/imports/").content.decode()
    assert browser.post(f"{waiting}discard/").status_code == 403

    with tenant_scope(company.tenant_id):
        owner = reads.user_by_email(company.email)
        assert owner is not None
        giver = reads.member_actor(owner.id, owner.public_id, Role.OWNER)
        today = date.fromisoformat(f"{timezone.now():%Y-%m-%d}")
        actions.delegate(
            giver,
            sam.public_id,
            frozenset({Permission.LEDGER_IMPORT}),
            first=today,
            last=today,
            now=timezone.now(),
        )
    assert "Upload and preview" in browser.get("/imports/").content.decode()
    upload(browser, f"{PLAIN}{ROW}INV-9,N,2025-01-31,2025-03-02,1,EUR\n", "lent.csv")
    assert "lent.csv" in company.client.get("/imports/").content.decode()
