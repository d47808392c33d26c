"""The Python of the API guide runs as it is printed, against this server."""

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
from standardwebhooks import Webhook

from tests.edges.api.conftest import Program
from xindun.record.receivables.actions import import_batch
from xindun.record.receivables.ports import ledger_reader

GUIDE = Path(__file__).resolve().parents[3] / "docs" / "guide" / "api.md"
LEDGER = (
    "Customer;Invoice number;Invoice date;Due date;Amount;Paid on\n"
    "Nova GmbH;N-1;2025-03-01;2025-03-31;1200.50;2025-04-02\n"
    "Nova GmbH;N-2;2025-05-01;2025-05-31;800.00;\n"
)
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


def test_the_guide_does_what_it_says(
    program: Program,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    blocks = re.findall(r"```python\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    assert len(blocks) == 8
    (tmp_path / "ledger.csv").write_text(LEDGER, "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XINDUN", "http://testserver")
    monkeypatch.setenv("KEY", program.token)
    original = requests.Session.__init__

    def mounted(session: requests.Session) -> None:
        original(session)
        session.mount("http://", InProcess(program))

    monkeypatch.setattr(requests.Session, "__init__", mounted)
    names: dict[str, Any] = {}
    exec(compile("\n".join(blocks), str(GUIDE), "exec"), names)  # noqa: S102 - our own page
    said = capsys.readouterr().out.splitlines()
    assert said[0] == f"Seller {program.mark} 1"
    assert "EUR 2 2000.5000 True" in said or "EUR 2 2000.50 True" in said
    assert "6 customers" in said
    assert "400 invalid_parameter 有参数的取值不可用；详见 errors。" in said
    assert said[-1] == "304"

    secret = "whsec_" + "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    body = '{"type":"import.finished"}'
    moment = datetime.now(UTC)
    signed = {
        "webhook-id": "msg_1",
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": Webhook(secret).sign("msg_1", moment, body),
    }
    assert names["received"](body.encode(), signed, secret) == {"type": "import.finished"}
