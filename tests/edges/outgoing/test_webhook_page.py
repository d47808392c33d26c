"""The page about webhooks says what is so: its topics, and its way to verify by hand."""

from __future__ import annotations

import base64
import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from standardwebhooks import Webhook

from xindun.connectors.webhooks.values import TEST, TOPICS

PAGE = Path(__file__).resolve().parents[3] / "docs" / "reference" / "webhooks.md"


def test_every_topic_is_told_with_its_sentence() -> None:
    told = dict(re.findall(r"^\| `([\w.]+)` \| ([^|]+) \|", PAGE.read_text("utf-8"), re.MULTILINE))
    assert told.pop(TEST)
    assert told == TOPICS


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs the program openssl")
def test_the_shell_lines_make_the_signature_of_the_library() -> None:
    shell = re.search(r"```sh\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert shell is not None
    secret = "whsec_" + base64.b64encode(bytes(range(32))).decode()
    body = '{"type":"import.finished","data":{"x":"信"}}'
    at = datetime(2025, 6, 30, 12, tzinfo=UTC)
    made = subprocess.run(
        ["sh", "-c", shell.group(1)],
        env={
            "PATH": "/usr/bin:/bin:/usr/local/bin",
            "SECRET": secret,
            "ID": "msg_1",
            "TIMESTAMP": str(int(at.timestamp())),
            "BODY": body,
        },
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    assert f"v1,{made}" == Webhook(secret).sign("msg_1", at, body)
