"""The command, the worker's task and the browser's path, each over a real CSV."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from typer.testing import CliRunner

from tests.contexts.receivables.conftest import new_tenant
from tests.contexts.receivables.ledgers import ledger_of
from xindun.cli.import_ledger import app
from xindun.connectors.ledger_files import NeedsAnswer
from xindun.kernel.errors import DomainError
from xindun.kit.tenancy import tenant_scope
from xindun.record.receivables import actions, reads
from xindun.record.receivables.tasks import resume_imports, run_import
from xindun.record.receivables.values import BatchStatus

GOOD = """客户名称,发票号,开票日期,到期日,金额,币种,收款日期
北京华信,INV-1,2025-01-10,2025-02-09,100.00,CNY,2025-02-20
北京华信,INV-2,2025-01-31,2025-03-02,250.50,CNY,
上海远东,INV-3,2025-02-30,2025-03-02,80.00,CNY,
"""
AMBIGUOUS = """customer name,invoice number,invoice date,due date,amount,currency
Acme,INV-1,01/02/2025,03/04/2025,100.00,EUR
"""


@pytest.fixture(autouse=True)
def started(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xindun.config.startup.start", lambda: False)


@pytest.fixture
def tenant(started: None) -> int:
    return new_tenant("Seller")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "ledger.csv"
    path.write_text(GOOD, encoding="utf-8")
    return path


def run(*arguments: object) -> Any:
    return CliRunner().invoke(app, [str(each) for each in arguments])


def test_the_command_imports_and_accounts_for_every_row(tenant: int, file: Path) -> None:
    result = run(file, "--yes", "--json")
    assert result.exit_code == 0, result.output
    (told,) = json.loads(result.stdout)
    assert told["status"] == "committed"
    assert told["counts"]["documents_added"] == 2
    assert told["counts"]["settlements_added"] == 1
    (control,) = told["control"]
    assert (control["file_rows"], control["ledger_rows"], control["reject_rows"]) == (3, 2, 1)
    assert Decimal(control["ledger_amount"]) == Decimal("350.50")
    rejects = Path(told["rejects_file"]).read_text(encoding="utf-8-sig")
    assert "2025-02-30" in rejects
    assert ",4," in rejects  # the line in the file


def test_the_second_time_nothing_is_added(tenant: int, file: Path) -> None:
    run(file, "--yes", "--json")
    before = ledger_of(tenant)
    result = run(file, "--yes")
    assert result.exit_code == 0
    assert "nothing was added" in result.output
    assert ledger_of(tenant) == before


def test_the_columns_are_shown_before(tenant: int, file: Path) -> None:
    result = run(file, "--yes")
    shown = result.output
    assert shown.index("到期日") < shown.index("Documents: 2 added")
    assert "due_on" in shown


def test_a_dry_run_writes_nothing(tenant: int, file: Path) -> None:
    result = run(file, "--dry-run")
    assert result.exit_code == 0, result.output
    assert "nothing was imported" in result.output
    with tenant_scope(tenant):
        assert reads.batches() == []
        assert reads.ledger_state().version == 0


def test_an_ambiguous_file_stops_before_anything_is_stored(tenant: int, tmp_path: Path) -> None:
    path = tmp_path / "us.csv"
    path.write_text(AMBIGUOUS, encoding="utf-8")
    result = run(path, "--yes")
    assert isinstance(result.exception, NeedsAnswer)
    with tenant_scope(tenant):
        assert reads.batches() == []
    assert run(path, "--yes", "--date-order", "dmy").exit_code == 0


def test_with_two_companies_one_must_be_named(tenant: int, file: Path) -> None:
    new_tenant("Second")
    result = run(file, "--yes")
    assert isinstance(result.exception, DomainError)
    assert "Second" in str(result.exception)
    assert run(file, "--yes", "--tenant", "Second").exit_code == 0
    assert ledger_of(tenant) == []


def upload(tenant_id: int) -> Any:
    return actions.receive_file(
        tenant_id,
        io.BytesIO(GOOD.encode()),
        file_name=r"C:\ledgers\..\ledger.csv",
        now=datetime(2025, 6, 1, tzinfo=UTC),
        actor="user:test",
    ).batch


def test_a_browser_upload_waits_for_its_confirmation(tenant: int) -> None:
    batch = upload(tenant)
    assert (batch.status, batch.file_name) == (BatchStatus.UPLOADED, "ledger.csv")
    with actions.named_file(tenant, batch.public_id) as path:
        assert path.read_text(encoding="utf-8") == GOOD
    resume_imports(0)
    with tenant_scope(tenant):
        assert reads.batch(batch.public_id).status is BatchStatus.UPLOADED


def test_a_confirmed_upload_is_handed_to_a_worker(tenant: int) -> None:
    batch = upload(tenant)
    actions.start_import(tenant, batch.public_id, now=datetime(2025, 6, 1, tzinfo=UTC))
    with connection.cursor() as cursor:
        cursor.execute("select args from procrastinate_jobs where task_name like 'receivables.%'")
        (args,) = cursor.fetchone()
    run_import(**(args if isinstance(args, dict) else json.loads(args)))
    with tenant_scope(tenant):
        done = reads.batch(batch.public_id)
    assert (done.status, done.progress, done.counts.rejected) == (BatchStatus.COMMITTED, 1.0, 1)


def test_a_refused_file_says_why_in_its_batch(tenant: int) -> None:
    batch = actions.receive_file(
        tenant,
        io.BytesIO(AMBIGUOUS.encode()),
        file_name="us.csv",
        now=datetime(2025, 6, 1, tzinfo=UTC),
    ).batch
    run_import(tenant, str(batch.public_id))
    with tenant_scope(tenant):
        failed = reads.batch(batch.public_id)
    assert failed.status is BatchStatus.FAILED
    assert failed.error is not None
    assert failed.error["code"] == "needs_answer"


def test_a_discarded_upload_cannot_be_started_as_if_new(tenant: int) -> None:
    batch = upload(tenant)
    actions.discard(tenant, batch.public_id, now=datetime(2025, 6, 1, tzinfo=UTC))
    with tenant_scope(tenant):
        assert reads.batch(batch.public_id).status is BatchStatus.FAILED
    again = upload(tenant)
    assert again.public_id != batch.public_id
