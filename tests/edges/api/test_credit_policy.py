"""A program reads the credit policy, drafts another and submits it; a person approves."""

from __future__ import annotations

import json
from typing import Any

from tests.edges.api.conftest import Program


def put(program: Program, body: Any, key: str) -> Any:
    content = json.dumps(body).encode()
    return program.ask(
        "PUT", "credit-policy/draft", content, "application/json", **{"Idempotency-Key": key}
    )


def test_what_was_read_is_changed_written_and_submitted(program: Program) -> None:
    found = program.json("credit-policy")
    assert (found["number"], found["effective_from"]) == (0, None)
    assert program.json("credit-policy?at=2020-01-01T00:00:00Z") == found
    assert program.json("credit-policy?version=0") == found
    missing: Any = program.get("credit-policy?version=7")
    assert (missing.status_code, missing.json()["code"]) == (404, "unknown_policy_version")
    none: Any = program.get("credit-policy/draft")
    assert (none.status_code, none.json()["code"]) == (404, "no_draft")
    assert program.json("credit-policy/versions") == {"next": None, "items": []}

    policy = {**found["policy"], "horizon_days": 60}
    written = put(program, {"revision": 0, "policy": policy}, "k1")
    assert written.status_code == 200, written.content
    assert written.json()["policy"] == policy
    assert program.json("credit-policy/draft")["revision"] == 1
    moved = put(program, {"revision": 0, "policy": policy}, "k2")
    assert (moved.status_code, moved.json()["code"]) == (409, "draft_moved")

    done: Any = program.post("credit-policy/draft/submit", {"revision": 1})
    assert done.status_code == 200, done.content
    draft = program.json("credit-policy/draft")
    assert draft["waiting"] == done.json()["proposal"]
    held = put(program, {"revision": 1, "policy": policy}, "k3")
    assert (held.status_code, held.json()["code"]) == (409, "draft_submitted")
    assert program.json("credit-policy") == found


def test_what_cannot_be_meant_is_named_by_pointers(program: Program) -> None:
    policy = program.json("credit-policy")["policy"]
    policy["tiers"][0]["prepayment_share"] = "1.5"
    policy["segments"][1]["code"] = "x"
    refused = put(program, {"revision": 0, "policy": policy}, "k1")
    assert (refused.status_code, refused.json()["code"]) == (422, "unsound_credit_policy")
    found = {(each["pointer"], each["code"]) for each in refused.json()["errors"]}
    assert ("#/policy/tiers/0/prepayment_share", "out_of_bounds") in found
    assert ("#/policy/segments/1", "no_last_segment") in found
    shape = put(program, {"revision": 0, "policy": {**policy, "spare": 1}}, "k2")
    assert (shape.status_code, shape.json()["code"]) == (422, "invalid_body")
    assert program.get("credit-policy/draft").status_code == 404
