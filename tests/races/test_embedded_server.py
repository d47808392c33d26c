"""The embedded PostgreSQL against real signals, real races and real folders."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from xindun.config import database, embedded, server_account
from xindun.config.home import HomeUnusable, secret

NOBODY = 65534
# The packages are found by path, so that another interpreter of the same version finds them too.
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A fresh home with nothing in it; its server is stopped at the end."""
    folder = Path(tempfile.mkdtemp(prefix="xh-"))
    monkeypatch.setenv("XINDUN_HOME", str(folder))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    yield folder
    clear(folder)


def clear(folder: Path) -> None:
    server = folder / "postgres"
    if (folder / "postgres.location").exists():
        server = Path((folder / "postgres.location").read_text(encoding="utf-8").strip())
    if (folder / "secrets.json").exists():
        embedded.stop()
    shutil.rmtree(server, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


def postmaster(home: Path) -> int:
    text = (home / "postgres" / "data" / "postmaster.pid").read_text(encoding="ascii")
    return int(text.splitlines()[0])


def python_for(account: dict[str, object]) -> str:
    """This Python, or the system's of the same version where this one is closed to others."""
    this = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for program in (sys.executable, f"/usr/bin/{this}", f"/usr/local/bin/{this}"):
        command = [program, "-c", "import xindun.config.embedded"]
        try:
            done = subprocess.run(
                command, env=ENVIRONMENT, capture_output=True, check=False, cwd="/", **account
            )
        except OSError:
            continue
        if done.returncode == 0:
            return program
    pytest.skip("no Python of this version with these packages is open to other users")


def in_process(
    home: Path, code: str, python: str = sys.executable, **options: object
) -> subprocess.Popen[str]:
    """Python code in a process of its own with this home."""
    return subprocess.Popen(
        [python, "-c", textwrap.dedent(code)],
        env={**ENVIRONMENT, "XINDUN_HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd="/",
        **options,
    )


def test_it_starts_once_and_is_found_again(home: Path) -> None:
    first = embedded.ensure_running()
    second = embedded.ensure_running()
    assert (first.started, second.started) == (True, False)
    assert first.app_url == second.app_url
    assert embedded.stop()
    assert not embedded.is_running()


def test_it_is_private_and_checked(home: Path) -> None:
    database.prepare()
    with psycopg.connect(embedded.endpoints().admin_url) as connection:
        settings = {
            name: connection.execute("SELECT current_setting(%s)", [name]).fetchone()
            for name in ("listen_addresses", "data_checksums", "server_encoding", "fsync")
        }
        locale = connection.execute(
            "SELECT datlocprovider, datlocale FROM pg_database WHERE datname = 'xindun'"
        ).fetchone()
    assert settings["listen_addresses"] == ("",)
    assert settings["data_checksums"] == ("on",)
    assert settings["server_encoding"] == ("UTF8",)
    assert settings["fsync"] == ("on",)
    assert locale == ("b", "C.UTF-8")
    assert (home / "secrets.json").stat().st_mode & 0o777 == 0o600
    assert (home / "postgres" / "data").stat().st_mode & 0o777 == 0o700
    wrong = embedded.endpoints().app_url.replace(secret("database_app"), "guess")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(wrong)


def test_it_comes_back_after_kill_9_with_what_was_committed(home: Path) -> None:
    database.prepare()
    url = database.owner_url()
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept (id int)")
        connection.execute("INSERT INTO kept SELECT generate_series(1, 1000)")
    os.kill(postmaster(home), signal.SIGKILL)
    assert embedded.ensure_running().started
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (1000,)


def test_it_survives_kill_9_of_the_process_that_started_it(home: Path) -> None:
    parent = in_process(
        home,
        """
        import time
        from xindun.config import embedded
        print(embedded.ensure_running().started, flush=True)
        time.sleep(60)
        """,
    )
    assert parent.stdout is not None
    assert parent.stdout.readline() == "True\n"
    parent.kill()
    parent.wait()
    parent.stdout.close()
    assert embedded.is_running()
    assert not embedded.ensure_running().started


def test_processes_that_start_at_once_agree(home: Path) -> None:
    code = """
        from xindun.config import database, embedded
        print(database.prepare(), embedded.endpoints().app_url)
    """
    both = [in_process(home, code) for _ in range(4)]
    lines = [process.communicate(timeout=60)[0].split() for process in both]
    assert [process.returncode for process in both] == [0] * 4, lines
    assert sorted(line[0] for line in lines) == ["False", "False", "False", "True"]
    assert len({line[1] for line in lines}) == 1


def test_commands_that_migrate_at_once_take_turns(home: Path) -> None:
    code = """
        from xindun.config import startup
        startup.start()
        from xindun.record.tenants.reads import all_tenant_ids
        print(startup.pending_migrations(), all_tenant_ids())
    """
    both = [in_process(home, code) for _ in range(2)]
    assert [process.communicate(timeout=180)[0] for process in both] == ["[] []\n"] * 2


def test_a_crash_in_the_middle_of_making_it_leaves_no_half_cluster(home: Path) -> None:
    draft = home / "postgres" / "data.draft"
    draft.mkdir(parents=True)
    (draft / "PG_VERSION").write_text("18\n", encoding="ascii")
    assert embedded.ensure_running().started


def test_a_pid_that_now_belongs_to_a_stranger_does_not_keep_it_down(home: Path) -> None:
    embedded.ensure_running()
    file = home / "postgres" / "data" / "postmaster.pid"
    text = file.read_text(encoding="ascii")
    embedded.stop()
    stranger = subprocess.Popen(["sleep", "60"])
    try:
        first, rest = text.split("\n", 1)
        assert first.isdigit()
        file.write_text(f"{stranger.pid}\n{rest}", encoding="ascii")
        if os.geteuid() == 0:
            owner = file.parent.stat()
            os.chown(file, owner.st_uid, owner.st_gid)
        assert embedded.ensure_running().started
    finally:
        stranger.kill()
        stranger.wait()


def test_data_of_another_major_version_are_refused_with_advice(home: Path) -> None:
    embedded.ensure_running()
    embedded.stop()
    version = home / "postgres" / "data" / "PG_VERSION"
    version.write_text("17\n", encoding="ascii")
    with pytest.raises(embedded.OtherMajorVersion, match="PostgreSQL 17"):
        embedded.ensure_running()
    version.write_text("18\n", encoding="ascii")


def test_secrets_of_another_installation_are_said_plainly(home: Path) -> None:
    embedded.ensure_running()
    file = home / "secrets.json"
    own = file.read_text(encoding="utf-8")
    file.unlink()
    with pytest.raises(embedded.PasswordsDoNotFit, match="saved together with the data"):
        embedded.ensure_running()
    file.write_text(own, encoding="utf-8")


def test_a_long_home_still_gets_a_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    outer = Path(tempfile.mkdtemp(prefix="xh-"))
    outer.chmod(0o755)
    folder = outer / ("long-" * 20) / ("path-" * 10)
    monkeypatch.setenv("XINDUN_HOME", str(folder))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    try:
        database.prepare()
        with psycopg.connect(database.app_url()) as connection:
            assert connection.execute("SELECT current_user").fetchone() == ("xindun_app",)
    finally:
        clear(folder)
        shutil.rmtree(outer)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root hands the server to another account")
def test_as_root_a_home_below_a_closed_folder_works(monkeypatch: pytest.MonkeyPatch) -> None:
    outer = Path(tempfile.mkdtemp(prefix="xh-"))  # mode 0700, like /root
    folder = outer / "home"
    monkeypatch.setenv("XINDUN_HOME", str(folder))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    try:
        assert embedded.ensure_running().started
        assert outer.stat().st_mode & 0o777 == 0o700
        data = Path((folder / "postgres.location").read_text(encoding="utf-8").strip()) / "data"
        assert data.stat().st_uid != 0
    finally:
        clear(folder)
        shutil.rmtree(outer)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root hands the server to another account")
def test_as_root_closed_binaries_are_copied(home: Path) -> None:
    account = server_account.choose_account(home)
    home.chmod(0o711)
    closed = Path(tempfile.mkdtemp(prefix="xh-"))
    package = server_account.installed_package()
    try:
        for folder in package.parent.glob(f"{package.name}*"):
            if folder.suffix in ("", ".libs"):
                shutil.copytree(folder, closed / folder.name)
        programs = server_account.reachable(closed / package.name, home, account)
        assert programs.is_relative_to(home)
        assert account.run(programs / "initdb", "--version", folder=home).returncode == 0
    finally:
        shutil.rmtree(closed)


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root to become another user")
def test_a_normal_user_runs_it_too() -> None:
    folder = Path(tempfile.mkdtemp(prefix="xh-"))
    os.chown(folder, NOBODY, NOBODY)
    code = """
        import os
        from xindun.config import database, embedded
        assert os.geteuid() != 0
        print(database.prepare())
        print(embedded.stop())
    """
    nobody = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
    try:
        process = in_process(folder, code, python=python_for(nobody), **nobody)
        assert process.communicate(timeout=60)[0] == "True\nTrue\n"
    finally:
        shutil.rmtree(folder)


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is closed to root")
def test_a_home_that_cannot_be_written_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XINDUN_HOME", "/proc/xindun")
    with pytest.raises(HomeUnusable, match="XINDUN_HOME"):
        embedded.ensure_running()
