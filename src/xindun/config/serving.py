"""The processes of a running installation: web workers, a job worker, and who watches them.

What a reader would get wrong: the address is good only after ``/health/`` has answered, so
nothing is announced before. A child that dies is started again; the embedded server too. One that
dies again and again is given longer and longer pauses, which nothing else waits for.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from xindun.config import database, embedded
from xindun.config.home import home
from xindun.kernel.errors import DomainError

HEALTHY_WITHIN_SECONDS = 60.0
STOP_WITHIN_SECONDS = 30.0
WATCH_EVERY_SECONDS = 0.5
DATABASE_EVERY_SECONDS = 2.0
FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 30.0
LIVED_WELL_SECONDS = 10.0
"""A child that lived this long has come up; its next death is a first one."""
BLOCKING_THREADS = 4
HASHED_FILES_EXPIRE_SECONDS = 365 * 24 * 3600

# Runs before the program itself, so that kill -9 of the parent ends the children too (Linux).
DIE_WITH_PARENT = """
import os, signal, sys
try:
    import ctypes
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)
except (ImportError, OSError, AttributeError):
    pass
os.execv(sys.argv[1], sys.argv[1:])
"""


class PortTaken(DomainError):
    """Another program listens there."""

    code = "port_taken"
    sentence = "Port {port} on {host} is taken ({reason}). Choose another one with --port."


class ServerDied(DomainError):
    """The web server ended before it answered."""

    code = "server_died"
    sentence = "The web server did not come up ({reason}).\n{log}"


@dataclass
class Restarts:
    """When a child that died is started again: soon, unless it keeps dying young."""

    started_at: float
    due_at: float | None = None
    pause: float = FIRST_PAUSE_SECONDS

    def died(self, now: float) -> None:
        """Note a death, once; settles when it is due."""
        if self.due_at is None:
            if now - self.started_at >= LIVED_WELL_SECONDS:
                self.pause = FIRST_PAUSE_SECONDS
            self.due_at = now + self.pause
            self.pause = min(self.pause * 2, LONGEST_PAUSE_SECONDS)

    def is_due(self, now: float) -> bool:
        """Whether the pause is over."""
        return self.due_at is not None and now >= self.due_at

    def started(self, now: float) -> None:
        """Note that it runs again."""
        self.started_at, self.due_at = now, None


@dataclass
class Serving:
    """Web and job workers as children of this process.

    Attributes:
        log_folder: where the children write; None lets them write to this process's stderr.
    """

    host: str
    port: int
    workers: int
    say: Callable[[str], None]
    log_folder: Path | None = None
    stopping: bool = False
    children: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """Where a browser on this machine finds the console."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

    def run(self, ready: Callable[[], None]) -> None:
        """Start, call ``ready`` once the console answers, watch until a signal, then stop.

        Raises:
            ServerDied: the web server did not come up.
        """
        check_port(self.host, self.port)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._asked_to_stop)
        try:
            share_metrics()
            self._spawn("web", self._web_command())
            self._spawn("worker", WORKER)
            self._wait_until_healthy()
            if not self.stopping:
                ready()
            self._watch()
        finally:
            self._stop_children()

    def _asked_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping = True

    def _web_command(self) -> list[str]:
        return [
            *("-m", "granian", "--interface", "wsgi", "--http", "1", "--no-ws"),
            *("--host", self.host, "--port", str(self.port)),
            *("--workers", str(self.workers), "--blocking-threads", str(BLOCKING_THREADS)),
            # A client that is slow to ask holds a connection, never a thread.
            *("--http1-header-read-timeout", "10000", "--http1-buffer-size", "65536"),
            *("--respawn-failed-workers", "--workers-kill-timeout", "10"),
            *("--log-level", "warning", "--static-path-mount", str(home() / "static")),
            *("--static-path-expires", str(HASHED_FILES_EXPIRE_SECONDS)),
            "xindun.config.wsgi:application",
        ]

    def _spawn(self, name: str, arguments: list[str]) -> None:
        """Start a Python child in a session of its own: Ctrl-C reaches only this process."""
        log = self._log_of(name)
        output = log.open("ab") if log else None
        try:
            self.children[name] = subprocess.Popen(  # noqa: S603  # our own arguments
                [sys.executable, "-c", DIE_WITH_PARENT, sys.executable, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=output or sys.stderr.fileno(),  # ours is for the address alone
                stderr=output,
                env={**os.environ, "DJANGO_SETTINGS_MODULE": "xindun.config.settings"},
                start_new_session=True,
            )
        finally:
            if output:
                output.close()

    def _log_of(self, name: str) -> Path | None:
        if self.log_folder is None:
            return None
        self.log_folder.mkdir(parents=True, exist_ok=True)
        return self.log_folder / f"{name}.log"

    def _wait_until_healthy(self) -> None:
        patience = time.monotonic() + HEALTHY_WITHIN_SECONDS
        while not self.stopping:
            if answers(f"{self.address}/health/"):
                return
            ended = self.children["web"].poll()
            if ended is not None:
                raise ServerDied(reason=f"exit code {ended}", log=self._last_lines("web"))
            if time.monotonic() > patience:
                raise ServerDied(reason="no answer", log=self._last_lines("web"))
            time.sleep(0.1)

    def _last_lines(self, name: str, count: int = 20) -> str:
        log = self._log_of(name)
        if log is None or not log.exists():
            return ""
        return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-count:])

    def _watch(self) -> None:
        look_at_database = time.monotonic() + DATABASE_EVERY_SECONDS
        commands = {"web": self._web_command(), "worker": WORKER}
        restarts = {name: Restarts(time.monotonic()) for name in commands}
        while not self.stopping:
            time.sleep(WATCH_EVERY_SECONDS)
            for name, command in commands.items():
                self._heal(name, command, restarts[name])
            if time.monotonic() > look_at_database:
                look_at_database = time.monotonic() + DATABASE_EVERY_SECONDS
                if database.is_embedded() and not embedded.is_running():
                    self.say("The embedded PostgreSQL ended; starting it again.")
                    embedded.ensure_running()

    def _heal(self, name: str, command: list[str], restarts: Restarts) -> None:
        """Start a child again when it has died and its pause is over."""
        if self.children[name].poll() is None or self.stopping:
            return
        restarts.died(time.monotonic())
        if restarts.is_due(time.monotonic()):
            self.say(f"The {name} process ended; starting it again.")
            self._spawn(name, command)
            restarts.started(time.monotonic())

    def _stop_children(self) -> None:
        for child in self.children.values():
            if child.poll() is None:
                child.terminate()
        patience = time.monotonic() + STOP_WITHIN_SECONDS
        for child in self.children.values():
            try:
                child.wait(timeout=max(0.1, patience - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


WORKER = ["-m", "xindun.config.worker"]


def check_port(host: str, port: int) -> None:
    """Refuse a port somebody listens on, before a child fails on it.

    Raises:
        PortTaken: with the system's reason.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise PortTaken(host=host, port=port, reason=error.strerror or error) from error


def free_port(host: str, first: int, tries: int = 20) -> int:
    """The first free port from ``first`` on.

    Raises:
        PortTaken: none of ``tries`` ports is free.
    """
    for port in range(first, first + tries - 1):
        try:
            check_port(host, port)
        except PortTaken:
            continue
        return port
    check_port(host, first + tries - 1)
    return first + tries - 1


def answers(url: str) -> bool:
    """Whether a GET of ``url`` succeeds."""
    # No proxy of the environment stands between a process and its own child.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=5) as response:
            return bool(response.status == 200)
    except (OSError, urllib.error.URLError):
        return False


def share_metrics() -> None:
    """An empty folder in which this run's processes share what they count."""
    folder = home() / "metrics"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)


def collect_static() -> None:
    """Copy scripts and styles to the home under names that carry their hash."""
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)
