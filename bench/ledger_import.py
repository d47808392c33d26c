"""How fast a ledger file becomes rows, against a bare COPY of the same rows.

``import_vs_copy_ratio``: the wall time of the owner's COPY into tables with the same columns,
constraints, keys and indexes, divided by the wall time of the whole ``xindun import`` command:
start of the interpreter, reading and checking the CSV, identity, comparison with the ledger,
row-level security, exposure, evidence, everything. ``import_peak_mb``: peak resident memory of
that command's process (of its largest database server process: named in the method).
``aged_200k_s`` stands in ``bench._aged_200k`` and is measured in the same database.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg

from bench._aged_200k import measured_in
from bench._claims import Claim, fitted, main
from bench._house import new_tenant, own_house

FULL = 1_000_000
QUICK = (20_000, 80_000)
BUYERS_PER_INVOICE = 200
TABLES = ("receivables_document", "receivables_settlement")
BLOCK = 1 << 20
READER_LIMIT_MB = 500
"""``connectors/ledger_files/staging.py`` gives its scratch database no more."""


@dataclass(frozen=True)
class Run:
    """What one size took."""

    invoices: int
    rows: int
    import_s: float
    copy_s: float
    peak_mb: float
    server_mb: float


def measure(quick: bool) -> list[Claim]:
    """All claims, at full size or fitted from two smaller ones."""
    with own_house() as home:
        runs = [_run(home, size) for size in (QUICK if quick else (FULL,))]
        aged = measured_in(home)
    last = runs[-1]
    if quick:
        sizes = [run.invoices for run in runs]
        import_s = fitted(sizes, [run.import_s for run in runs], FULL)
        copy_s = fitted(sizes, [run.copy_s for run in runs], FULL)
        # Not a line: the reader's scratch database grows to its limit and then spills.
        line = fitted(sizes, [run.peak_mb for run in runs], FULL)
        peak = max(last.peak_mb, min(line, runs[0].peak_mb + READER_LIMIT_MB))
        how = (
            f"fitted to {FULL:,} invoices from {sizes[0]:,} and {sizes[1]:,} (memory: at most the "
            f"reader's limit of {READER_LIMIT_MB} MB above the smaller run's); "
        )
    else:
        import_s, copy_s, peak, how = last.import_s, last.copy_s, last.peak_mb, ""
    told = (
        f"{how}CSV of {last.invoices:,} invoices → {last.rows:,} rows with settlements; "
        f"import {import_s:.1f} s, COPY {copy_s:.1f} s; "
        f"largest server process {last.server_mb:.0f} MB"
    )
    return [
        Claim(
            "import_vs_copy_ratio",
            round(copy_s / import_s, 3),
            "COPY time / import time",
            {"min": 0.333},
            told,
        ),
        Claim("import_peak_mb", round(peak, 1), "MB", {"max": 1000}, told),
        aged,
    ]


def _run(home: Path, invoices: int) -> Run:
    from xindun.cli.sample.slices import SampleSpec
    from xindun.cli.sample.writers import write_sample

    file = home / f"ledger-{invoices}.csv"
    write_sample(file, SampleSpec(max(50, invoices // BUYERS_PER_INVOICE), invoices, seed=7))
    name = f"Bench {invoices}"
    tenant_id = new_tenant(name)
    import_s, peak_mb, server_mb = _import(file, name, home)
    rows, copy_s = _copy(tenant_id, home)
    return Run(invoices, rows, import_s, copy_s, peak_mb, server_mb)


def _import(file: Path, tenant: str, home: Path) -> tuple[float, float, float]:
    """Wall seconds and peak memory of ``xindun import``, and of the server's largest process."""
    command = [str(Path(sys.executable).with_name("xindun")), "import", str(file)]
    server = _ServerMemory(home)
    started = time.perf_counter()
    process = subprocess.Popen(
        [*command, "--tenant", tenant, "--yes", "--json"], stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, f"the import failed with {process.returncode}"
    return seconds, usage.ru_maxrss / 1024, server.stop()


class _ServerMemory(threading.Thread):
    """Samples the private memory of the embedded server's processes."""

    def __init__(self, home: Path) -> None:
        super().__init__(daemon=True)
        self.home, self.peak, self.done = home, 0.0, threading.Event()
        self.start()

    def run(self) -> None:
        pid_file = next(self.home.glob("**/postmaster.pid"), None)
        if pid_file is None:
            return
        postmaster = psutil.Process(int(pid_file.read_text().split()[0]))
        while not self.done.wait(0.25):
            for child in postmaster.children():
                try:
                    memory = child.memory_info()
                    self.peak = max(self.peak, (memory.rss - memory.shared) / (1 << 20))
                except psutil.NoSuchProcess:
                    continue

    def stop(self) -> float:
        self.done.set()
        self.join()
        return self.peak


def _copy(tenant_id: int, home: Path) -> tuple[int, float]:
    """Rows and seconds of the owner's COPY into tables that are constrained in the same way."""
    from xindun.config.database import owner_url
    from xindun.kit.tenancy import tenant_scope

    files = {table: home / f"{table}.copy" for table in TABLES}
    with tenant_scope(tenant_id):
        from django.db import connection

        for table, file in files.items():
            statement = f"copy (select * from {table} order by id) to stdout"
            with (
                connection.cursor() as cursor,
                file.open("wb") as out,
                cursor.copy(statement) as copy,
            ):
                for block in copy:
                    out.write(block)
    with psycopg.connect(owner_url(), autocommit=True) as owner:
        _make_twins(owner)
        started = time.perf_counter()
        rows = 0
        with owner.transaction():
            for table, file in files.items():
                rows += _copy_in(owner, table, file)
        seconds = time.perf_counter() - started
        owner.execute("drop schema twin cascade")
    for file in files.values():
        file.unlink()
    return rows, seconds


def _copy_in(owner: psycopg.Connection, table: str, file: Path) -> int:
    with owner.cursor() as cursor, file.open("rb") as source:
        with cursor.copy(f"copy twin.{table} from stdin") as copy:
            while block := source.read(BLOCK):
                copy.write(block)
        return cursor.rowcount


def _make_twins(owner: psycopg.Connection) -> None:
    """Empty tables with the same columns, checks, unique keys, indexes and foreign keys."""
    owner.execute("create schema twin")
    for table in TABLES:
        owner.execute(f"create table twin.{table} (like {table} including all)")
    keys = owner.execute(
        "select conrelid::regclass::text, conname, pg_get_constraintdef(oid) from pg_constraint"
        " where contype = 'f' and conrelid = any(%s::regclass[]) order by conrelid",
        [list(TABLES)],
    ).fetchall()
    assert keys, "the real tables have foreign keys"
    # Buyers and batches are the real ones: their policies do not bind the checks of a key.
    for table, name, definition in keys:
        twin = definition.replace(
            "REFERENCES receivables_document", "REFERENCES twin.receivables_document"
        )
        owner.execute(f"alter table twin.{table} add constraint {name} {twin}")


if __name__ == "__main__":
    main(measure)
