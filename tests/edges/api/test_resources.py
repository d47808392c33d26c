"""Every resource of the first version tells what the record knows, and only of one's company."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests.edges.api.conftest import Program


def test_the_company_says_whose_key_it_is_and_how_far_the_ledger_is(program: Program) -> None:
    found = program.json("company")
    assert found["name"] == f"Seller {program.mark}"
    assert found["base_currency"] == "EUR"
    assert found["ledger"]["version"] == 1
    assert found["review"]["as_of"] == "2025-06-30"
    assert found["review"]["stale"] is False


def test_customers_are_found_and_their_files_add_up(program: Program) -> None:
    found = program.json("customers?q=tardy")["items"]
    assert [each["name"] for each in found] == [f"Tardy GmbH {program.mark}"]
    file = program.json(f"customers/{found[0]['id']}")
    (account,) = file["accounts"]
    assert account["currency"] == "EUR"
    buckets = [float(each["amount"]) for each in account["buckets"]]
    assert sum(buckets) == float(account["open_total"]) == 8000.00
    assert account["open_total"] == "8000.00"
    documents = program.json(f"customers/{found[0]['id']}/documents?open=true&limit=500")
    assert documents["as_of"] == "2025-06-30"
    assert sum(float(each["open_amount"]) for each in documents["items"]) == 8000.00


def test_a_grade_is_the_sum_of_its_reasons_and_a_limit_shows_its_formulas(
    program: Program,
) -> None:
    (customer,) = program.json("customers?q=tardy")["items"]
    (grade,) = program.json(f"customers/{customer['id']}/grades")["items"]
    points = sum(float(each["points"]) for each in grade["reasons"])
    assert points == pytest.approx(float(grade["health_score"]), abs=0.001)
    assert grade["changes"], "a slow payer can get better"
    (limit,) = program.json(f"customers/{customer['id']}/limits")["items"]
    binding = next(each for each in limit["formulas"] if each["code"] == limit["binding"])
    assert binding["amount"] == limit["amount"]
    assert program.json(f"customers/{customer['id']}/behaviour")["items"][0]["measures"]


def test_sentences_follow_the_language_and_codes_do_not(program: Program) -> None:
    (customer,) = program.json("customers?q=tardy")["items"]
    path = f"customers/{customer['id']}/grades"
    english = program.get(path).json()["items"][0]["reasons"][0]  # type: ignore[attr-defined]
    answer = program.get(path, **{"Accept-Language": "zh-CN"})
    chinese = answer.json()["items"][0]["reasons"][0]  # type: ignore[attr-defined]
    assert english["code"] == chinese["code"]
    assert english["text"].startswith("Pays ")
    assert "天" in chinese["text"]


def test_a_document_shows_its_movements(program: Program) -> None:
    items = program.json("documents?limit=500")["items"]
    assert len(items) == 50
    paid = next(each for each in items if each["number"] == f"{program.mark}-GOOD-00")
    file = program.json(f"documents/{paid['id']}")
    assert file["open_amount"] == "0.00"
    assert [each["amount"] for each in file["movements"]] == ["1000.00"]


def test_the_portfolio_and_the_ageing_agree_with_the_accounts(program: Program) -> None:
    portfolio = program.json("portfolio")
    euro = next(each for each in portfolio["totals"] if each["currency"] == "EUR")
    accounts = program.json("accounts?currency=EUR&limit=500")["items"]
    ageing = program.json("ageing?limit=500")["items"]
    total = sum(float(each["open_total"]) for each in accounts)
    assert total == float(euro["open_total"])
    assert total == sum(float(e["open_total"]) for e in ageing if e["currency"] == "EUR")
    assert portfolio["days"] == ["2025-06-30"]


def test_ageing_answers_any_day_and_what_was_known_then(program: Program) -> None:
    earlier = program.json("ageing?as_of=2025-01-31")
    assert earlier["as_of"] == "2025-01-31"
    assert earlier["items"]
    assert program.json("ageing?as_of=2025-01-31&known_at=2025-01-31T00:00:00Z")["items"] == []


def test_an_action_is_marked_once_and_for_all_to_see(program: Program) -> None:
    first = program.json("actions")["items"][0]
    assert first["state"] == "open"
    answer = program.post(f"actions/{first['id']}/mark", {"state": "done", "note": "paid today"})
    assert answer.status_code == 200, answer.content
    again = program.json(f"actions/{first['id']}")
    assert (again["state"], again["note"]) == ("done", "paid today")
    assert first["id"] not in {e["id"] for e in program.json("actions?state=open")["items"]}


def test_reviews_are_listed_and_carry_what_proves_them(program: Program) -> None:
    (run,) = program.json("runs")["items"]
    assert run["current"] is True
    assert len(run["snapshot_root"]) == 64
    assert program.json(f"runs/{run['id']}") == run
    assert date.fromisoformat(run["as_of"]) == date(2025, 6, 30)


def test_nothing_of_another_company_exists(program: Program, rival: Program) -> None:
    theirs = {
        "customers": program.json("customers")["items"][0]["id"],
        "documents": program.json("documents")["items"][0]["id"],
        "imports": program.json("imports")["items"][0]["id"],
        "runs": program.json("runs")["items"][0]["id"],
        "actions": program.json("actions")["items"][0]["id"],
    }
    for name, found in theirs.items():
        answer = rival.get(f"{name}/{found}")
        assert answer.status_code == 404, name
        assert program.mark not in answer.content.decode()
    marked = rival.post(f"actions/{theirs['actions']}/mark", {"state": "done"})
    assert marked.status_code == 404
    assert program.json(f"actions/{theirs['actions']}")["state"] == "open"


def test_all_accounts_come_as_one_file(program: Program) -> None:
    answer = program.get("reports/accounts", Accept="text/csv")
    lines = b"".join(answer).decode("utf-8-sig").splitlines()
    accounts = program.json("accounts?limit=500&sort=name")["items"]
    assert len(lines) == len(accounts) + 1
    assert lines[0].startswith("customer,name,country,currency")
    assert [line.split(",")[0] for line in lines[1:]] == [each["customer"] for each in accounts]


def test_evidence_is_listed_and_proved_once_it_is_in_the_log(
    program: Program, rival: Program
) -> None:
    from xindun.record.evidence.actions import sequence_pending

    newest = program.json("evidence?kind=portfolio_reviewed")["items"][0]
    assert newest["subject"]["type"] == "portfolio_run"
    assert newest["subject"]["id"] == program.json("runs")["items"][0]["id"]
    assert program.json(f"evidence/{newest['id']}") == newest
    assert rival.get(f"evidence/{newest['id']}").status_code == 404
    sequence_pending(clock=lambda: datetime.now(UTC))
    proof = program.json(f"evidence/{newest['id']}/proof")
    assert proof["head"]["size"] > proof["number"]
    kept = program.json("evidence/checkpoint")
    assert kept["pending"] == 0
    assert f"\n{proof['head']['size']}\n" in kept["checkpoint"]
    assert rival.get(f"evidence/{newest['id']}/proof").status_code == 404
