"""A credit policy is drafted, compared, submitted and read on its screens."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from tests.edges.web.conftest import Company
from tests.edges.web.test_roles import joined
from xindun.kit.tenancy import tenant_scope
from xindun.prevention.credit_policy import reads
from xindun.record.tenants import actions as tenants
from xindun.record.tenants import reads as people
from xindun.record.tenants.values import Role


def shown(company: Company, name: str, *args: Any, **query: str) -> str:
    answer = company.client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return str(answer.content.decode())


def sent(company: Company, name: str, *args: Any, **said: Any) -> Any:
    return company.client.post(reverse(name, args=args), said, follow=True)


def form_of(company: Company, name: str, *args: Any) -> dict[str, str]:
    """Every field of a form as it stands."""
    form = company.client.get(reverse(name, args=args)).context["form"]
    parts = [*getattr(form, "rows", []), getattr(form, "whom", None), getattr(form, "rules", None)]
    if hasattr(form, "rows"):
        parts.append(form.rows.management_form)
    if hasattr(form, "fields"):
        parts.append(form)
    fields = [field for part in parts if part is not None for field in part]
    values = {field.html_name: field.value() for field in fields}
    said = {
        name: value
        for name, value in values.items()
        if value is not None and value is not False and value != ""
    }
    revision = reads_draft(company)
    return {**said, "revision": str(revision.revision if revision else 0)}


def reads_draft(company: Company) -> Any:
    with tenant_scope(company.tenant_id):
        return reads.draft()


def test_the_default_is_labelled_and_read_in_both_languages(company: Company) -> None:
    page = shown(company, "policy")
    assert "Nobody in the company has agreed to it." in page
    assert "250,000.00 EUR" in page
    assert "more than 15 days" in page
    assert "No version yet" in shown(company, "policy-versions")
    assert shown(company, "policy-yaml", 0).startswith("currency: EUR\n")
    for language in ("en", "zh-hans"):
        address = reverse("policy-document", args=[0])
        document = company.client.get(address, {"lang": language})
        assert document.content.startswith(b"%PDF-")
        assert document["Content-Disposition"] == 'inline; filename="credit-policy-0.pdf"'
    assert company.client.get(reverse("policy-version", args=[1])).status_code == 404


def test_sections_are_edited_compared_and_refused_with_their_place(company: Company) -> None:
    tiers = form_of(company, "policy-edit", "tiers")
    wrong = sent(company, "policy-edit", "tiers", **{**tiers, "row-0-worst_grade": "3"})
    assert wrong.status_code == 400
    assert "Tiers: Grade 3 is in more than one tier." in wrong.content.decode()
    assert reads_draft(company) is None
    longer = {"row-0-terms_days": "75", "row-0-discount_percent": "2", "row-0-discount_days": "10"}
    done = sent(company, "policy-edit", "tiers", **{**tiers, **longer}).content.decode()
    assert "Saved in the draft." in done
    assert "Tier A: Payment terms, days" in done
    assert "2% within 10 days" in done
    stale = sent(company, "policy-edit", "tiers", **{**tiers, "row-0-terms_days": "80"})
    assert "Somebody else has changed the draft" in stale.content.decode()
    fewer = form_of(company, "policy-edit", "authorities")
    sent(company, "policy-edit", "authorities", **{**fewer, "row-0-DELETE": "on"})
    starter = form_of(company, "policy-edit", "starter")
    sent(company, "policy-edit", "starter", **{**starter, "cap": "7500"})
    numbers = {**form_of(company, "policy-edit", "numbers"), "tolerance_ratio": "2.5"}
    numbers["knockouts"] = ["liquidation"]  # type: ignore[assignment]
    page = sent(company, "policy-edit", "numbers", **numbers).content.decode()
    assert "7,500.00 EUR" in page
    assert "2.5%" in page
    found = reads_draft(company).policy
    assert [each.role for each in found.authorities] == [Role.CREDIT_MANAGER, Role.OWNER]
    assert [each.value for each in found.knockouts] == ["liquidation"]


def test_segments_are_added_moved_and_removed(company: Company) -> None:
    added = {"code": "builders", "countries": "cn de", "sectors": "f", "revision": "0"}
    sent(company, "policy-segment-new", **added)
    rules = form_of(company, "policy-segment", 0)
    hard = {**rules, "country_stop-refuse-codes": "ru, kp", "oldest_open_item-hold-days": "70"}
    wrong = sent(company, "policy-segment", 0, **hard).content.decode()
    assert "builders · Oldest open item: refuse would stop orders that hold still lets" in wrong
    kept = {**hard, "oldest_open_item-hold-days": "20", "static_limit": ""}
    page = sent(company, "policy-segment", 0, **kept).content.decode()
    assert "Russia (RU), North Korea (KP)" in page
    builders = reads_draft(company).policy.segments[0]
    assert (builders.countries, builders.sectors) == (("CN", "DE"), ("F",))
    assert {rule.code.value for rule in builders.rules} >= {"country_stop", "oldest_open_item"}
    assert "static_limit" not in {rule.code.value for rule in builders.rules}
    sent(company, "policy-segment-change", 1, step="up", revision="2")
    assert [each.code for each in reads_draft(company).policy.segments] == ["new", "builders", ""]
    sent(company, "policy-segment-change", 1, step="remove", revision="3")
    assert [each.code for each in reads_draft(company).policy.segments] == ["new", ""]
    last = company.client.post(reverse("policy-segment-change", args=[1]), {"step": "remove"})
    assert last.status_code == 404


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"a: &x 1\nb: *x\n", "not a credit policy in YAML (line 1)"),
        (b"currency: EUR\nhold_hours: soon\n", "hold_hours: Use a whole number."),
    ],
)
def test_a_file_that_cannot_be_read_changes_nothing(
    company: Company, content: bytes, sentence: str
) -> None:
    answer = sent(company, "policy-draft-import", file=SimpleUploadedFile("p.yaml", content))
    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert reads_draft(company) is None


def test_a_file_becomes_the_draft_and_then_the_policy(company: Company, rival: Company) -> None:
    text = shown(company, "policy-yaml", 0).replace("horizon_days: 30", "horizon_days: 60")
    file = SimpleUploadedFile("policy.yaml", text.encode())
    assert "60" in sent(company, "policy-draft-import", file=file, revision="0").content.decode()
    far = sent(company, "policy-draft-submit", revision="1", effective_from="2999-01-01T00:00")
    assert "takes effect within 366 days" in far.content.decode()
    done = sent(company, "policy-draft-submit", revision="1").content.decode()
    assert "cannot change before" in done
    assert reverse("policy-draft") in shown(company, "approvals")
    again = form_of(company, "policy-edit", "starter")
    refused = sent(company, "policy-edit", "starter", **again)
    assert "waits for approval" in refused.content.decode()
    joined(company, "mei@seller.example", Role.CREDIT_MANAGER)
    with tenant_scope(company.tenant_id):
        mei = people.user_by_email("mei@seller.example")
        assert mei is not None
        actor = people.member_actor(mei.id, mei.public_id, Role.CREDIT_MANAGER)
        waiting = reads.waiting(now=timezone.now())
        assert waiting is not None
        tenants.approve(actor, waiting.public_id, now=timezone.now())
    page = shown(company, "policy")
    assert "proposed by Seller, approved by mei" in page
    assert "Nobody in the company has agreed to it." not in page
    versions = shown(company, "policy-versions", q="mei", state="in_force")
    assert "Version 1" in versions
    assert "No version matches" in shown(company, "policy-versions", q="zzz")
    export = company.client.get(reverse("policy-versions-export", args=["csv"]))
    assert "Seller,mei" in b"".join(export.streaming_content).decode()
    changed = shown(company, "policy-version", 1)
    assert "Credit horizon, days" in changed or "In force" in changed
    assert rival.client.get(reverse("policy-version", args=[1])).status_code == 404
