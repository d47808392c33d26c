"""A report file is looked at before it is recorded, and the rules for buying hold on the screen."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from typer.testing import CliRunner

from tests.edges.web.conftest import Company
from xindun.cli.bureau import app
from xindun.connectors.bureau import actions, reads
from xindun.connectors.bureau.models import Enquiry
from xindun.connectors.bureau.offered import sources
from xindun.connectors.bureau.values import EnquiryState
from xindun.kit.tenancy import tenant_scope
from xindun.record.company_file.values import FactKind
from xindun.web.reports.words import KINDS


def never(*_args: Any, **_named: Any) -> Any:
    raise AssertionError("nothing may be called")


def sec_file() -> BytesIO:
    """Synthetic company facts of one year."""
    span = {"end": "2018-12-31", "form": "10-K", "accn": "one", "filed": "2019-03-01"}
    told = {
        "Assets": [{**span, "val": 1_234_567}],
        "NetIncomeLoss": [{**span, "start": "2018-01-01", "val": 7}],
    }
    facts = {tag: {"units": {"USD": rows}} for tag, rows in told.items()}
    content = {"cik": 42, "entityName": "Other Name Inc.", "facts": {"us-gaap": facts}}
    file = BytesIO(json.dumps(content).encode())
    file.name = "facts.json"
    return file


def test_a_file_is_read_shown_and_recorded_by_a_person(company: Company) -> None:
    client, buyer = company.client, company.buyers["Tardy GmbH"]
    where = f"/buyers/{buyer}/reports/"
    page = client.get(where)
    assert "No company file yet" in page.content.decode()
    assert client.post(f"{where}open/").status_code == 302
    page = client.get(where).content.decode()
    assert "Cannot be asked: it needs a number that is not stated" in page
    assert "Nothing was ordered yet" in page
    known = client.get(where, {"lei": "529900W18LQJJN6SJ336"}).content.decode()
    assert "Would be asked" in known

    sent = client.post(where, {"step": "file", "file": sec_file()})
    assert sent.status_code == 302
    enquiry = sent["Location"]
    assert "The file is being read" in client.get(enquiry).content.decode()
    with tenant_scope(company.tenant_id):
        party_id = Enquiry.objects.get(tenant_id=company.tenant_id).party_id
        (asked,) = reads.enquiries_of(party_id)
    actions.work(company.tenant_id, asked.public_id, clock=timezone.now, send=never)

    progress = client.get(f"{enquiry}progress/")
    assert progress["HX-Refresh"] == "true"
    preview = client.get(enquiry).content.decode()
    for part in ("Other Name Inc.", "Record this only if it is the same company", "1,234,567"):
        assert part in preview
    assert client.post(enquiry, {"step": "record"}).status_code == 302
    done = client.get(enquiry).content.decode()
    assert "New facts: 2. New statements: 1." in done
    again = client.post(enquiry, {"step": "record"}, follow=True).content.decode()
    assert "This report was recorded or discarded already." in again
    with tenant_scope(company.tenant_id):
        assert reads.enquiry(asked.public_id).state is EnquiryState.DONE
    broken = client.post(where, {"step": "file", "file": sec_file(), "mapping": BytesIO(b"[[[")})
    assert broken.status_code == 400
    assert "The mapping is incomplete at file" in broken.content.decode()
    assert client.get(f"{where}export/csv/").status_code == 200
    assert client.get(f"{where}export/pdf/").status_code == 404


def test_the_rules_for_buying_are_judged_and_kept(company: Company) -> None:
    client = company.client
    assert "Sources of reports" in client.get("/sources/").content.decode()
    form = {
        "order": "GB: companies_house, gleif\n*: gleif",
        "wanted": ["status", "officers"],
        "stale_days": "90",
        "young_days": "182",
        "budget": "200",
        "currency": "eur",
        "price-companies_house": "1.5",
    }
    refused = client.post("/sources/", {**form, "order": "*: nobody"})
    assert refused.status_code == 400
    assert "unknown one" in refused.content.decode()
    assert client.post("/sources/", form).status_code == 302
    with tenant_scope(company.tenant_id):
        terms = reads.terms()
        assert terms.order == {"GB": ("companies_house", "gleif"), "*": ("gleif",)}
        assert {code: str(price) for code, price in terms.prices.items()} == {
            "companies_house": "1.5"
        }
        assert (terms.stale_days, terms.budget, terms.currency) == (90, 200, "EUR")


def test_the_kinds_that_sources_tell_have_names() -> None:
    told = {kind for each in sources() for kind in each.provides}
    assert told <= KINDS.keys()
    assert told & {kind.value for kind in FactKind}


def test_the_command_shows_a_file_and_records_it_only_when_told(
    company: Company, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("xindun.config.startup.start", lambda: None)
    file = tmp_path / "facts.json"
    file.write_bytes(sec_file().getvalue())
    named = ["--buyer", "Tardy GmbH", "--tenant", "Seller", "--json"]
    shown = CliRunner().invoke(app, ["import", str(file), *named])
    assert json.loads(shown.stdout)["subject"]["name"] == "Other Name Inc."
    with tenant_scope(company.tenant_id):
        assert not Enquiry.objects.exists()
    done = CliRunner().invoke(app, ["import", str(file), *named, "--record"])
    told = json.loads(done.stdout)
    assert (told["facts"], told["statements"], told["refused"]) == (2, 1, [])
    planned = CliRunner().invoke(app, ["plan", *named])
    lacking = json.loads(planned.stdout)[0]["lacking"]
    assert "legal_name" not in lacking
    assert lacking["status"] == "missing"
    wrong = CliRunner().invoke(app, ["plan", "--buyer", "Nobody", "--tenant", "Seller"])
    assert wrong.exception is not None
    assert str(wrong.exception).startswith("Nobody names 0 buyers")
