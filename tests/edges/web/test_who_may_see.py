"""Every address × nobody, a member, another company's member, somebody without a company."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from tests.contexts.receivables.ledgers import START
from tests.edges.web.company_files import company_file_of
from tests.edges.web.conftest import PASSWORD, Company, signed_in
from xindun.api.operations import operations_of
from xindun.api.v1.app import api
from xindun.connectors.bureau import reads as bureau
from xindun.connectors.bureau.actions import ask
from xindun.connectors.webhooks import actions, reads
from xindun.connectors.webhooks.values import DeliveryFilter
from xindun.control.gate import reads as gate
from xindun.control.gate.actions import check
from xindun.kit.tenancy import tenant_scope
from xindun.prevention.limits import reads as limits
from xindun.prevention.limits.actions import request_limit
from xindun.prevention.limits.values import LimitKind, NewRequest
from xindun.prevention.securities import reads as securities
from xindun.prevention.securities.actions import register
from xindun.prevention.securities.values import NewSecurity, SecurityKind
from xindun.record.evidence.reads import latest
from xindun.record.orders.values import Asked
from xindun.record.own_file import reads as own_file
from xindun.record.own_file.actions import ask_correction
from xindun.record.parties import reads as parties
from xindun.record.parties.actions import match_buyer, open_party, state_share_with
from xindun.record.parties.values import NewOwnership, OtherCompany, PartyValue
from xindun.record.screening import actions as screening
from xindun.record.screening import reads as screened
from xindun.record.screening.values import (
    Entry,
    EntryKind,
    EntryName,
    ListCode,
    Occasion,
    ReadList,
)
from xindun.record.statements.actions import record_statement
from xindun.record.statements.values import (
    AuditOpinion,
    Figures,
    NewStatement,
    Scope,
    Standard,
)
from xindun.record.tenants import actions as tenants
from xindun.record.tenants.reads import machine_actor, user_by_email
from xindun.record.tenants.values import Actor, Permission

OPEN = {
    *(
        "login",
        "logout",
        "language",
        "health",
        "ready",
        "metrics",
        "account_login",
        "account_logout",
    ),
    *("mfa_authenticate", "mfa_login_webauthn", "oidc-begin", "openid_connect_callback"),
    "invitation",
    *("account_reset_password", "account_reset_password_done"),
    *("account_reset_password_from_key", "account_reset_password_from_key_done"),
}
"""Addresses that need no membership; each has its own test."""
OWN = {
    *("security", "mfa_index", "account_change_password", "account_set_password"),
    *("mfa_activate_totp", "mfa_deactivate_totp", "mfa_add_webauthn"),
    *("mfa_edit_webauthn", "mfa_remove_webauthn"),
    *("mfa_view_recovery_codes", "mfa_generate_recovery_codes"),
    *("account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"),
}
"""About the person alone: they need a sign-in and no company; tests/edges/signin has the rest."""
OWN_POSTS = {"session-end", "sessions-end", "company-switch"}
LISTS = {
    "portfolio",
    "run-state",
    "today",
    "today-export",
    "buyers",
    "buyers-export",
    "imports-export",
    "imports",
    *("approvals", "approvals-export"),
    *("people", "people-export", "delegations", "delegations-export", "keys", "keys-export"),
    "evidence",
    "evidence-export",
    "evidence-checkpoint",
    "evidence-everything",
    "evidence-keys",
    "webhooks",
    "sources",
    "system",
    "webhook-new",
    "webhook-deliveries",
    "webhook-deliveries-export",
    "own-credit",
    "own-corrections",
    "own-correction-new",
    "own-corrections-export",
    *("overrides", "overrides-export"),
    *("rates", "rates-export"),
    *("models", "models-export", "model"),
    *("risks", "risk-list", "risk-list-export", "risk"),
    *("hits", "hits-export", "screening-lists", "checklist"),
    *("limits", "limits-export", "securities", "securities-export"),
    *("companies", "unmatched", "unmatched-export"),
    *("orders-held", "orders-held-export"),
    *("policy", "policy-version", "policy-yaml", "policy-document"),
    *("policy-versions", "policy-versions-export"),
    *("policy-draft", "policy-edit", "policy-segment", "policy-segment-new"),
    "privacy",
    "privacy-own",
    "privacy-export",
}
OBJECTS = {
    "buyer",
    *("buyer-checks", "hit"),
    "buyer-documents",
    "buyer-documents-export",
    *("statements", "statements-new", "statements-import", "statements-export", "statement"),
    *("buyer-grade", "credit-report"),
    *("buyer-orders", "buyer-orders-export", "credit-check"),
    *("buyer-limit", "limit-request", "security-new", "security-one"),
    *("buyer-reports", "buyer-reports-export", "buyer-report", "buyer-report-progress"),
    "identity",
    *("buyer-group", "buyer-group-export", "buyer-group-new", "buyer-group-share"),
    *("buyer-facts", "buyer-facts-export", "buyer-facts-history"),
    *("buyer-files", "buyer-files-export", "buyer-file"),
    "import",
    "import-progress",
    "import-rejects",
    "person",
    "evidence-record",
    "webhook",
    "webhook-delivery",
    "privacy-person",
    "privacy-download",
    "own-correction",
}
POSTS = {
    "recompute",
    "model-propose",
    *("buyer-reports-open", "source-key"),
    "today-mark",
    "import-discard",
    "evidence-replay",
    "own-credit-withdraw",
    "risk-end",
    "statements-open",
    *("identity-match", "identity-unmatch", "identity-number", "identity-merge"),
    *("identity-unmerge", "company-open", "unmatched-prepare", "unmatched-decide"),
    *("buyer-grade-again", "buyer-grade-replay", "buyer-grade-end"),
    *("buyer-limit-change", "buyer-limit-insured", "limit-request-take-back"),
    *("security-preserve", "security-release"),
    *("watch-list", "screening-settings", "buyer-proof", "buyer-waiver", "buyer-screen"),
    *("buyer-facts-open", "buyer-facts-withdraw"),
    *("hold-release", "hold-refuse", "buyer-orders-stop", "buyer-orders-lift"),
    "sign-in-rule",
    *("person-role", "person-deactivate", "person-reactivate", "delegation-revoke"),
    *("person-owner", "approvals-rule", "approval-approve", "approval-refuse"),
    *("key-rotate", "key-revoke", "people-invite", "invitation-renew", "invitation-revoke"),
    *("policy-draft-import", "policy-draft-submit", "policy-draft-discard"),
    "policy-segment-change",
    "webhook-test",
    "webhook-rotate",
    "webhook-step",
    "webhook-replay",
    "webhook-delivery-replay",
}
API = {each.view_func.__name__ for _path, each in operations_of(api)} | {
    *("api-root", "api-nothing", "api-openapi", "api-docs")
}
"""Addresses for programs, which a session does not open: tests/edges/api/test_who_may_ask.py."""


def names(resolver: URLResolver) -> set[str]:
    found: set[str] = set()
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            found |= names(each)
        elif isinstance(each, URLPattern) and each.name:
            found.add(each.name)
    return found


def address(name: str, company: Company) -> str:
    arguments = {
        "today-export": ["csv"],
        "models-export": ["csv"],
        "model": ["shipped-private"],
        "model-propose": ["shipped-private"],
        "buyers-export": ["csv"],
        "imports-export": ["csv"],
        "today-mark": [company.action_id],
        "buyer-checks": [company.buyers["Tardy GmbH"]],
        "buyer-proof": [company.buyers["Tardy GmbH"]],
        "buyer-waiver": [company.buyers["Tardy GmbH"]],
        "buyer-screen": [company.buyers["Tardy GmbH"]],
        "hits-export": ["csv"],
        "orders-held-export": ["csv"],
        "buyer": [company.buyers["Tardy GmbH"]],
        "buyer-documents": [company.buyers["Tardy GmbH"]],
        "buyer-documents-export": [company.buyers["Tardy GmbH"], "csv"],
        "buyer-reports": [company.buyers["Tardy GmbH"]],
        "buyer-reports-open": [company.buyers["Tardy GmbH"]],
        "buyer-reports-export": [company.buyers["Tardy GmbH"], "csv"],
        "source-key": ["companies_house"],
        "import": [company.batch],
        "import-progress": [company.batch],
        "import-discard": [company.batch],
        "import-rejects": [company.batch],
        "evidence-export": ["csv"],
        "mfa_edit_webauthn": [1],
        "mfa_remove_webauthn": [1],
        "session-end": [1],
        "webhook-deliveries-export": ["csv"],
        "people-export": ["csv"],
        "keys-export": ["csv"],
        "approvals-export": ["csv"],
        "unmatched-export": ["csv"],
        "delegations-export": ["csv"],
        "privacy-export": ["csv"],
        "own-corrections-export": ["csv"],
        "overrides-export": ["csv"],
        "rates-export": ["csv"],
        **{key: [0] for key in ("policy-version", "policy-yaml", "policy-document")},
        **{key: [0] for key in ("policy-segment", "policy-segment-change")},
        "policy-edit": ["tiers"],
        "policy-versions-export": ["csv"],
        "limits-export": ["csv"],
        "securities-export": ["csv"],
        "risk-list": ["country"],
        "risk-list-export": ["sector", "csv"],
        "risk": ["country", "CN"],
        "risk-end": ["country", "CN"],
        "privacy-person": [person_of(company)],
        "privacy-download": [person_of(company)],
    }
    if name.startswith("statement"):
        buyer = company.buyers["Tardy GmbH"]
        more = {"statement": [statement_of(company)], "statements-export": ["csv"]}
        return reverse(name, args=[buyer, *more.get(name, [])])
    if name.startswith(("person", "key-", "delegation-", "invitation-", "approval-")):
        owner = user_by_email(company.email)
        return reverse(name, args=[owner.public_id if owner else ""])
    if name.startswith(("buyer-grade", "buyer-limit", "security-new", "identity", "credit-report")):
        return reverse(name, args=[company.buyers["Tardy GmbH"]])
    if name in ("evidence-record", "evidence-replay"):
        return reverse(name, args=[record_of(company)])
    if name in ("buyer-report", "buyer-report-progress"):
        return reverse(name, args=[company.buyers["Tardy GmbH"], enquiry_of(company)])
    if name.startswith(("buyer-orders", "credit-check", "hold-")):
        return order_address(name, company)
    if name.startswith("limit-request"):
        return reverse(name, args=[limit_request_of(company)])
    if name.startswith("security-"):
        return reverse(name, args=[security_of(company)])
    if name == "hit":
        return reverse(name, args=[hit_of(company)])
    if name == "own-correction":
        return reverse(name, args=[correction_of(company)])
    if name.startswith("buyer-group"):
        more = {"buyer-group-share": [share_of(company)], "buyer-group-export": ["csv"]}
        return reverse(name, args=[company.buyers["Tardy GmbH"], *more.get(name, [])])
    if name.startswith(("buyer-facts", "buyer-file")):
        return file_address(name, company)
    if name.startswith("webhook") and name not in LISTS:
        return reverse(name, args=[webhook_of(company)["delivery" in name]])
    return reverse(name, args=arguments.get(name))


def party_of(company: Company) -> PartyValue:
    """The company file of Tardy GmbH, opened when first asked for; inside the tenant's scope."""
    actor = machine_actor("system:test")
    buyer = parties.buyer(company.buyers["Tardy GmbH"])
    party = parties.party_of(buyer.id)
    if party is None:
        party = open_party(actor, buyer.name, buyer.country, now=START)
        match_buyer(actor, buyer.public_id, party.public_id, {}, now=START)
    return party


