"""A policy goes into YAML and back unchanged; a hostile or sloppy file is refused."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xindun.prevention.credit_policy.rules import (
    DEFAULT_MOMENT,
    UnreadablePolicy,
    UnsoundCreditPolicy,
    default_policy,
    hash_of,
    json_of,
    policy_in,
    policy_of,
    yaml_of,
)
from xindun.prevention.credit_policy.values import CheckRule, Reaction, RuleCode, Segment

POLICY = default_policy("EUR")
TEXT = yaml_of(POLICY)
NORWAY = replace(
    POLICY,
    segments=(
        Segment(
            "12",
            (CheckRule(RuleCode.COUNTRY_STOP, Reaction.HOLD, codes=("NO", "ER")),),
            countries=("NO",),
            new_customers=False,
        ),
        *POLICY.segments,
    ),
)


@pytest.mark.parametrize("policy", [POLICY, NORWAY])
def test_what_was_written_is_read_back(policy: object) -> None:
    assert isinstance(policy, type(POLICY))
    known = replace(policy, content_hash=hash_of(policy))
    assert policy_in(yaml_of(known).encode()) == known
    assert policy_of(json_of(known), number=0, effective_from=DEFAULT_MOMENT) == known


@settings(max_examples=30, deadline=None)
@given(st.decimals(0, 1, places=6), st.integers(0, 730))
def test_equal_rules_have_equal_hashes_however_they_are_written(
    tolerance: Decimal, horizon: int
) -> None:
    policy = replace(POLICY, tolerance_ratio=tolerance, horizon_days=horizon)
    read = policy_of(json_of(policy), number=0, effective_from=DEFAULT_MOMENT)
    assert read.content_hash == hash_of(policy) == hash_of(replace(policy, number=7))
    assert read.tolerance_ratio == tolerance


@pytest.mark.parametrize(
    ("before", "after", "path", "code"),
    [
        ("hold_hours: 48\n", "", "hold_hours", "missing"),
        ("hold_hours: 48\n", "hold_hours: 48\nnumber: 3\n", "number", "unknown_field"),
        ("hold_hours: 48\n", "hold_hours: 48\nholdhours: 4\n", "holdhours", "unknown_field"),
        ("hold_hours: 48\n", "hold_hours: 4.5\n", "hold_hours", "not_whole"),
        ("hold_hours: 48\n", "hold_hours: [4]\n", "hold_hours", "not_whole"),
        ("tolerance_ratio: 0\n", "tolerance_ratio: .nan\n", "tolerance_ratio", "not_a_number"),
        ("tolerance_ratio: 0\n", "tolerance_ratio: inf\n", "tolerance_ratio", "not_a_number"),
        ("new_customers: true", "new_customers: soon", "segments.0.new_customers", "not_yes_or_no"),
        ("- liquidation\n", "- wound_up\n", "knockouts.3", "unknown_word"),
        ("starter:\n", "starter: 4\nspare:\n", "starter", "not_readable"),
        ("cap: 5000\n", "cap: 1e999999\n", "starter.cap", "out_of_bounds"),
    ],
)
def test_a_field_that_cannot_be_is_named(before: str, after: str, path: str, code: str) -> None:
    assert before in TEXT
    with pytest.raises(UnsoundCreditPolicy) as refused:
        policy_in(TEXT.replace(before, after, 1).encode())
    assert (path, code) in {(".".join(each.path), each.code) for each in refused.value.problems}


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"a: &x [1]\nb: *x\n", 1),
        (b"a: 1\nb: *x\n", 2),
        (b"!!python/object/apply:os.system ['true']\n", 1),
        (b"a: !!binary aGk=\n", 1),
        (b"a: 1\nb: 2\nb: 3\n", 1),
        (b"? [a]\n: 1\n", 1),
        (b"[" * 5_000, 1),
        (b"a: 1\n---\nb: 2\n", 2),
        (b"a: [1\n", 2),
        (b"a: \xff\n", 0),
        (b"a: \x00\n", 0),
        (b"# " + b"x" * 300_000, 0),
    ],
)
def test_a_hostile_file_is_refused(content: bytes, line: int) -> None:
    with pytest.raises(UnreadablePolicy) as refused:
        policy_in(content)
    assert refused.value.params["line"] == line


@pytest.mark.parametrize("content", [b"", b"[]", b"policy", b"null"])
def test_what_is_no_mapping_is_no_policy(content: bytes) -> None:
    with pytest.raises(UnsoundCreditPolicy):
        policy_in(content)


def test_a_merge_key_is_a_field_like_any_other() -> None:
    with pytest.raises(UnsoundCreditPolicy) as refused:
        policy_in((TEXT + "<<: {hold_hours: 3}\n").encode())
    assert [each.code for each in refused.value.problems] == ["unknown_field"]
