"""Country and sector risk: lists, sources, and the company's own label."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from tests.edges.web.conftest import Company
from xindun.kit.tenancy import tenant_scope
from xindun.record.evidence import reads as evidence
from xindun.record.reference import reads


def test_countries_and_sectors_are_listed_narrowed_and_exported(company: Company) -> None:
    countries, sectors = (reverse("risk-list", args=[kind]) for kind in ("country", "sector"))
    page = company.client.get(countries).content.decode()
    assert "215 countries" in page
    assert "1 of 11" in page
    found = company.client.get(f"{countries}?q=germ&sort=-figure").content.decode()
    assert "1 country" in found
    assert "HIC: high-income country, not classified" in found
    assert "Nothing matches" in company.client.get(f"{countries}?q=atlantis").content.decode()
    assert "1 country" in company.client.get(f"{countries}?label=none").content.decode()
    risky = company.client.get(f"{sectors}?label=high&sort=-figure").content.decode()
    assert risky.index("Transport and storage") < risky.index("Accommodation and food")
    export = reverse("risk-list-export", args=["sector", "csv"])
    text = company.client.get(f"{export}?q=construction").getvalue().decode()
    assert "F,Construction,Sensitive,Sensitive,,1.30," in text
    assert company.client.get(reverse("risk", args=["country", "ZZ"])).status_code == 404


def test_an_own_label_counts_until_it_expires_and_stays_in_the_evidence(
    company: Company, rival: Company
) -> None:
    where = reverse("risk", args=["country", "DE"])
    today = timezone.now().date()
    said = {"label": "high", "expires_on": today + timedelta(days=30), "reason": "A shock."}
    late = company.client.post(where, {**said, "expires_on": today + timedelta(days=900)})
    assert late.status_code == 400
    assert "at most 366 days later" in late.content.decode()
    page = company.client.post(where, said, follow=True).content.decode()
    assert "A shock." in page
    with tenant_scope(company.tenant_id):
        soon, after = (today + timedelta(days=days) for days in (1, 30))
        labels = [reads.country("DE", as_of=day) for day in (today, soon, after)]
        assert [each.in_force for each in labels if each] == ["high", "high", "low"]
        before = reads.country("DE", as_of=soon, known_at=timezone.now() - timedelta(hours=1))
        assert before and before.override is None
    with tenant_scope(rival.tenant_id):
        theirs = reads.country("DE", as_of=soon)
        assert theirs and theirs.in_force == "low"
    assert "1 country" in company.client.get("/risks/country/?own=yes").content.decode()
    company.client.post(reverse("risk-end", args=["country", "DE"]))
    with tenant_scope(company.tenant_id):
        ended = reads.country("DE", as_of=soon)
        assert ended and ended.in_force == "low"
        records = evidence.latest(count=2)
    assert [each.kind for each in records] == ["risk_override_ended", "risk_overridden"]
    assert records[1].result["label"] == "high"
