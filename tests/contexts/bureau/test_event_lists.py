"""A list of public events joins company files by number, then by name, or says why not."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tests.contexts.bureau.conftest import ACTOR, NOW, World
from xindun.cli import events as command
from xindun.connectors.bureau.rules import EVER
from xindun.kit.tenancy import tenant_scope
from xindun.record.company_file.reads import event_history_of
from xindun.record.company_file.values import FactKind, PublicEvent
from xindun.record.evidence.models import EvidenceRecord
from xindun.record.parties.actions import open_party, state_identifier

CODE, OTHER_CODE = "91110000600037341L", "91310115551504385L"
HEAD = "企业名称,统一社会信用代码,类型,案号,发布时间,失信行为具体情形,执行标的\n"
GOOD = (
    f"别的写法,{CODE},失信,(2025)样1号,2025年3月1日,违反财产报告制度,\n"
    "synthetic muster GMBH,,被执行人,(2025)样2号,2025-03-01 10:00:00,,\"12,500.50\"\n"
)  # fmt: skip
BAD = (
    "Nobody Ltd,,失信,(2025)样3号,2025-03-01,,\n"
    f"样例有限公司,{OTHER_CODE},失信,(2025)样4号,2025-03-01,,\n"
    "Synthetic Muster GmbH,,失信,(2025)样5号,01/02/2025,,\n"
    "Synthetic Muster GmbH,,失信,(2025)样6号,2025-03-01,欠款,\n"
    "Synthetic Twin Ltd,,失信,(2025)样7号,2025-03-01,,\n"
)


def test_a_list_is_recorded_whole_or_with_its_rejects_named(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("xindun.config.startup.start", lambda: None)
    file, rejects = tmp_path / "名单.csv", tmp_path / "rejects.csv"
    file.write_text(HEAD + GOOD + BAD, encoding="gb18030")
    with tenant_scope(world.tenant_id):
        numbered = open_party(ACTOR, "样例有限公司", "CN", now=NOW)
        state_identifier(ACTOR, numbered.public_id, "uscc", CODE, source="licence", now=NOW)
        for _twin in range(2):
            open_party(ACTOR, "Synthetic Twin Ltd", "GB", now=NOW)

    def run(*more: str) -> Any:
        named = ["--source", "执行信息公开网", "--as-of", "2025-03-02", "--currency", "cny"]
        return CliRunner().invoke(command.app, ["import", str(file), *named, "--json", *more])

    def events(party_id: int) -> list[PublicEvent]:
        with tenant_scope(world.tenant_id):
            return list(event_history_of(party_id, as_of=date(2025, 3, 2), known_at=EVER))

    refused = run()
    assert (refused.exit_code, json.loads(refused.stdout)["recorded"]) == (1, 0)
    assert events(numbered.id) == events(world.party.id) == []

    told = json.loads(run("--rejects", str(rejects)).stdout)
    assert (told["recorded"], told["repeated"]) == (2, 0)
    assert [(each["line"], each["code"]) for each in told["rejected"]] == [
        (4, "event_company_unknown"),
        (5, "event_company_other_number"),
        (6, "bad_event_cell"),
        (7, "bad_fact_ground"),
        (8, "event_company_ambiguous"),
    ]
    assert rejects.read_text("utf-8-sig").splitlines()[1].startswith("4,,,Nobody Ltd,")
    [listed], [enforced] = events(numbered.id), events(world.party.id)
    assert (listed.kind, listed.ground, listed.uscc) == (FactKind.DISHONEST_DEBTOR, "4", CODE)
    assert listed.expires_on == date(2030, 2, 28)
    assert (enforced.kind, str(enforced.amount)) == (FactKind.ENFORCEMENT, "12500.50")
    with tenant_scope(world.tenant_id):
        kept = EvidenceRecord.objects.filter(tenant_id=world.tenant_id, kind="events_imported")
        assert kept.count() == 1

    file.write_text(HEAD + GOOD, encoding="utf-8")
    again = json.loads(run().stdout)
    assert again == {"recorded": 0, "repeated": 2, "rejected": []}
    file.write_text("a,b\n1,2\n", encoding="utf-8")
    assert run().exception.code == "no_events_file"