def share_of(company: Company) -> UUID:
    """A share that the company of Tardy GmbH holds, recorded when first asked for."""
    actor = machine_actor("system:test")
    with tenant_scope(company.tenant_id):
        party = party_of(company)
        found = parties.ownerships_of(party.id, known_at=timezone.now())
        if found:
            return found[0].link
        share = NewOwnership(Decimal(10), "shareholder list", START.date())
        return state_share_with(
            actor, party.public_id, OtherCompany(name="Other"), share, other_owns=False, now=START
        )


def statement_of(company: Company) -> UUID:
    """A statement of Tardy GmbH, recorded when first asked for."""
    actor = Actor("system:test", frozenset({Permission.FILES_CHANGE}))
    with tenant_scope(company.tenant_id):
        party = party_of(company)
        new = NewStatement(
            starts_on=date(2023, 1, 1),
            ends_on=date(2023, 12, 31),
            standard=Standard.IFRS,
            currency="EUR",
            unit=1,
            scope=Scope.SINGLE,
            audit_opinion=AuditOpinion.UNAUDITED,
            figures=Figures(total_assets=Decimal(5)),
            source="the buyer",
        )
        return record_statement(actor, party.public_id, new, now=START).public_id


def file_address(name: str, company: Company) -> str:
    """An address in the file of the company behind a buyer, opened when first asked for."""
    buyer = company.buyers["Tardy GmbH"]
    file = company_file_of(company, buyer)
    more = {
        "buyer-facts-export": ["csv"],
        "buyer-files-export": ["csv"],
        "buyer-facts-history": ["status"],
        "buyer-facts-withdraw": [file.fact],
        "buyer-file": [file.document],
    }
    return reverse(name, args=[buyer, *more.get(name, [])])


