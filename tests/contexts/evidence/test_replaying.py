"""A decision is computed again from what its record names, and measured against the record."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from typer.testing import CliRunner

from tests.contexts.monitoring.portfolio import EVENING, Console
from tests.contexts.receivables.conftest import new_tenant
from tests.contexts.receivables.ledgers import Doc, Importer, Paid
from xindun.cli.main import app
from xindun.config import startup
from xindun.control.monitoring.actions import ReplayImpossible
from xindun.control.monitoring.models import PortfolioRun
from xindun.kernel.identifiers import new_public_id
from xindun.kit.files import FileMissing, tenant_files
from xindun.kit.tenancy import tenant_scope
from xindun.record.evidence import reads
from xindun.record.evidence.actions import append
from xindun.record.evidence.values import Evidence, Replayed

LATER = EVENING + timedelta(days=3)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, settings: Any) -> None:
    settings.XINDUN_HOME = tmp_path
    settings.XINDUN_LEDGER_READER = "tests.contexts.receivables.ledgers.read"


@pytest.fixture
def console() -> Console:
    """An import, a correction of it, and a review between the two."""
    made = Console(Importer(new_tenant("Seller")))
    made.take(
        Doc("A-1", "100.00", paid=(Paid("40.00", "2025-02-01"),)),
        Doc("A-2", "250.00", buyer="B2", name="北京华信"),
        Doc("R-1", "60.00", kind="receipt", due=None),
    )
    made.run()
    made.importer.now = EVENING + timedelta(hours=1)
    made.take(Doc("A-1", "120.00", paid=(Paid("40.00", "2025-02-01"),)), Doc("A-3"))
    return made


def records(console: Console, kind: str) -> list[Evidence]:
    with tenant_scope(console.tenant_id):
        return reads.latest(kind=kind)[::-1]


def replayed(console: Console, record: Evidence) -> Replayed:
    with tenant_scope(console.tenant_id):
        return reads.replay(record.public_id, now=LATER)


def forged(console: Console, original: Evidence, **result: Any) -> Evidence:
    """A record of the same decision that claims another result."""
    with tenant_scope(console.tenant_id):
        return append(
            kind=original.kind,
            subject=original.subject,
            actor="system:test",
            occurred_at=original.occurred_at,
            inputs=original.inputs,
            result={**original.result, **result},
            versions=original.versions,
        )


def test_imports_and_reviews_come_out_the_same_whatever_was_imported_later(
    console: Console,
) -> None:
    first, second = records(console, "ledger_imported")
    (review,) = records(console, "portfolio_reviewed")
    for record in (first, second, review):
        found = replayed(console, record)
        assert (found.same, found.differences) == (True, ()), record.kind
    assert {"file_sha256", "control", "not_in_file", "merkle_root"} <= set(
        replayed(console, first).compared
    )


def test_a_result_that_was_never_computed_is_found(console: Console) -> None:
    first, _second = records(console, "ledger_imported")
    (review,) = records(console, "portfolio_reviewed")
    (found,) = replayed(console, forged(console, first, merkle_root="00" * 32)).differences
    assert (found.what, found.recorded, found.computed) == (
        "merkle_root",
        "00" * 32,
        first.result["merkle_root"],
    )
    (found,) = replayed(console, forged(console, review, snapshot_root="11" * 32)).differences
    assert (found.what, found.computed) == ("snapshot_root", review.result["snapshot_root"])


def test_a_stored_file_that_was_changed_or_lost_is_found(console: Console) -> None:
    first, _second = records(console, "ledger_imported")
    stored = tenant_files(console.tenant_id).path(str(first.inputs["file_sha256"]))
    rows = json.loads(stored.read_text("utf-8"))
    rows[1]["amount"] = "251.00"
    stored.write_text(json.dumps(rows), "utf-8")
    found = {each.what: each for each in replayed(console, first).differences}
    assert set(found) == {"file_sha256", "control", "not_in_file"}
    assert found["not_in_file"].computed == "1"
    stored.unlink()
    with pytest.raises(FileMissing):
        replayed(console, first)


def test_what_cannot_be_computed_says_why(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    (fact,) = records(console, "tenant_created")
    with pytest.raises(reads.NothingToReplay):
        replayed(console, fact)
    with pytest.raises(reads.NoSuchRecord), tenant_scope(console.tenant_id):
        reads.replay(new_public_id(), now=LATER)
    with pytest.raises(reads.NoSuchRecord), tenant_scope(new_tenant("Rival")):
        reads.replay(fact.public_id, now=LATER)
    (review,) = records(console, "portfolio_reviewed")
    with tenant_scope(console.tenant_id):
        PortfolioRun.objects.update(model_version="another")
    with pytest.raises(ReplayImpossible):
        replayed(console, review)
    changed = replace(review, result={**review.result, "accounts": 99})
    monkeypatch.setattr("xindun.record.evidence.reads.replaying.record", lambda _id: changed)
    with pytest.raises(reads.RecordChanged):
        replayed(console, review)


def test_the_command_answers_by_its_exit_code(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(startup, "start", lambda: None)
    first, _second = records(console, "ledger_imported")
    (fact,) = records(console, "tenant_created")
    wrong = forged(console, first, rows_read=99)

    def asked(record: UUID, *more: str) -> Any:
        return CliRunner().invoke(app, ["evidence", "replay", str(record), *more])

    same = asked(first.public_id)
    assert (same.exit_code, same.output[:9]) == (0, "The same:")
    differs = asked(wrong.public_id, "--json")
    assert differs.exit_code == 1
    assert json.loads(differs.output)["differences"] == [
        {"what": "rows_read", "recorded": "99", "computed": "3"}
    ]
    assert isinstance(asked(fact.public_id).exception, reads.NothingToReplay)
    assert isinstance(asked(new_public_id()).exception, reads.NoSuchRecord)
