"""The evidence screens: what was recorded, whether its proofs hold, and what an outsider keeps."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from tests.edges.web.conftest import Company
from xindun.kernel.identifiers import new_public_id
from xindun.kernel.signed_notes import read_note, read_verifier_key, signed_by
from xindun.kit.models import Audited
from xindun.kit.tenancy import tenant_scope
from xindun.record.evidence import actions, models, reads
from xindun.record.evidence.ports import keyring
from xindun.record.evidence.rules.verifying import verify_export
from xindun.record.evidence.values import Evidence, Subject
from xindun.record.signin.actions import Happened
from xindun.web.evidence.shown import KINDS


@pytest.fixture(autouse=True)
def test_reader(own_home: None, settings: Any) -> None:
    settings.XINDUN_LEDGER_READER = "tests.contexts.receivables.ledgers.read"


def kept(company: Company, kind: str) -> Evidence:
    with tenant_scope(company.tenant_id):
        return reads.latest(kind=kind)[0]


def sequence(company: Company, record: Evidence) -> None:
    with tenant_scope(company.tenant_id):
        actions.sequence_batch(now=record.recorded_at, ring=keyring())


def text_of(client: Client, name: str, *args: object, **query: str) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    return str(body.decode())


def shown(text: str, record: Evidence) -> bool:
    return str(record.public_id) in text


def test_the_list_is_searched_filtered_and_exported(company: Company) -> None:
    imported, reviewed = kept(company, "ledger_imported"), kept(company, "portfolio_reviewed")
    member = kept(company, "member_added")
    day = imported.recorded_at.date()
    for query, found, missing in (
        ({}, (imported, reviewed, member), ()),
        ({"kind": "ledger_imported"}, (imported,), (reviewed, member)),
        ({"q": imported.subject.id[:13]}, (imported,), (member,)),
        ({"q": str(reviewed.public_id)}, (reviewed,), (imported,)),
        ({"q": "system:test"}, (member,), ()),
        ({"q": "nothing like it"}, (), (imported, reviewed, member)),
        ({"day": "2001-01-01"}, (), (imported,)),
        ({"day": "rubbish", "sort": "rubbish", "page": "99"}, (imported,), ()),
    ):
        text = text_of(company.client, "evidence", **query)
        assert all(shown(text, each) for each in found), query
        assert not any(shown(text, each) for each in missing), query
    today = [text_of(company.client, "evidence", day=str(day + timedelta(n))) for n in (-1, 0, 1)]
    assert any(shown(text, imported) for text in today)
    assert "No record matches" in text_of(company.client, "evidence", day="2001-01-01")
    partial = company.client.get(reverse("evidence"), headers={"HX-Request": "true"})
    assert partial.content.decode().lstrip().startswith("<section")
    csv = text_of(company.client, "evidence-export", "csv", kind="ledger_imported")
    assert csv.splitlines()[0].startswith("\ufeffNumber in the log,Recorded (UTC),What happened")
    (line,) = csv.splitlines()[1:]
    assert imported.content_hash.hex() in line
    assert company.client.get(reverse("evidence-export", args=["pdf"])).status_code == 404


def test_a_person_is_found_by_name_and_named(company: Company) -> None:
    with tenant_scope(company.tenant_id):
        (user,) = models_of_people()
        made = actions.append(
            kind="stance_taken",
            subject=Subject("thing", "1"),
            actor=f"user:{user}",
            occurred_at=kept(company, "member_added").occurred_at,
            inputs={},
            result={"amount": "12.50"},
            versions={},
            personal={"email": "somebody@seller.example"},
            person=str(user),
        )
    text = text_of(company.client, "evidence", q="sELLER")
    assert shown(text, made)
    page = text_of(company.client, "evidence-record", made.public_id)
    assert "stance_taken" in page
    assert "somebody@seller.example" in page
    with tenant_scope(company.tenant_id):
        actions.erase_personal(
            str(user), actor="system:test", now=made.occurred_at, reason="asked for"
        )
    page = text_of(company.client, "evidence-record", made.public_id)
    assert "somebody@seller.example" not in page
    assert "erased" in page


def models_of_people() -> list[UUID]:
    from xindun.record.tenants.reads import members

    return [member.public_id for member in members()]


def test_a_record_waits_then_stands_in_the_log_and_a_changed_log_is_found(
    company: Company, newcomer: Client
) -> None:
    record = kept(company, "ledger_imported")
    assert "It is not in the log yet" in text_of(
        company.client, "evidence-record", record.public_id
    )
    answer = company.client.get(reverse("evidence-checkpoint"), follow=True)
    assert "there is no signed checkpoint yet" in answer.content.decode()
    sequence(company, record)
    page = text_of(company.client, "evidence-record", record.public_id)
    assert "its path leads to the signed root" in page
    assert "was signed at" in page
    assert "Broken:" not in page
    note = text_of(company.client, "evidence-checkpoint")
    name, key = read_verifier_key(text_of(company.client, "evidence-keys"))
    assert signed_by(read_note(note), name, key)
    lines = text_of(company.client, "evidence-everything").encode().splitlines(keepends=True)
    verdict = verify_export(lines, key=key, checkpoints=[note])
    assert (verdict.holds, verdict.complete) == (True, True)
    with tenant_scope(company.tenant_id):
        assert models.TreeHead.objects.get().root.hex() in text_of(company.client, "evidence")
    assert newcomer.get(reverse("evidence-record", args=[record.public_id])).status_code == 404
    missing = company.client.get(reverse("evidence-record", args=[new_public_id()]))
    assert missing.status_code == 404


def test_what_does_not_hold_is_said(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    record = kept(company, "ledger_imported")
    sequence(company, record)
    where = "xindun.record.evidence.reads.checking"
    page = ("evidence-record", record.public_id)
    with monkeypatch.context() as patch:
        patch.setattr(f"{where}.moment", lambda _at: "another time")
        assert "Its path does not lead to the signed root" in text_of(company.client, *page)
    with monkeypatch.context() as patch:
        patch.setattr(f"{where}.log_keys", list)
        assert "The root is not signed with a key of this log" in text_of(company.client, *page)
    with monkeypatch.context() as patch:
        patch.setattr(f"{where}.is_intact", lambda _record: False)
        assert "it was changed" in text_of(company.client, *page)


def test_a_decision_is_computed_again_on_request(company: Company) -> None:
    def replayed(kind: str) -> str:
        where = reverse("evidence-replay", args=[kept(company, kind).public_id])
        return str(company.client.post(where).content.decode())

    for kind in ("ledger_imported", "portfolio_reviewed"):
        assert "it comes out the same" in replayed(kind), kind
    assert "states what happened" in replayed("member_added")
    record = kept(company, "ledger_imported")
    with tenant_scope(company.tenant_id):
        forged = actions.append(
            kind=record.kind,
            subject=record.subject,
            actor=record.actor,
            occurred_at=record.occurred_at,
            inputs=record.inputs,
            result={**record.result, "rows_read": 1},
            versions=record.versions,
        )
    answer = company.client.post(reverse("evidence-replay", args=[forged.public_id]))
    assert "It comes out differently" in answer.content.decode()


def test_every_kind_that_a_table_asks_for_has_a_name_in_the_list() -> None:
    audits = [getattr(model, "audit", None) for model in apps.get_models()]
    kinds = {kind for audit in audits if isinstance(audit, Audited) for kind in audit.kinds}
    assert "proposal_made" in kinds
    assert (kinds | {happened.value for happened in Happened}) - set(KINDS) == set()
