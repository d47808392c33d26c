"""The tab with a buyer's company grade."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from tests.edges.web.conftest import Company
from xindun.kit.tenancy import tenant_scope
from xindun.prevention.scoring import reads
from xindun.record.parties.reads import buyer


def test_a_buyer_is_graded_explained_proved_and_overridden(company: Company) -> None:
    tardy = company.buyers["Tardy GmbH"]
    where = reverse("buyer-grade", args=[tardy])
    assert "Not graded yet" in company.client.get(where).content.decode()
    page = company.client.post(
        reverse("buyer-grade-again", args=[tardy]), follow=True
    ).content.decode()
    assert "Graded anew." in page
    with tenant_scope(company.tenant_id):
        found = reads.grade_of(buyer(tardy).id)
    assert found and found.grade
    assert f"{found.grade}<span" in page
    assert "How it has paid you" in page
    assert "not known: it adds nothing and widens the interval" in page
    assert "derived from the 12 months by a constant hazard" in page
    told = page.partition("What you can tell the buyer")[2].partition("</section>")[0]
    assert "Pay by the due date" in told
    assert not any(word in told.casefold() for word in ("grade", "limit", "%"))
    again = company.client.post(reverse("buyer-grade-again", args=[tardy]), follow=True)
    assert "Nothing has changed" in again.content.decode()
    proved = company.client.post(reverse("buyer-grade-replay", args=[tardy]), follow=True)
    assert "The same, bit for bit." in proved.content.decode()
    day = timezone.now().date() + timedelta(days=30)
    said = {"grade": "2", "expires_on": day, "reason": "Its parent pays."}
    assert company.client.post(where, {**said, "grade": "11"}).status_code == 400
    proposed = company.client.post(where, said, follow=True).content.decode()
    assert "Proposed. It counts once somebody else approves it." in proposed
    assert "by override" not in proposed
    assert "waits for approval" in company.client.post(where, said).content.decode()
    report = reverse("overrides")
    assert "No grade was overridden yet" in company.client.get(report).content.decode()
