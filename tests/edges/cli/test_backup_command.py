"""``xindun backup`` and ``xindun restore`` between two homes, with an encrypted file."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.edges.cli.test_installation import (
    PASSWORD,
    XINDUN,
    environment,
    until,
    xindun,
)

__all__ = ["environment"]
COMPANY = ("--company", "Acme", "--currency", "EUR", "--country", "DE")


def stopped(home: Path, environment: dict[str, str]) -> None:
    code = "from xindun.config import embedded; embedded.stop()"
    subprocess.run(
        [sys.executable, "-c", code],
        env={**environment, "XINDUN_HOME": str(home)},
        check=False,
        capture_output=True,
    )


def test_an_installation_moves_to_another_home_and_a_killed_restore_leaves_none(
    environment: dict[str, str], tmp_path: Path
) -> None:
    zone = ("--time-zone", "Europe/Berlin")
    made = xindun(
        environment, "user", "create", "ada@example.com", *COMPANY, *zone, typed=f"{PASSWORD}\n"
    )
    assert made.returncode == 0, made.stderr
    key, folder = tmp_path / "key.txt", tmp_path / "backups"
    folder.mkdir()
    assert "age1" in xindun(environment, "backup", "--make-key", str(key)).stdout
    done = xindun(environment, "backup", "--out", str(folder), "--encrypt-to", str(key), "--json")
    assert (done.returncode, done.stderr) == (0, "")
    shown = json.loads(done.stdout)
    assert shown["secrets"] is True
    file = Path(shown["file"])
    assert list(folder.iterdir()) == [file]
    assert file.stat().st_mode & 0o077 == 0
    note = json.loads((Path(environment["XINDUN_HOME"]) / "last_backup.json").read_text())
    assert note["manifest_sha256"] == shown["manifest_sha256"]

    # Homes lie beside the first one: a server's account must be able to enter them.
    home = Path(environment["XINDUN_HOME"]).with_name(f"{tmp_path.name[-12:]}-new")
    restore = ("restore", str(file), "--into", str(home))
    assert "--identity" in xindun(environment, *restore).stderr
    assert not home.exists()
    process = subprocess.Popen([*XINDUN, *restore, "--identity", str(key)], env=environment)
    draft = home.with_name(f".{home.name}.restore")
    try:
        assert until(lambda: (draft / "postgres/data/postmaster.pid").exists())
        time.sleep(0.5)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert not home.exists()
        done = xindun(environment, *restore, "--identity", str(key), "--json")
        assert done.returncode == 0, done.stderr
        assert not draft.exists()
        assert json.loads(done.stdout)["manifest_sha256"] == shown["manifest_sha256"]
        old = Path(environment["XINDUN_HOME"]) / "secrets.json"
        assert (home / "secrets.json").read_bytes() == old.read_bytes()
        there = {**environment, "XINDUN_HOME": str(home)}
        listed = json.loads(xindun(there, "user", "list", "--json").stdout)
        assert [(row["email"], row["companies"]) for row in listed] == [
            ("ada@example.com", ["Acme"])
        ]
    finally:
        for each in (draft, home):
            stopped(each, environment)
            subprocess.run(["rm", "-rf", str(each)], check=True)
