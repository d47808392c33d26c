"""Secrets come from the environment or from a file that it names, and are read in one place."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from xindun.config import given

PACKAGE = Path(given.__file__).resolve().parents[1]
READS_SECRET = re.compile(
    r"environ(?:\.get\(|\[)\s*[\"'](\w*(?:SECRET|PASSWORD|TOKEN|_KEY|DATABASE_URL|DATABASE_OWNER_URL"
    r"|MAIL_URL|CREDENTIAL)\w*)[\"']"
)


def test_a_secret_comes_from_the_environment_or_a_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in given.SECRET_NAMES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(f"{name}_FILE", raising=False)
        assert given.given_secret(name) == ""
        file = tmp_path / name
        file.write_text("from a file\n", encoding="utf-8")
        monkeypatch.setenv(f"{name}_FILE", str(file))
        assert given.given_secret(name) == "from a file"
        monkeypatch.setenv(name, "from the environment")
        with pytest.raises(given.SecretGivenTwice, match=name):
            given.given_secret(name)
        monkeypatch.delenv(f"{name}_FILE")
        assert given.given_secret(name) == "from the environment"


def test_a_file_that_cannot_be_read_stops_the_start_and_shows_no_content(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("XINDUN_SECRET_KEY", raising=False)
    monkeypatch.setenv("XINDUN_SECRET_KEY_FILE", str(tmp_path / "none"))
    with pytest.raises(given.SecretUnreadable, match="No such file"):
        given.given_secret("XINDUN_SECRET_KEY")
    (tmp_path / "none").write_bytes(b"\xff\xfe\x00secret")
    with pytest.raises(given.SecretUnreadable) as refusal:
        given.given_secret("XINDUN_SECRET_KEY")
    assert "secret\\" not in str(refusal.value)


def test_former_secret_keys_are_read_apart_from_the_one_in_use(tmp_path: Path) -> None:
    (tmp_path / "former").write_text("former-one\nformer-two\n", encoding="utf-8")
    environment = {
        **os.environ,
        "XINDUN_HOME": str(tmp_path),
        "XINDUN_SECRET_KEY": "new",
        "XINDUN_SECRET_KEY_FALLBACKS_FILE": str(tmp_path / "former"),
    }
    shown = "from xindun.config import settings as s; print(s.SECRET_KEY, s.SECRET_KEY_FALLBACKS)"
    done = subprocess.run(
        [sys.executable, "-c", shown], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "new ['former-one', 'former-two']"


def test_no_secret_is_read_from_the_environment_elsewhere() -> None:
    found = {
        (path.relative_to(PACKAGE).as_posix(), name)
        for path in PACKAGE.rglob("*.py")
        for name in READS_SECRET.findall(path.read_text(encoding="utf-8"))
        # Where a file lies is no secret.
        if not name.endswith("_FILE")
    }
    assert found == set()
