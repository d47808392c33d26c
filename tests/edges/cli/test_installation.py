"""One installation from nothing to a stopped server, through the ``xindun`` command alone."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.prepared import fill_with_migrated
from xindun.config import serving

XINDUN = [sys.executable, "-c", "from xindun.cli.main import main; main()"]
PASSWORD = "correct-horse-battery"


@pytest.fixture(scope="module")
def environment() -> Iterator[dict[str, str]]:
    """A home of its own for this file."""
    folder = Path(tempfile.mkdtemp(prefix="xh-"))
    fill_with_migrated(folder)
    away = {"DATABASE_URL", "DATABASE_OWNER_URL", "XINDUN_HASHED_STATIC", "XINDUN_DEBUG"}
    kept = {name: value for name, value in os.environ.items() if name not in away}
    yield {**kept, "XINDUN_HOME": str(folder)}
    code = "from xindun.config import embedded; embedded.stop()"
    subprocess.run(
        [sys.executable, "-c", code],
        env={**kept, "XINDUN_HOME": str(folder)},
        check=False,
        capture_output=True,
    )
    shutil.rmtree(folder, ignore_errors=True)


def xindun(
    environment: dict[str, str], *arguments: str, typed: str = ""
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*XINDUN, *arguments],
        env=environment,
        input=typed,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(condition: object, seconds: float = 60) -> bool:
    patience = time.monotonic() + seconds
    while time.monotonic() < patience:
        if condition():
            return True
        time.sleep(0.1)
    return False


def check_page_and_files(address: str) -> None:
    """The sign-in page is strict, and every file it names is there under a hashed name."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(f"{address}/login/") as page:
        text = page.read().decode()
        assert "script-src 'self'" in page.headers["Content-Security-Policy"]
        assert page.headers["X-Frame-Options"] == "DENY"
    files = set(re.findall(r'"(/static/[^"#]+)', text))
    assert files
    for file in files:
        assert re.search(r"\.[0-9a-f]{12}\.\w+$", file), file
        with opener.open(address + file) as answer:
            assert answer.status == 200
            assert "max-age=31536000" in answer.headers["Cache-Control"]


