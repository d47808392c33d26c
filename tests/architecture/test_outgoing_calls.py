"""Calls to other machines leave through one door, which judges the address."""

from __future__ import annotations

import ast
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src" / "xindun"
CLIENTS = (
    *("requests", "requests_hardened", "urllib3", "urllib.request", "http.client", "httpx"),
    *("aiohttp", "httpx2", "pycurl", "smtplib", "ftplib"),
)
ALLOWED = {
    "kit/outgoing.py",  # the door
    "kit/addresses.py",  # reads addresses with urllib3's own parser, calls nobody
    "config/serving.py",  # asks its own child on this machine whether it answers
}


def imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def clients_of(path: Path) -> set[str]:
    return {
        name
        for name in imported(path)
        for client in CLIENTS
        if name == client or name.startswith(f"{client}.")
    }


def test_nobody_but_the_door_has_a_client_of_its_own() -> None:
    using = {str(path.relative_to(SOURCE)) for path in SOURCE.rglob("*.py") if clients_of(path)}
    assert using == ALLOWED
