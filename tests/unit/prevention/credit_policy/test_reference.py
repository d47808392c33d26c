"""The reference says what the rules are told and what the default is."""

from __future__ import annotations

import re
from pathlib import Path

from xindun.prevention.credit_policy.rules import PARAMETERS, default_policy, policy_in
from xindun.prevention.credit_policy.values import CreditPolicy, Knockout
from xindun.record.company_file.values import KINDS, FactKind

REFERENCE = Path(__file__).resolve().parents[4] / "docs" / "reference"


def test_the_reference_lists_every_rule_with_what_it_is_told() -> None:
    text = (REFERENCE / "check-rules.md").read_text("utf-8")
    told = {
        code: tuple(re.findall(r"`(\w+)`", fields))
        for code, fields in re.findall(r"^\| `(\w+)` \| ([^|]+) \|", text, re.MULTILINE)
    }
    assert told == {code.value: fields for code, fields in PARAMETERS.items()}


def test_the_reference_shows_the_default_as_it_is() -> None:
    text = (REFERENCE / "credit-policy.md").read_text("utf-8")
    [shown] = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    assert policy_in(shown.encode()) == default_policy("EUR")


def test_the_reference_names_every_field_of_a_policy() -> None:
    text = (REFERENCE / "credit-policy.md").read_text("utf-8")
    version = {"number", "effective_from", "content_hash"}
    missing = [
        name for name in set(CreditPolicy.__dataclass_fields__) - version if f"`{name}" not in text
    ]
    assert missing == []


def test_a_knock_out_is_a_public_event_of_the_company_file() -> None:
    assert all(KINDS[FactKind(each.value)].event is not None for each in Knockout)
