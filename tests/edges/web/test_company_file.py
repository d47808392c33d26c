"""The file of the company behind a buyer: facts, conflicts, events, documents, on the screen."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from tests.edges.web.company_files import PDF, company_file_of
from tests.edges.web.conftest import Company
from xindun.kit.tenancy import tenant_scope
from xindun.record.company_file import reads
from xindun.record.parties.reads import buyer, party_of

CODE, OTHER_CODE = "91110000600037341L", "91310115551504385L"


def test_a_file_is_opened_and_facts_are_stated_compared_and_withdrawn(company: Company) -> None:
    public_id = company.buyers["Tardy GmbH"]
    where = reverse("buyer-facts", args=[public_id])
    today = timezone.now().date()
    assert "No file is open" in company.client.get(where).content.decode()
    assert company.client.post(where, {}).status_code == 302
    company.client.post(reverse("buyer-facts-open", args=[public_id]))
    assert "Nothing is known yet" in company.client.get(where).content.decode()

    def state(kind: str, value: str, source: str = "register", **named: Any) -> Any:
        said = {"kind": kind, "value": value, "source": source, "as_of": today, **named}
        return company.client.post(where, said, follow=True)

    refused = state("registered_capital", "5,000", currency="CNY")
    assert refused.status_code == 400
    assert "is not an amount" in refused.content.decode()
    state("registered_capital", "500", currency="EUR")
    state("registered_capital", "5000000", "report", currency="EUR")
    state("uscc", CODE)
    state("officers", "Erika Muster, director\n王伟，董事")
    state("dishonest_debtor", "did not pay", "court", reference="1 M 1", uscc=CODE)
    page = state("dishonest_debtor", "", "court", reference="1 M 2", uscc=OTHER_CODE)
    text = page.content.decode()
    assert "1 conflict" in text
    assert "was a unit such as 万元 misread?" in text
    assert "Erika Muster (director); 王伟 (董事)" in text
    assert "1 in force" in text
    assert "Another company&#x27;s code: does not count" in text
    before = company.client.get(f"{where}?as_of={today - timedelta(days=1)}").content.decode()
    assert "No source said anything for this day" in before
    again = company.client.get(f"{where}?kind=officers").content.decode()
    assert "Erika Muster, director\n王伟, 董事</textarea>" in again
    export = reverse("buyer-facts-export", args=[public_id, "csv"])
    lines = b"".join(company.client.get(export)).decode().splitlines()
    assert len(lines) == 7
    assert sum("Registered capital" in line for line in lines) == 2

    with tenant_scope(company.tenant_id):
        party = party_of(buyer(public_id).id)
        assert party is not None
        known = reads.facts_of(party.id, as_of=today, known_at=timezone.now())
    [wrong] = [each for each in known if each.source == "report"]
    company.client.post(reverse("buyer-facts-withdraw", args=[public_id, wrong.public_id]))
    told = reverse("buyer-facts-history", args=[public_id, "registered_capital"])
    assert company.client.get(told).content.decode().count("grade-none") == 1
    assert "1 conflict" not in company.client.get(where).content.decode()
    assert company.client.get(told.replace("registered_capital", "nonsense")).status_code == 404


def test_a_document_comes_in_by_its_content_and_goes_out_as_a_download(
    company: Company, rival: Company
) -> None:
    public_id = company.buyers["Tardy GmbH"]
    file = company_file_of(company, public_id)
    where = reverse("buyer-files", args=[public_id])
    said = {"kind": "report", "source": "Bureau", "as_of": timezone.now().date()}

    def upload(name: str, body: bytes) -> Any:
        sent = SimpleUploadedFile(name, body)
        return company.client.post(where, {**said, "file": sent}, follow=True)

    refused = upload("report.pdf", b"<html><script>alert(1)</script>")
    assert refused.status_code == 400
    assert "By its content this is HTML/XML" in refused.content.decode()
    assert "report.txt" in upload("report.txt", "评级".encode()).content.decode()
    narrowed = company.client.get(f"{where}?q=bureau&kind=report&sort=-size").content.decode()
    assert "1 file" in narrowed
    assert "licence.pdf" not in narrowed
    assert "Nothing matches" in company.client.get(f"{where}?q=nonsense").content.decode()
    export = company.client.get(reverse("buyer-files-export", args=[public_id, "csv"]))
    assert len(b"".join(export).decode().splitlines()) == 3
    got = company.client.get(reverse("buyer-file", args=[public_id, file.document]))
    assert BytesIO(b"".join(got)).getvalue() == PDF
    assert got["Content-Type"] == "application/pdf"
    assert got["Content-Disposition"] == 'attachment; filename="licence.pdf"'
    assert got["X-Content-Type-Options"] == "nosniff"
    theirs = company_file_of(rival, rival.buyers["Tardy GmbH"])
    stranger = reverse("buyer-file", args=[public_id, theirs.document])
    assert company.client.get(stranger).status_code == 404
    facts = company.client.get(reverse("buyer-facts", args=[public_id])).content.decode()
    assert "licence.pdf" in facts
