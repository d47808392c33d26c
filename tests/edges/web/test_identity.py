"""Which company a buyer is: looked for, said by hand, its numbers stated, undone again."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from tests.edges.web.conftest import Company
from xindun.kit.tenancy import tenant_scope
from xindun.record.parties.actions import merge_approved, open_party, prepare_matches
from xindun.record.parties.reads import buyer, identifiers_of, party_of
from xindun.record.tenants.reads import machine_actor, proposals

USCC = "91110000600037341L"


def test_a_company_is_opened_by_hand_numbered_and_undone(company: Company) -> None:
    names = list(company.buyers)
    first, second = (company.buyers[name] for name in names[:2])
    where = reverse("identity", args=[first])
    assert "not known yet" in company.client.get(where).content.decode()
    done = company.client.post(reverse("identity-match", args=[first]), follow=True)
    assert names[0] in done.content.decode()

    bad = {"scheme": "uscc", "value": USCC[:-1] + "M", "source": "营业执照"}
    refused = company.client.post(reverse("identity-number", args=[first]), bad)
    assert refused.status_code == 400
    assert "digits of the rest are L" in refused.content.decode()
    company.client.post(reverse("identity-number", args=[first]), {**bad, "value": USCC})

    with tenant_scope(company.tenant_id):
        party = party_of(buyer(first).id)
        assert party is not None
        assert [each.value for each in identifiers_of(party.id)] == [USCC]

    asked = company.client.get(reverse("identity", args=[second]), {"q": names[0]})
    assert str(party.public_id) in asked.content.decode()
    company.client.post(reverse("identity-match", args=[second]), {"party": str(party.public_id)})
    assert names[1] in company.client.get(where).content.decode()
    company.client.post(reverse("identity-unmatch", args=[second]))
    with tenant_scope(company.tenant_id):
        assert party_of(buyer(second).id) is None
    wrong = company.client.post(reverse("identity-match", args=[second]), {"entity": "nothing"})
    assert wrong.status_code == 404


def test_two_files_are_merged_by_two_people_and_undone(company: Company) -> None:
    names = list(company.buyers)
    first, second = (company.buyers[name] for name in names[:2])
    number = {"scheme": "uscc", "value": USCC, "source": "营业执照"}
    for buyer_id in (first, second):
        company.client.post(reverse("identity-match", args=[buyer_id]))
    company.client.post(reverse("identity-number", args=[first]), number)
    taken = company.client.post(reverse("identity-number", args=[second]), number)
    assert taken.status_code == 400
    page = taken.content.decode()
    assert "propose a merge" in page
    assert 'href="#merge"' in page
    with tenant_scope(company.tenant_id):
        merged, survivor = (party_of(buyer(each).id) for each in (first, second))
        assert merged is not None
        assert survivor is not None
    assert f'value="{merged.public_id}"' in page

    where = reverse("identity-merge", args=[second])
    said = {"other": str(merged.public_id), "reason": "one licence"}
    assert company.client.post(where, {**said, "reason": ""}).status_code == 400
    assert company.client.post(where, {**said, "other": "x"}).status_code == 404
    assert company.client.post(where, said, follow=True).status_code == 200
    again = company.client.post(where, said)
    assert (again.status_code, "proposed already" in again.content.decode()) == (400, True)
    inbox = company.client.get(reverse("approvals")).content.decode()
    assert f"{merged.name} → {survivor.name} · one licence" in inbox
    with tenant_scope(company.tenant_id):
        [proposal] = [each for each in proposals(timezone.now()) if each.kind == "party_merged"]
        merge_approved(proposal, machine_actor("system:second"), timezone.now())
        assert party_of(buyer(first).id) == survivor
    page = company.client.get(reverse("identity", args=[first])).content.decode()
    assert "one licence" in page
    undo = reverse("identity-unmerge", args=[first])
    asked = {"party": str(merged.public_id)}
    assert company.client.post(undo, asked).status_code == 400
    company.client.post(undo, {**asked, "reason": "two licences"})
    with tenant_scope(company.tenant_id):
        assert party_of(buyer(first).id) == merged


def test_ticked_buyers_are_matched_from_the_list(company: Company) -> None:
    names = list(company.buyers)
    first, second = (company.buyers[name] for name in names[:2])
    where = reverse("unmatched")
    assert "not looked for yet" in company.client.get(where).content.decode()
    with tenant_scope(company.tenant_id):
        actor = machine_actor("system:test")
        party = open_party(actor, f"{names[0]} Ltd", None, now=timezone.now())
        prepare_matches(0, now=timezone.now())
    page = company.client.get(where, {"sort": "-score", "q": names[0]}).content.decode()
    assert party.name in page
    assert names[1] not in page
    part = company.client.get(where, {"band": "check\x00"}, headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()
    file = company.client.get(reverse("unmatched-export", args=["csv"]), {"q": names[0]})
    assert party.name in b"".join(file).decode()

    decide = reverse("unmatched-decide")
    ticked = {"buyer": [str(first), str(second)], "verb": "accept"}
    said = company.client.post(decide, ticked, follow=True).content.decode()
    assert f"No company is suggested for {names[1]}" in said
    with tenant_scope(company.tenant_id):
        assert party_of(buyer(first).id) == party
        assert party_of(buyer(second).id) is None
    assert (
        "Tick the buyers"
        in company.client.post(decide, {"verb": "accept"}, follow=True).content.decode()
    )
    assert company.client.post(decide, {**ticked, "verb": "x"}).status_code == 404
    assert company.client.post(decide, {**ticked, "buyer": "x"}).status_code == 404
    company.client.post(reverse("unmatched-prepare"))
    assert "Looking for candidates" in company.client.get(where).content.decode()


def test_the_search_says_what_to_do_next(company: Company) -> None:
    where = reverse("companies")
    assert "Type a name" in company.client.get(where).content.decode()
    found = company.client.get(where, {"q": "nobody\x00%"}, headers={"HX-Request": "true"})
    assert "Nothing matches" in found.content.decode()
    assert "<html" not in found.content.decode()
    assert company.client.post(reverse("company-open"), {"entity": "x"}).status_code == 404
