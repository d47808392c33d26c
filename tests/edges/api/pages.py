"""Runs the Python of a page of the documentation as printed, against this server."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import requests
from django.test import Client
from requests.adapters import BaseAdapter

from tests.edges.api.conftest import Program
from xindun.record.receivables.actions import import_batch
from xindun.record.receivables.ports import ledger_reader

DOCS = Path(__file__).resolve().parents[3] / "docs"
STARTED = re.compile(r"/api/v1/imports/([0-9a-f-]+)/start")


class InProcess(BaseAdapter):
    """Carries requests to this process's server, and does a worker's work at once."""

    def __init__(self, program: Program) -> None:
        super().__init__()
        self.program = program

    def send(self, request: Any, *_: Any, **__: Any) -> requests.Response:
        body = request.body or b""
        answer = Client().generic(
            request.method,
            request.path_url,
            body if isinstance(body, bytes) else body.encode(),
            request.headers.get("Content-Type", ""),
            headers=dict(request.headers),
        )
        found = requests.Response()
        found.status_code = answer.status_code
        found.headers.update(answer.headers)
        found.raw = io.BytesIO(answer.content)
        found.url = request.url
        if match := STARTED.fullmatch(request.path_url):
            import_batch(
                self.program.tenant_id,
                UUID(match[1]),
                reader=ledger_reader(),
                clock=lambda: datetime.now(UTC),
            )
        return found

    def close(self) -> None:
        """Nothing is open."""


def run_page(
    name: str, program: Program, monkeypatch: pytest.MonkeyPatch
) -> tuple[int, dict[str, Any]]:
    """Run every Python block of a page, one after the other; how many, and the names they leave."""
    page = DOCS / name
    blocks = re.findall(r"```python\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
    monkeypatch.setenv("XINDUN", "http://testserver")
    monkeypatch.setenv("KEY", program.token)
    original = requests.Session.__init__

    def mounted(session: requests.Session) -> None:
        original(session)
        session.mount("http://", InProcess(program))

    monkeypatch.setattr(requests.Session, "__init__", mounted)
    names: dict[str, Any] = {}
    exec(compile("\n".join(blocks), str(page), "exec"), names)  # noqa: S102 - our own page
    return len(blocks), names
