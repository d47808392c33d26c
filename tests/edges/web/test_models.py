"""The models' pages: what is in use, how it was tested, and the proposal to use another."""

from __future__ import annotations

import json

from django.urls import reverse
from django.utils import timezone

from tests.edges.web.conftest import Company
from xindun.engine.default_risk.shipped import shipped
from xindun.kit.tenancy import tenant_scope
from xindun.prevention.models import actions
from xindun.prevention.models.values import Purpose
from xindun.record.tenants.reads import machine_actor

MACHINE = machine_actor("cli:test")


def test_models_are_listed_shown_with_base_rates_and_exported(company: Company) -> None:
    page = company.client.get(reverse("models")).content.decode()
    assert "2 models" in page
    assert page.count("In use (champion)") >= 2
    assert "1 model<" in company.client.get("/models/?purpose=default_risk").content.decode()
    assert "Nothing matches" in company.client.get("/models/?q=nobody").content.decode()
    text = company.client.get(reverse("models-export", args=["csv"])).getvalue().decode()
    tested = shipped("private")["card"]["out_of_time"][-1]
    assert str(tested["events"] / tested["rows"])[:8] in text
    one = company.client.get(reverse("model", args=["shipped-private"])).content.decode()
    for part in ("Taught until 2010", "Zmijewski", "Logistic regression", "42,081 firm-years"):
        assert part in one, part
    assert f"{tested['auc']:.3f}" in one
    assert f"{tested['base_rate'] * 100:.2f}%" in one
    assert "Propose to use it" not in one
    company.client.post("/language/", {"language": "zh-hans", "next": "/"})
    chinese = company.client.get(reverse("model", args=["shipped-private"])).content.decode()
    assert "训练至 2010" in chinese
    assert company.client.get(reverse("model", args=["nobody"])).status_code == 404


def test_a_challenger_is_proposed_from_its_page_once_it_is_validated(
    company: Company, rival: Company
) -> None:
    body = shipped("private") | {"id": "synthetic", "version": "1"}
    with tenant_scope(company.tenant_id):
        version = actions.register(
            MACHINE, Purpose.DEFAULT_RISK, json.dumps(body).encode(), now=timezone.now()
        )
    where = reverse("model", args=[version.reference])
    assert "Nobody has tested this model" in company.client.get(where).content.decode()
    assert rival.client.get(where).status_code == 404
    refused = company.client.post(
        reverse("model-propose", args=[version.reference]), follow=True
    ).content.decode()
    assert "no validation" in refused
    tested = shipped("private")["card"]["out_of_time"][-1]
    report = {**tested, "model": "synthetic", "version": "1", "baselines": {}}
    with tenant_scope(company.tenant_id):
        actions.keep_report(MACHINE, version.reference, report, now=timezone.now())
    assert "Propose to use it" in company.client.get(where).content.decode()
    done = company.client.post(
        reverse("model-propose", args=[version.reference]), follow=True
    ).content.decode()
    assert "Another person approves it" in done
    assert "Use another model: synthetic 1" in company.client.get("/approvals/").content.decode()
