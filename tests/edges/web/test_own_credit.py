"""The company's own credit page: facts, self-check, and the log of corrections."""

from __future__ import annotations

from hashlib import sha256

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.edges.web.conftest import Company
from xindun.kit.tenancy import tenant_scope
from xindun.record.evidence import reads as evidence
from xindun.record.own_file import reads
from xindun.record.own_file.values import CorrectionState, FactField

LEI = "213800KUD8LAJWSQ9D15"


def test_a_fact_is_stated_checked_changed_and_withdrawn(company: Company) -> None:
    where = reverse("own-credit")
    said = {"field": "lei", "value": LEI.lower(), "source": "GLEIF", "stated_on": "2025-01-31"}
    wrong = company.client.post(where, {**said, "value": LEI[:-1] + "6"})
    assert wrong.status_code == 400
    assert "where the check digits of the rest are" in wrong.content.decode()
    future = company.client.post(where, {**said, "stated_on": "2999-01-01"})
    assert future.status_code == 400
    with tenant_scope(company.tenant_id):
        assert reads.facts() == []
    page = company.client.post(where, said, follow=True).content.decode()
    assert page.count(LEI) >= 2
    assert "GLEIF, 2025-01-31" in page
    again = {"field": "website", "value": "<b>x", "source": "own", "stated_on": "2025-01-31"}
    assert "&lt;b&gt;x" in company.client.post(where, again, follow=True).content.decode()
    company.client.post(reverse("own-credit-withdraw"), {"field": "lei"})
    company.client.post(reverse("own-credit-withdraw"), {"field": "nonsense"})
    with tenant_scope(company.tenant_id):
        assert [each.field for each in reads.facts()] == [FactField.WEBSITE]
        assert [each.value for each in reads.history(FactField.LEI)] == ["", LEI]
        kinds = [each.kind for each in evidence.latest(count=3)]
    assert kinds == ["own_fact_withdrawn", "own_fact_stated", "own_fact_stated"]


def test_a_correction_is_asked_answered_and_listed(company: Company, rival: Company) -> None:
    log = reverse("own-corrections")
    assert "No correction yet" in company.client.get(log).content.decode()
    document = SimpleUploadedFile("extract.pdf", b"%PDF-1.7 extract")
    made = company.client.post(
        reverse("own-correction-new"),
        {"holder": "Bureau", "wrong": "We paid.", "asked_on": "2025-01-31", "document": document},
    )
    assert made.status_code == 302
    page = company.client.get(made["Location"]).content.decode()
    digest = sha256(b"%PDF-1.7 extract").hexdigest()
    assert digest in page
    assert rival.client.get(made["Location"]).status_code == 404
    answer = {"state": "refused", "answered_on": "2025-02-28", "answer": "No."}
    company.client.post(made["Location"], answer)
    company.client.post(made["Location"], {**answer, "state": "accepted", "answer": "Yes."})
    closed = company.client.post(made["Location"], {**answer, "state": "withdrawn"})
    assert closed.status_code == 400
    assert "cannot become" in closed.content.decode()
    with tenant_scope(company.tenant_id):
        (found,) = reads.corrections_page().rows
        assert (found.state, found.answer) == (CorrectionState.ACCEPTED, "Yes.")
        records = [each for each in evidence.latest(count=5) if "correction" in each.kind]
        assert [each.result.get("to") for each in records] == ["accepted", "refused", None]
        assert records[-1].inputs["evidence"] == digest
        assert "We paid" not in str(records)
    for query, shown in (("?q=bureau", True), ("?state=asked", False), ("?q=none", False)):
        assert ("Bureau" in company.client.get(log + query).content.decode()) == shown, query
    export = reverse("own-corrections-export", args=["csv"])
    assert "Bureau" in company.client.get(export).getvalue().decode()
    assert "Bureau" not in rival.client.get(log).content.decode()
