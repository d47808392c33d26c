"""A company grade through the API: the newest, the past, and the proof."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from uuid import uuid4

from tests.edges.api.conftest import Program
from xindun.prevention.scoring.actions import regrade


def test_a_score_adds_up_and_replays(program: Program) -> None:
    (customer,) = program.json("customers?q=tardy")["items"]
    where = f"customers/{customer['id']}"
    assert program.get(f"{where}/score").json()["code"] == "not_graded"  # type: ignore[attr-defined]
    done = regrade(program.tenant_id, actor="system:test", now=datetime.now(UTC), trigger="change")
    assert done.graded == done.looked_at > 0
    score = program.json(f"{where}/score")
    assert (score["scale"], score["direction"]) == ("xindun-company-10", "1_is_best")
    assert score["in_force"] == score["grade"]
    assert sum(Decimal(each["log_odds"]) for each in score["reasons"]) == Decimal(score["log_odds"])
    assert score["pd_low"] < score["pd_12m"] < score["pd_high"]
    assert score["dimensions"]["financial"] is None
    assert [each["id"] for each in program.json(f"{where}/scores")["items"]] == [score["id"]]
    assert program.get(f"{where}/score?as_of=2020-01-01").status_code == 404
    proof = program.post(f"scores/{score['id']}/replay").json()  # type: ignore[attr-defined]
    assert proof["same"] is True
    assert proof["computed_hash"] == score["output_hash"]
    nothing = program.post(f"scores/{uuid4()}/replay")
    assert nothing.status_code == 404
    assert nothing.json()["code"] == "unknown_grade"  # type: ignore[attr-defined]