@pytest.fixture
def up(environment: dict[str, str]) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """``xindun up`` once it has said where it is, and that address."""
    port = free_port()
    process = subprocess.Popen(
        [*XINDUN, "up", "--port", str(port), "--workers", "1"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    try:
        line = process.stdout.readline()
        assert line.startswith("Xindun 信盾 is ready: http://127.0.0.1:"), line
        yield process, line.split()[-1]
    finally:
        process.terminate()
        process.wait(timeout=60)
        process.stdout.close()


def test_a_login_is_created_with_a_password_from_standard_input(
    environment: dict[str, str],
) -> None:
    company = ("--company", "Acme", "--currency", "eur", "--country", "de")
    done = xindun(
        environment,
        *("user", "create", "Ada@Example.com", *company, "--time-zone", "Europe/Berlin"),
        typed=f"{PASSWORD}\n",
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "ada@example.com may sign in to Acme.\n"
    again = xindun(environment, "user", "create", "ada@example.com", typed=f"{PASSWORD}\n")
    assert again.returncode == 2
    assert again.stderr == "xindun: ada@example.com has a login already.\n"
    listed = json.loads(xindun(environment, "user", "list", "--json").stdout)
    assert [(row["email"], row["companies"]) for row in listed] == [("ada@example.com", ["Acme"])]


def test_a_refused_login_changes_nothing(environment: dict[str, str]) -> None:
    before = xindun(environment, "user", "list", "--json").stdout
    for arguments, typed, text in (
        (("user", "create", "bob@example.com"), "short\n", "too weak"),
        (("user", "create", "bob@example.com"), "", "No password"),
        (("user", "create", "bob@example.com", "--company", "New"), f"{PASSWORD}\n", "--currency"),
    ):
        done = xindun(environment, *arguments, typed=typed)
        assert done.returncode == 2, arguments
        assert text in done.stderr
        assert done.stdout == ""
    assert xindun(environment, "user", "list", "--json").stdout == before


def test_a_password_is_never_an_option(environment: dict[str, str]) -> None:
    for command in ("create", "password"):
        assert "--password" not in xindun(environment, "user", command, "--help").stdout


def test_the_doctor_finds_what_is_wrong_and_says_how_to_mend_it(
    environment: dict[str, str],
) -> None:
    report = json.loads(xindun(environment, "doctor", "--json").stdout)
    states = {check["name"]: check["state"] for check in report["checks"]}
    for name in ("home", "secrets", "server", "database", "role", "tenants", "debug", "hosts"):
        assert states[name] == "ok", name
    secrets = Path(environment["XINDUN_HOME"]) / "secrets.json"
    secrets.chmod(0o644)
    try:
        done = xindun({**environment, "XINDUN_DEBUG": "1"}, "doctor", "--json")
    finally:
        secrets.chmod(0o600)
    assert done.returncode == 1
    wrong = {check["name"]: check for check in json.loads(done.stdout)["checks"]}
    assert wrong["debug"]["state"] == wrong["secrets"]["state"] == "wrong"
    assert wrong["secrets"]["mend"] == f"chmod 600 {secrets}"
    assert states["backup"] == "note"
    assert {states[name] for name in ("mail", "second_factors", "worker", "demo_user")} <= {
        *("ok", "note")
    }
    home = Path(environment["XINDUN_HOME"])
    last = {"at": "2001-01-01T00:00:00+00:00", "file": "b", "size": 1, "sealed": True}
    (home / "last_backup.json").write_text(json.dumps({**last, "manifest_sha256": "0"}))
    unsafe = {**environment, "XINDUN_SECRET_KEY": "short"}
    home.chmod(home.stat().st_mode | 0o005)
    try:
        report = json.loads(xindun(unsafe, "doctor", "--json").stdout)
    finally:
        home.chmod(home.stat().st_mode & ~0o007)
        (home / "last_backup.json").unlink()
    states = {check["name"]: check["state"] for check in report["checks"]}
    assert {states[name] for name in ("backup", "home_closed", "secret_key")} == {"wrong"}


def test_other_accounts_can_read_nothing_in_the_home(environment: dict[str, str]) -> None:
    home = Path(environment["XINDUN_HOME"])
    open_to_others = [
        entry.name
        for entry in home.iterdir()
        # The server's account passes through its folder; what is in it is closed by itself.
        if entry.stat().st_mode & 0o007 and entry.name != "postgres"
    ]
    assert open_to_others == []
    assert home.stat().st_mode & 0o007 == 0
    assert (home / "postgres" / "data").stat().st_mode & 0o077 == 0


def test_it_serves_heals_and_stops(
    environment: dict[str, str], up: tuple[subprocess.Popen[str], str]
) -> None:
    process, address = up
    assert serving.answers(f"{address}/health/")
    check_page_and_files(address)
    home = Path(environment["XINDUN_HOME"])
    pid = int((home / "postgres/data/postmaster.pid").read_text(encoding="ascii").split()[0])
    os.kill(pid, signal.SIGKILL)
    assert until(lambda: not serving.answers(f"{address}/health/"))
    assert until(lambda: serving.answers(f"{address}/health/"))
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=60) == 0
    assert not serving.answers(f"{address}/health/")
    # Nobody else uses the database, so it is not left behind.
    assert not (home / "postgres/data/postmaster.pid").exists()


def test_kill_9_of_it_leaves_no_child_on_the_port(
    up: tuple[subprocess.Popen[str], str],
) -> None:
    process, address = up
    process.kill()
    process.wait()
    host, port = address.removeprefix("http://").split(":")

    def free() -> bool:
        try:
            serving.check_port(host, int(port))
        except serving.PortTaken:
            return False
        return True

    assert until(free)


def test_a_taken_port_is_said_before_anything_starts(environment: dict[str, str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = xindun(environment, "up", "--port", str(port))
    assert done.returncode == 2
    assert done.stderr.startswith(f"xindun: Port {port} on 127.0.0.1 is taken")


def test_evidence_is_in_the_log_within_seconds_and_verifies_without_the_installation(
    environment: dict[str, str], up: tuple[subprocess.Popen[str], str], tmp_path: Path
) -> None:
    key, note, file = (tmp_path / name for name in ("log.pub", "first.note", "log.jsonl.gz"))

    def written(*command: str) -> str:
        done = xindun(environment, "evidence", *command)
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert until(
        lambda: xindun(environment, "evidence", "checkpoint", "--out", str(note)).returncode == 0
    )
    written("public-key", "--out", str(key))
    assert (Path(environment["XINDUN_HOME"]) / "evidence.key").stat().st_mode & 0o777 == 0o600
    assert "signs from here on; 1 logs changed over" in written("rotate-key")
    assert until(lambda: '"pending": 0' in written("audit", "--json"))
    written("export", "--out", str(file))
    # Nothing of the installation is at hand where it is verified.
    away = {**environment, "XINDUN_HOME": str(tmp_path / "nowhere")}
    told = ["evidence", "verify", str(file), "--key", str(key), "--checkpoint", str(note)]
    done = xindun(away, *told, "--json")
    verdict = json.loads(done.stdout)
    assert (done.returncode, verdict["holds"], verdict["key_given"]) == (0, True, True)
    assert [kept["agrees"] for kept in verdict["checkpoints"]] == [True]
    assert verdict["records"] == verdict["head"]["size"] >= 4
    said = xindun(away, "evidence", "verify", str(file)).stdout
    assert "The key came from the file" in said
    assert "No checkpoint kept outside was compared" in said
    lines = gzip.decompress(file.read_bytes()).replace(b"tenant_created", b"tenant_changed")
    (tmp_path / "changed.jsonl").write_bytes(lines)
    done = xindun(away, "evidence", "verify", str(tmp_path / "changed.jsonl"))
    assert (done.returncode, "record 0, content" in done.stdout) == (1, True)
    assert xindun(away, "evidence", "verify", str(key)).returncode == 2
    assert not (tmp_path / "nowhere").exists()
