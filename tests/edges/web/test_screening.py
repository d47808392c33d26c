"""Checks on a buyer's tab: proofs, waivers and hits, decided by two people on the screens."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.contexts.receivables.ledgers import START
from tests.edges.web.conftest import Company
from tests.edges.web.test_who_may_see import hit_of
from xindun.kit.tenancy import tenant_scope
from xindun.prevention.onboarding import reads as onboarding
from xindun.record.parties import actions as parties
from xindun.record.screening import reads
from xindun.record.tenants.reads import machine_actor


def posted(company: Company, name: str, args: list[Any], **said: Any) -> Any:
    return company.client.post(reverse(name, args=args), said, follow=True)


def test_a_buyer_nobody_has_identified_has_not_started(company: Company) -> None:
    buyer = company.buyers["Tardy GmbH"]
    page = company.client.get(reverse("buyer-checks", args=[buyer])).content.decode()
    assert "Not started" in page
    assert "Say first which legal entity this buyer is." in page
    answer = posted(
        company, "buyer-proof", [buyer], item="bank", dated_on="2025-01-01", reference="x"
    )
    assert "Say first which legal entity this buyer is." in answer.content.decode()


def test_proofs_waivers_and_the_screening_stand_on_the_tab(company: Company) -> None:
    buyer = company.buyers["Tardy GmbH"]
    hit_of(company)
    with tenant_scope(company.tenant_id):
        party = reads.hits_page().rows[0].party
        parties.match_buyer(machine_actor("system:test"), buyer, party, {}, now=START)
    page = company.client.get(reverse("buyer-checks", args=[buyer])).content.decode()
    assert "Something is missing" in page
    assert "Hit to decide" in page
    said = {"item": "contract", "dated_on": "2025-01-01", "reference": "Folder <7>"}
    answer = posted(company, "buyer-proof", [buyer], **said)
    assert "Folder &lt;7&gt;" in answer.content.decode()
    refused = posted(company, "buyer-proof", [buyer], **{**said, "dated_on": "2999-01-01"})
    assert refused.status_code == 400
    wrong = posted(company, "buyer-waiver", [buyer], item="bank", last_on="2999-01-01", reason="x")
    assert wrong.status_code == 400
    assert "at most 180 days later" in wrong.content.decode()
    small = company.client.get(reverse("buyer-checks", args=[buyer]), {"amount": "10"})
    assert "Needed only above an amount." in small.content.decode()


def test_a_hit_is_explained_proposed_and_found_in_the_list(company: Company) -> None:
    hit = hit_of(company)
    page = company.client.get(reverse("hit", args=[hit])).content.decode()
    assert "Tardy Sample GmbH" in page
    assert "Why it is a hit" in page
    assert posted(company, "hit", [hit], decision="cleared", reason=" ").status_code == 400
    done = posted(company, "hit", [hit], decision="cleared", reason="Other number").content.decode()
    assert "Waits for a second person" in done
    assert "Other number" in done
    approvals = company.client.get(reverse("approvals")).content.decode()
    assert reverse("hit", args=[hit]) in approvals
    found = company.client.get(reverse("hits"), {"q": "tardy", "state": "open", "list": "watch"})
    assert "1 hit" in found.content.decode()
    assert "No hit matches" in company.client.get(reverse("hits"), {"q": "zzz"}).content.decode()
    assert (
        company.client.get(reverse("hits"), {"state": "nonsense", "page": "x"}).status_code == 200
    )
    export = company.client.get(reverse("hits-export", args=["csv"]))
    assert "Tardy Sample GmbH" in b"".join(export.streaming_content).decode()


def test_a_watch_list_is_loaded_or_refused_whole(company: Company) -> None:
    def sent(content: bytes) -> Any:
        file = SimpleUploadedFile("../../list.csv", content)
        return posted(company, "watch-list", [], file=file)

    refused = sent(b"name\nSomebody\n")
    assert refused.status_code == 400
    assert "a watch list as CSV" in refused.content.decode()
    loaded = sent(b"key,name\nA,Somebody\n")
    assert "Loaded." in loaded.content.decode()
    assert "last" in sent(b"key,name\nA,Somebody\n").content.decode()
    changed = posted(company, "screening-settings", [], hit=90, valid_days=30)
    assert "count from now on" in changed.content.decode()
    assert posted(company, "screening-settings", [], hit=10, valid_days=30).status_code == 400


def test_another_checklist_is_proposed_on_the_screen(company: Company) -> None:
    address = reverse("checklist")
    assert "comes with Xindun" in company.client.get(address).content.decode()
    said = {"bank-needed": "on", "bank-above": "500", "bank-countries": "cn de"}
    done = company.client.post(address, said, follow=True)
    assert "Somebody else has to approve it." in done.content.decode()
    with tenant_scope(company.tenant_id):
        assert onboarding.requirements().number == 0
    wrong = company.client.post(address, {"bank-needed": "on", "bank-countries": "china"})
    assert wrong.status_code == 400