def order_address(name: str, company: Company) -> str:
    """An address about an order of Tardy GmbH's, which the built-in policy holds."""
    buyer = company.buyers["Tardy GmbH"]
    if name.startswith("buyer-orders"):
        more = {"buyer-orders-export": ["csv"], "buyer-orders-lift": [buyer]}
        return reverse(name, args=[buyer, *more.get(name, [])])
    with tenant_scope(company.tenant_id):
        if not gate.holds_page().holds:
            asked = Asked("erp", "A-1", "EUR", Decimal(100))
            check(machine_actor("system:test"), buyer, asked, now=START)
        (held,) = gate.holds_page().holds
    return reverse(name, args=[held.decision_id if name == "credit-check" else held.public_id])


def correction_of(company: Company) -> UUID:
    """A correction the company asked for, made when first asked for."""
    with tenant_scope(company.tenant_id):
        if not own_file.corrections_page().rows:
            ask_correction(
                Actor("system:test", frozenset({Permission.COMPANY_MANAGE})),
                holder="Bureau",
                wrong="A number",
                asked_on=START.date(),
                today=START.date(),
                now=START,
            )
        return own_file.corrections_page().rows[0].public_id


def enquiry_of(company: Company) -> UUID:
    """An enquiry about a buyer of the company's, made when first asked for."""
    actor = machine_actor("system:test")
    with tenant_scope(company.tenant_id):
        party = party_of(company)
        if not bureau.enquiries_of(party.id):
            ask(actor, party.public_id, {}, now=START)
        return bureau.enquiries_of(party.id)[0].public_id


