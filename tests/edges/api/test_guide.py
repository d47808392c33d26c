"""The Python of the API guide runs as it is printed, against this server."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from standardwebhooks import Webhook

from tests.edges.api.conftest import Program
from tests.edges.api.pages import run_page

LEDGER = (
    "Customer;Invoice number;Invoice date;Due date;Amount;Paid on\n"
    "Nova GmbH;N-1;2025-03-01;2025-03-31;1200.50;2025-04-02\n"
    "Nova GmbH;N-2;2025-05-01;2025-05-31;800.00;\n"
)


def test_the_guide_does_what_it_says(
    program: Program,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "ledger.csv").write_text(LEDGER, "utf-8")
    monkeypatch.chdir(tmp_path)
    blocks, names = run_page("guide/api.md", program, monkeypatch)
    assert blocks == 8
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
