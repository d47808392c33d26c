"""The group of a buyer's company: recorded by hand, shown with what its companies owe, changed."""

from __future__ import annotations

import csv
import io
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from tests.edges.web.conftest import Company
from xindun.kit.tenancy import tenant_scope
from xindun.record.parties.reads import buyer, ownerships_of, party_of
from xindun.record.parties.values import Ownership, PartyValue


def matched(company: Company, public_id: UUID) -> PartyValue:
    company.client.post(reverse("identity-match", args=[public_id]))
    with tenant_scope(company.tenant_id):
        found = party_of(buyer(public_id).id)
    assert found is not None
    return found


def shares(company: Company, party: PartyValue) -> tuple[Ownership, ...]:
    with tenant_scope(company.tenant_id):
        return ownerships_of(party.id, known_at=timezone.now())


def text(company: Company, name: str, *args: Any, **asked: str) -> str:
    answer = company.client.get(reverse(name, args=args), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_share_is_recorded_and_the_group_shows_what_it_owes(company: Company) -> None:
    (child_name, child), (parent_name, parent) = list(company.buyers.items())[:2]
    assert "which company this buyer is" in text(company, "buyer-group", child)
    assert company.client.get(reverse("buyer-group-new", args=[child])).status_code == 302
    owned, owner = matched(company, child), matched(company, parent)
    alone = text(company, "buyer-group", child)
    assert "the company stands alone" in alone
    assert "No share is recorded" in alone

    where = reverse("buyer-group-new", args=[child])
    found = company.client.get(where, {"find": parent_name}).content.decode()
    assert f"party:{owner.public_id}" in found
    said = {
        "find": parent_name,
        "company": f"party:{owner.public_id}",
        "role": "owner",
        "percent": "60",
        "source": "shareholder list",
        "as_of": "2024-12-31",
    }
    assert company.client.post(where, {**said, "percent": "101"}).status_code == 400
    assert company.client.post(where, {**said, "company": "party:x"}).status_code == 400
    assert company.client.post(where, said).status_code == 302
    again = company.client.post(where, said)
    assert (again.status_code, shares(company, owned)) == (400, shares(company, owner))
    assert "end it or correct it instead" in again.content.decode()
    # The other company has no file yet: one is opened by its name.
    new = {**said, "find": "Fresh Works", "company": "new", "role": "holding"}
    assert company.client.post(where, new).status_code == 302

    for each in (child, parent):
        page = text(company, "buyer-group", each)
        for words in (child_name, parent_name, "Fresh Works", "60%", "shareholder list"):
            assert words in page
        assert "Buyers of this group" in text(company, "identity", each)
    rows = list(csv.reader(io.StringIO(_export(company, child))))
    owed = [row for row in rows[1:] if row[6]]
    assert {row[0] for row in owed} == {child_name, parent_name}
    narrowed = list(csv.reader(io.StringIO(_export(company, child, show="customers", q="zzz"))))
    assert len(narrowed) == 1
    assert "No company matches" in text(company, "buyer-group", child, q="zzz")
    # Before the day of the source there was no group.
    assert "stands alone" in text(company, "buyer-group", child, as_of="2024-12-30")


def test_a_share_is_corrected_ended_and_withdrawn(company: Company) -> None:
    (_name, child), (parent_name, parent) = list(company.buyers.items())[:2]
    owned, owner = matched(company, child), matched(company, parent)
    said = {"percent": "40", "source": "list", "as_of": "2024-12-31"}
    chosen = {"find": parent_name, "company": f"party:{owner.public_id}", "role": "owner"}
    company.client.post(reverse("buyer-group-new", args=[child]), {**chosen, **said})
    [share] = shares(company, owned)
    where = reverse("buyer-group-share", args=[child, share.link])

    def post(verb: str, **more: str) -> int:
        return company.client.post(where, {"verb": verb, **more}).status_code

    form = company.client.get(where, headers={"Accept-Language": "zh-hans"}).content.decode()
    assert 'value="2024-12-31"' in form
    assert 'value="40"' in form
    assert post("correct", **{**said, "percent": "70"}) == 302
    assert "70%" in company.client.get(where).content.decode()
    assert post("end", ends_on="2024-01-01", source="sale") == 400
    assert post("end", ends_on="2025-03-01", source="sale") == 302
    assert post("nothing") == 404
    assert [str(each.ends_on) for each in shares(company, owned)] == ["2025-03-01"]
    stranger = list(company.buyers.values())[2]
    matched(company, stranger)
    elsewhere = reverse("buyer-group-share", args=[stranger, share.link])
    assert company.client.get(elsewhere).status_code == 404
    assert post("withdraw") == 302
    assert shares(company, owned) == ()
    assert company.client.get(where).status_code == 404


def _export(company: Company, public_id: UUID, **asked: str) -> str:
    answer: Any = company.client.get(reverse("buyer-group-export", args=[public_id, "csv"]), asked)
    return b"".join(answer.streaming_content).decode("utf-8-sig")