def limit_request_of(company: Company) -> UUID:
    """A request for a limit of Tardy GmbH, made when first asked for."""
    actor = machine_actor("system:test")
    with tenant_scope(company.tenant_id):
        buyer = parties.buyer(company.buyers["Tardy GmbH"])
        if not limits.requests_of(buyer.id):
            wanted = NewRequest(LimitKind.PERMANENT, "EUR", Decimal(5000), "Orders grow.")
            request_limit(actor, buyer.public_id, wanted, today=START.date(), now=START)
        return limits.requests_of(buyer.id)[0].public_id


def security_of(company: Company) -> UUID:
    """A deposit of Tardy GmbH, registered when first asked for."""
    actor, today = machine_actor("system:test"), START.date()
    with tenant_scope(company.tenant_id):
        buyer = parties.buyer(company.buyers["Tardy GmbH"])
        found = securities.securities_of([buyer.id], as_of=today)
        if found:
            return found[0].public_id
        deposit = NewSecurity(SecurityKind.DEPOSIT, "EUR", Decimal(900), today)
        return register(actor, buyer.public_id, deposit, today=today, now=START).public_id


def hit_of(company: Company) -> UUID:
    """A hit on the company's own watch list, made when first asked for."""
    actor = Actor("system:test", frozenset(Permission))
    with tenant_scope(company.tenant_id):
        if not screened.hits_page().rows:
            party = open_party(actor, "Tardy Sample GmbH", "DE", now=START)
            entry = Entry("W1", EntryKind.COMPANY, (EntryName("Tardy Sample"),))
            screening.load_watch(
                actor, ReadList(ListCode.WATCH, None, "0" * 64, (entry,)), now=START
            )
            screening.screen(actor, party.public_id, Occasion.REVIEW, now=START)
        return screened.hits_page().rows[0].public_id


def person_of(company: Company) -> UUID:
    """The public id of the company's member."""
    public_id: UUID = _user(company.email).public_id
    return public_id


