"""``xindun demo`` from nothing, then again: the second time adds nothing."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.prepared import fill_with_migrated

XINDUN = [sys.executable, "-c", "from xindun.cli.main import main; main()"]
COUNT = """
import json
from xindun.config import startup
startup.start()
from xindun.control.gate.reads import iter_holds
from xindun.control.monitoring.models import PortfolioRun
from xindun.kit.tenancy import tenant_scope
from xindun.record.evidence.reads import is_intact, latest
from xindun.record.receivables.reads import batches
from xindun.record.tenants.reads import all_tenant_ids
(tenant_id,) = all_tenant_ids()
with tenant_scope(tenant_id):
    print(json.dumps({
        "imports": [batch.status.value for batch in batches()],
        "held": [(hold.order_number, hold.state.value) for hold in iter_holds(sort="opened")],
        "runs": PortfolioRun.objects.count(),
        "evidence": sorted(record.kind for record in latest(count=500)),
        "intact": all(is_intact(record) for record in latest(count=500)),
    }))
"""
STOP = "from xindun.config import embedded; embedded.stop()"


@pytest.fixture
def environment() -> Iterator[dict[str, str]]:
    folder = Path(tempfile.mkdtemp(prefix="xh-"))
    fill_with_migrated(folder)
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("DATABASE_", "XINDUN_"))}
    environment = {**kept, "XINDUN_HOME": str(folder)}
    yield environment
    run(environment, sys.executable, "-c", STOP)
    shutil.rmtree(folder, ignore_errors=True)


def run(environment: dict[str, str], *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=300, check=False
    )


def test_the_demo_tells_its_story_and_the_second_time_adds_nothing(
    environment: dict[str, str],
) -> None:
    logins, counts = [], []
    for _ in range(2):
        told = run(environment, *XINDUN, "demo", "--no-serve")
        assert told.returncode == 0, told.stderr
        assert "synthetic" in told.stdout
        login = re.search(r"Sign in as (\S+) with the password (\S+) \((.+)\)\.", told.stdout)
        assert login is not None, told.stdout[-2000:]
        logins.append(login.groups())
        counted = run(environment, sys.executable, "-c", COUNT)
        assert counted.returncode == 0, counted.stderr
        counts.append(json.loads(counted.stdout))
    assert logins[0] == logins[1]
    assert counts[0] == counts[1]
    assert counts[0]["imports"] == ["committed"]
    assert counts[0]["runs"] == 1
    assert counts[0]["intact"]
    held = {tuple(each) for each in counts[0]["held"]}
    assert held >= {("SO-1003", "waiting"), ("SO-1013", "released"), ("SO-1021", "waiting")}
    assert {"tenant_created", "member_added", "portfolio_reviewed"} <= set(counts[0]["evidence"])
    login_file = Path(environment["XINDUN_HOME"]) / "demo" / "login.json"
    assert login_file.stat().st_mode & 0o777 == 0o600
