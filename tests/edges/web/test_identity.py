"""Which company a buyer is: looked for, said by hand, its numbers stated, undone again."""

from __future__ import annotations

from django.urls import reverse

from tests.edges.web.conftest import Company
from xindun.kit.tenancy import tenant_scope
from xindun.record.parties.reads import buyer, identifiers_of, party_of

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


def test_the_search_says_what_to_do_next(company: Company) -> None:
    where = reverse("companies")
    assert "Type a name" in company.client.get(where).content.decode()
    found = company.client.get(where, {"q": "nobody\x00%"}, headers={"HX-Request": "true"})
    assert "Nothing matches" in found.content.decode()
    assert "<html" not in found.content.decode()
    assert company.client.post(reverse("company-open"), {"entity": "x"}).status_code == 404
