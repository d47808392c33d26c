"""What must not stand in a log does not, in whatever form it comes."""

from __future__ import annotations

import json
import logging
import sys
from typing import Any

import pytest

from xindun.kit.logs import LineFormatter, ObjectFormatter, Surroundings
from xindun.kit.redaction import redacted, redacted_value

S = "Sw0rdfish"


@pytest.mark.parametrize(
    "text",
    [
        f"password={S}",
        f"POST /login password={S}&next=/",
        f"{{'password': '{S}', 'name': 'x'}}",
        f'{{"new_password1": "{S} with blanks"}}',
        f'{{\\"password\\": \\"{S}\\"}}',
        f"Authorization: Bearer {S}",
        f"authorization=Basic {S}==",
        f"{{'Authorization': b'Bearer {S}'}}",
        f"Cookie: sessionid={S}; csrftoken={S}",
        f"Cookie: a=1; other={S}",
        f"Set-Cookie: sessionid={S}; Path=/",
        f"https://user:{S}@example.com/x",
        f"could not connect to postgresql://xindun_app:{S}@db:5432/xindun",
        f"https://example.com/hook?token={S}",
        f"https://example.com/hook?api_key={S}&x=1",
        f"client_secret: {S}",
        f"whsec_{S}+/abc=",
        f"key xd_abcd_{S}",
        f"eyJhbGciOiJIUzI1NiJ9.eyJ{S}.{S}",
        f"-----BEGIN PRIVATE KEY-----\n{S}\n-----END PRIVATE KEY-----",
        f"-----BEGIN EC PRIVATE KEY-----\\n{S}\\n-----END EC PRIVATE KEY-----",
        f"-----BEGIN PRIVATE KEY-----\n{S}",
        f"{S}@example.com signed in",
        f'"{S}"@example.com',
        f"<{S}@信用.example>",
        f"Key (email)=({S}@example.com) already exists.",
        f"PASSWORD : '{S}'",
        f"webhook-signature: v1,{S}",
    ],
)
def test_a_secret_or_an_address_is_removed(text: str) -> None:
    assert S not in redacted(text)
    assert "[removed]" in redacted(text)


@pytest.mark.parametrize(
    "text",
    [
        "GET /buyers/<uuid:public_id>/ 200",
        "work failed for tenant 7",
        "import 01973c5e-0000-7000-8000-000000000000 took 3.5 s",
        "The port 8000 is taken.",
        "台账已导入：1,234 行",
        "tokens are counted by the tokenizer",
    ],
)
def test_what_is_harmless_stays(text: str) -> None:
    assert redacted(text) == text


def test_parts_of_a_value_are_looked_at_by_name_and_by_form() -> None:
    value = {
        "password": S,
        "nested": [{"api_key": {"deep": S}}, ("a", f"{S}@example.com")],
        "count": 3,
        "ok": None,
    }
    assert redacted_value(value) == {
        "password": "[removed]",
        "nested": [{"api_key": "[removed]"}, ["a", "[removed]"]],
        "count": 3,
        "ok": None,
    }


def a_record(error: bool) -> logging.LogRecord:
    info: Any = None
    if error:
        try:
            raise ValueError(f"bad token={S} of {S}@example.com")
        except ValueError:
            info = sys.exc_info()
    record = logging.LogRecord(
        "xindun.x", 40, __file__, 1, "failed for %s", (f"{S}@a.example",), info
    )
    record.headers = {"Authorization": f"Bearer {S}", "Host": "x"}
    Surroundings().filter(record)
    return record


@pytest.mark.parametrize("error", [False, True])
def test_messages_arguments_extras_and_exceptions_pass_through(error: bool) -> None:
    text = ObjectFormatter().format(a_record(error))
    line = LineFormatter("{levelname} {message}", style="{").format(a_record(error))
    found = json.loads(text)
    assert S not in text
    assert S not in line
    assert found["message"] == "failed for [removed]"
    assert (found["level"], found["logger"]) == ("ERROR", "xindun.x")
    assert found["headers"]["Host"] == "x"
    assert "T" in found["time"]
    assert ("ValueError" in found.get("exc_info", "")) is error
    assert ("ValueError" in line) is error
    assert "\n" not in text
