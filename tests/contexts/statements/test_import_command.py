"""``xindun statements import`` records every period of a file, or says what is missing."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tests.contexts.receivables.conftest import new_tenant
from tests.contexts.receivables.ledgers import Doc, Importer
from tests.contexts.statements.conftest import ACTOR, NOW
from xindun.cli import statements as command
from xindun.connectors.rate_files import read_rates
from xindun.connectors.statement_files import ClosingDayMissing
from xindun.kit.tenancy import tenant_scope
from xindun.record.company_file.reads import documents_of
from xindun.record.parties import reads as parties
from xindun.record.parties.actions import match_buyer, open_party
from xindun.record.reference.actions import load_rates
from xindun.record.statements import reads

EVER = datetime(9999, 1, 1, tzinfo=UTC)
SHEET = (
    "项目,期末余额,年初余额\n资产总计,1000,900\n负债合计,600,560\n"
    "所有者权益合计,400,340\n某项目,5,5\n"
)


def run(*arguments: str) -> Any:
    return CliRunner().invoke(command.app, ["import", *arguments])


def test_every_period_of_a_file_is_recorded(
    db: None, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.XINDUN_HOME = tmp_path
    monkeypatch.setattr("xindun.config.startup.start", lambda: None)
    importer = Importer(new_tenant("Seller"))
    importer.take(Doc("A-1", buyer="K1", name="Tardy GmbH"))
    sheet = tmp_path / "报表.csv"
    sheet.write_text(SHEET, encoding="utf-8")
    with tenant_scope(importer.tenant_id):
        [buyer] = parties.search_buyers().rows
    stated = ["--unit", "10000", "--scope", "single", "--currency", "cny"]
    where = [str(sheet), "--buyer", str(buyer.public_id), *stated]

    undated = run(*where)
    assert isinstance(undated.exception, ClosingDayMissing)
    unmatched = run(*where, "--ends-on", "2023-12-31")
    assert isinstance(unmatched.exception, command.BuyerNotMatched)
    with tenant_scope(importer.tenant_id):
        party = open_party(ACTOR, buyer.name, "DE", now=NOW)
        match_buyer(ACTOR, buyer.public_id, party.public_id, {}, now=NOW)
    shown = run(*where, "--ends-on", "2023-12-31", "--dry-run")
    assert shown.output == "2023-12-31: 3 (某项目?)\n2022-12-31: 3 (某项目?)\n"

    def recorded() -> list[tuple[date, Decimal | None]]:
        with tenant_scope(importer.tenant_id):
            found = reads.statements_of(party.id, as_of=date(2024, 1, 1), known_at=EVER)
        return [(each.ends_on, each.figures.total_assets) for each in found]

    assert recorded() == []
    wrong = run(*where, "--ends-on", "2023-12-31", "--usd-rate", "seven")
    assert isinstance(wrong.exception, command.BadDollarRate)
    with tenant_scope(importer.tenant_id):
        load_rates(ACTOR, read_rates(b"Date,USD,CNY,\n2023-12-29,1.1050,7.8509,\n"), now=NOW)
    done = run(*where, "--ends-on", "2023-12-31")
    assert done.exit_code == 0, done.output
    with tenant_scope(importer.tenant_id):
        newest, before = reads.statements_of(party.id, as_of=date(2024, 1, 1), known_at=EVER)
        [kept] = documents_of(party.id, as_of=date(2024, 1, 1), known_at=EVER)
    assert newest.usd_rate == (Decimal("1.105") / Decimal("7.8509")).quantize(Decimal("1e-12"))
    assert before.usd_rate is None
    assert (kept.file_name, kept.sha256) == ("报表.csv", newest.document_sha256)
    assert recorded() == [
        (date(2023, 12, 31), Decimal(10_000_000)),
        (date(2022, 12, 31), Decimal(9_000_000)),
    ]
