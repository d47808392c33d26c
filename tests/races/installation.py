"""A real installation in a home of its own, whose processes can be found and killed."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from tests.prepared import fill_with_migrated

XINDUN = [sys.executable, "-c", "from xindun.cli.main import main; main()"]
AWAY = {"DATABASE_URL", "DATABASE_OWNER_URL", "XINDUN_HASHED_STATIC", "XINDUN_DEBUG"}
PATIENCE_SECONDS = 120.0

# A company with a reviewed ledger, a key that may write and a webhook.
SETUP = """
import json, os, sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xindun.config import database, embedded, startup
startup.start()
from django.db import transaction
from xindun.cli.sample.slices import SampleSpec
from xindun.cli.sample.writers import write_sample
from xindun.connectors.webhooks import actions as webhooks
from xindun.control.monitoring.actions import run_portfolio
from xindun.kit.tenancy import tenant_scope
from xindun.record.receivables import actions as receivables
from xindun.record.receivables.ports import ledger_reader
from xindun.record.tenants import actions as tenants
from xindun.record.tenants.rules.keys import SCOPES
from xindun.record.tenants.values import Actor, NewTenant, Permission
now, actor = datetime.now(UTC), Actor("cli:test", frozenset(Permission))
new = NewTenant("Acme", base_currency="EUR", time_zone="UTC", country="DE")
with transaction.atomic():
    company = tenants.create_tenant(new, actor=actor.name, now=now).id
ledger = Path(os.environ["XINDUN_HOME"]) / "ledger.csv"
write_sample(ledger, SampleSpec(buyers=20, invoices=200, seed=1))
with ledger.open("rb") as content:
    batch = receivables.receive_file(company, content, file_name=ledger.name, now=now).batch
receivables.import_batch(
    company, batch.public_id, reader=ledger_reader(), clock=lambda: datetime.now(UTC)
)
run_portfolio(company, now=now, actor=actor.name)
from decimal import Decimal
from bench._grants import grant_all, use_limits_alone
from xindun.record.exposure.reads import all_balances
with tenant_scope(company):
    use_limits_alone(now=now)
    # Three customers in one currency, each with room for 500 more than it owes.
    owed, mixed = {}, set()
    for each in all_balances():
        mixed |= {each.buyer_id} if each.buyer_id in owed or each.currency != "EUR" else set()
        owed[each.buyer_id] = max(Decimal(0), each.net + each.unbilled)
    for buyer in sorted(set(owed) - mixed)[:3]:
        grant_all([buyer], owed[buyer] + 500, "EUR", now=now)
with tenant_scope(company):
    webhooks.create_endpoint(url=sys.argv[1], topics=(), actor=actor, now=now)
    key = tenants.create_key(
        actor, name="load", scopes=SCOPES, now=now, expires_at=now + timedelta(days=1)
    )
admin_url = database.with_database(embedded.endpoints().admin_url, embedded.DATABASE)
print(json.dumps({"key": key.token, "admin_url": admin_url}))
"""


def until(condition: Callable[[], Any], what: str, seconds: float = PATIENCE_SECONDS) -> None:
    """Wait for a condition; a failure when it does not come true in a very long time."""
    patience = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < patience, f"waited {seconds:.0f} s in vain: {what}"
        time.sleep(0.05)


def parent_of(pid: int) -> int:
    """The process that made it, or 0 when it has ended."""
    try:
        return int(
            Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1]
        )
    except OSError:
        return 0


@dataclass
class Installation:
    """``xindun up`` with one web process, its key and where it is."""

    home: Path
    environment: dict[str, str]
    port: int
    key: str
    admin_url: str
    up: subprocess.Popen[str]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def xindun(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*XINDUN, *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE_SECONDS,
            check=False,
        )

    def web(self) -> list[int]:
        """The web server and its processes, orphans of an earlier one too."""
        return self._running("granian")

    def web_server(self) -> list[int]:
        return [pid for pid in self.web() if parent_of(pid) == self.up.pid]

    def web_process(self) -> list[int]:
        """What answers requests for the server of now."""
        return [pid for pid in self.web() if parent_of(pid) in self.web_server()]

    def worker(self) -> list[int]:
        return self._running("xindun.config.worker")

    def database(self) -> list[int]:
        """The server of the database, unless it has died and its file stayed behind."""
        try:
            text = (self.home / "postgres/data/postmaster.pid").read_text(encoding="ascii")
            pid = int(text.split()[0])
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
        except (OSError, ValueError, IndexError):
            return []
        return [pid] if b"postgres" in command else []

    def sql(self, statement: str, *values: Any) -> list[Any]:
        """What the superuser sees, past all policies."""
        with psycopg.connect(self.admin_url, autocommit=True) as connection:
            cursor = connection.execute(statement, values)
            return cursor.fetchall() if cursor.description else []

    def _running(self, module: str) -> list[int]:
        """Processes of this home that run a module and have not died."""
        mine = f"XINDUN_HOME={self.home}".encode()
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            try:
                if module.encode() in (process / "cmdline").read_bytes().split(b"\0") and mine in (
                    process / "environ"
                ).read_bytes().split(b"\0"):
                    found.append(int(process.name))
            except OSError:
                continue  # it has ended, or is another user's
        return found


@contextmanager
def installed(webhook: str, **variables: str) -> Iterator[Installation]:
    """Set up, serve, and leave nothing behind."""
    home = Path(tempfile.mkdtemp(prefix="xh-"))
    fill_with_migrated(home)
    kept = {name: value for name, value in os.environ.items() if name not in AWAY}
    environment = {**kept, **variables, "XINDUN_HOME": str(home)}
    try:
        done = subprocess.run(
            [sys.executable, "-c", SETUP, webhook],
            env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        with _serving(environment, port, home) as up:
            yield Installation(home, environment, port, **json.loads(done.stdout), up=up)
    finally:
        stop = "from xindun.config import embedded; embedded.stop()"
        subprocess.run(
            [sys.executable, "-c", stop], env=environment, capture_output=True, check=False
        )
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def _serving(environment: dict[str, str], port: int, home: Path) -> Iterator[subprocess.Popen[str]]:
    with (home / "up.log").open("w", encoding="utf-8") as log:
        up = subprocess.Popen(
            [*XINDUN, "up", "--port", str(port), "--workers", "1"],
            env=environment, stdout=subprocess.PIPE, stderr=log, text=True,
        )  # fmt: skip
        assert up.stdout is not None
        try:
            line = up.stdout.readline()
            assert "is ready" in line, (home / "up.log").read_text(encoding="utf-8")
            yield up
        finally:
            up.send_signal(signal.SIGTERM)
            up.wait(timeout=PATIENCE_SECONDS)
            up.stdout.close()