def record_of(company: Company) -> UUID:
    """The record of the company's import."""
    with tenant_scope(company.tenant_id):
        return latest(kind="ledger_imported")[-1].public_id


def webhook_of(company: Company) -> tuple[UUID, UUID]:
    """An endpoint of the company's and a delivery to it, made when first asked for."""
    actor = Actor("system:test", frozenset({Permission.WEBHOOKS_MANAGE}))
    with tenant_scope(company.tenant_id):
        if not reads.endpoints():
            made = actions.create_endpoint(
                url="https://hooks.example.com/", topics=(), actor=actor, now=START
            )
            actions.send_test(made.endpoint.public_id, actor=actor, now=START)
        (endpoint,) = reads.endpoints()
        (delivery,) = reads.deliveries_page(DeliveryFilter()).rows
    return endpoint.public_id, delivery.public_id


def test_the_matrix_knows_every_address() -> None:
    assert names(get_resolver()) == OPEN | OWN | OWN_POSTS | LISTS | OBJECTS | POSTS | API


def test_nobody_is_asked_to_sign_in_first(company: Company) -> None:
    for name in LISTS | OBJECTS | POSTS | OWN | OWN_POSTS:
        where = address(name, company)
        answer = Client().post(where) if name in POSTS | OWN_POSTS else Client().get(where)
        assert answer.status_code == 302, name
        assert answer["Location"].startswith("/login/?next="), name


def test_a_partial_of_an_ended_session_sends_the_whole_browser_to_sign_in(company: Company) -> None:
    answer = Client().get(address("buyers", company), headers={"HX-Request": "true"})
    assert answer["HX-Redirect"] == "/login/"
    assert answer.content == b""


def test_a_member_sees_the_company_s_own(company: Company) -> None:
    # The batch of the small ledger rejected nothing, and its documents come to HTMX only.
    missing = {"import-rejects"}
    moved = {
        "buyer-documents",
        "evidence-checkpoint",
        "evidence-everything",
        "evidence-keys",
        "risks",
    }  # nothing is signed yet; the risks begin with the countries
    for name in LISTS | OBJECTS:
        wanted = 404 if name in missing else 302 if name in moved else 200
        assert company.client.get(address(name, company)).status_code == wanted, name


def test_another_company_s_things_do_not_exist(company: Company, rival: Company) -> None:
    for name in OBJECTS - {"buyer-documents"}:
        assert rival.client.get(address(name, company)).status_code == 404, name
    partial = rival.client.get(address("buyer-documents", company), headers={"HX-Request": "true"})
    assert partial.status_code == 404
    assert rival.client.post(address("import-discard", company)).status_code == 404


def test_another_company_s_action_cannot_be_marked(company: Company, rival: Company) -> None:
    rival.client.post(address("today-mark", company), {"state": "done"})
    states = {row.state.value for row in company.console.ask("actions_page").rows}
    assert states == {"open"}


def test_lists_show_only_the_company_s_own_rows(company: Company, rival: Company) -> None:
    own = {str(public_id) for public_id in rival.buyers.values()}
    others = {str(public_id) for public_id in company.buyers.values()}
    for name in ("portfolio", "buyers", "today"):
        page = rival.client.get(address(name, company)).content.decode()
        assert not [public_id for public_id in others if public_id in page], name
    page = rival.client.get(address("buyers", company)).content.decode()
    assert all(public_id in page for public_id in own)


def test_somebody_without_a_company_reads_why_there_is_nothing(company: Company) -> None:
    tenants.create_user(email="lone@nobody.example", password=PASSWORD, name="Lone")
    lone = signed_in("lone@nobody.example")
    for name in LISTS | OBJECTS:
        answer = lone.get(address(name, company))
        assert answer.status_code == 403, name
        assert "belongs to no company" in answer.content.decode()


@pytest.mark.parametrize("name", sorted(POSTS | OWN_POSTS))
def test_what_changes_something_takes_no_get(company: Company, name: str) -> None:
    assert company.client.get(address(name, company)).status_code == 405


def test_forms_need_their_token(company: Company) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(_user(company.email))
    answer = strict.post("/recompute/")
    assert answer.status_code == 403
    assert "too old" in answer.content.decode()


def _user(email: str):  # type: ignore[no-untyped-def]
    from django.contrib.auth import get_user_model

    return get_user_model().objects.get(email=email)
