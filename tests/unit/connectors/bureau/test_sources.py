"""The interfaces of GLEIF and Companies House, asked as described and answered from recordings.

The exchanges are synthetic: shaped by the publishers' own descriptions (GLEIF API 1.0 in JSON:API,
Companies House public data API), with names and numbers that no register has given out. No call
leaves the machine.
"""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest

from xindun.connectors.bureau.companies_house import CompaniesHouse
from xindun.connectors.bureau.gleif_api import GleifApi
from xindun.connectors.bureau.ports import (
    BureauSource,
    KeyMissing,
    KeyRefused,
    Query,
    SourceBusy,
    SourceFailed,
)
from xindun.connectors.bureau.streams import ReportBroken
from xindun.connectors.bureau.values import Report
from xindun.kit.outgoing import Answer

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
Make = Callable[..., Any]


class Recording:
    """Answers by address, and remembers what was asked."""

    def __init__(self, base: str, answers: Mapping[str, Any]) -> None:
        self.base, self.answers = base, answers
        self.asked: list[str] = []
        self.headers: list[Mapping[str, str]] = []

    def __call__(self, method: str, url: str, *, headers: Mapping[str, str], limit: int) -> Answer:
        assert limit > 0
        assert method == "GET"
        assert url.startswith(self.base)
        path = url.removeprefix(self.base)
        self.asked.append(path)
        self.headers.append(headers)
        told = self.answers.get(path, 404)
        if isinstance(told, Answer):
            return told
        if isinstance(told, int):
            return Answer(told, {}, b"{}", False, 0.1)
        return Answer(200, {}, json.dumps(told).encode(), False, 0.1)


def facts_of(report: Report | None) -> dict[tuple[str, str], Any]:
    assert report is not None
    return {(each.kind, each.key): each.value for each in report.facts}


def gleif_answers(child: str, parent: str) -> dict[str, Any]:
    address = {
        "language": "de",
        "addressLines": ["Musterweg 1"],
        "addressNumber": None,
        "city": "Musterstadt",
        "region": "DE-BE",
        "country": "DE",
        "postalCode": "10000",
    }
    record = {
        "lei": child,
        "entity": {
            "legalName": {"name": "Synthetic Muster GmbH", "language": "de"},
            "otherNames": [],
            "legalAddress": address,
            "headquartersAddress": address,
            "registeredAt": {"id": "RA000242", "other": None},
            "registeredAs": "HRB 1",
            "jurisdiction": "DE",
            "legalForm": {"id": "2HBR", "other": None},
            "status": "ACTIVE",
            "creationDate": "2001-02-03T00:00:00Z",
            "eventGroups": [
                {
                    "groupType": "STANDALONE",
                    "events": [
                        {
                            "type": "LIQUIDATION",
                            "status": "IN_PROGRESS",
                            "effectiveDate": "2026-01-02T00:00:00Z",
                            "recordedDate": "2026-01-09T00:00:00Z",
                        }
                    ],
                }
            ],
        },
        "registration": {"status": "ISSUED", "lastUpdateDate": "2026-01-09T10:00:00Z"},
    }
    link = {
        "validFrom": "2020-01-01T00:00:00Z",
        "relationship": {
            "startNode": {"id": child, "type": "LEI"},
            "endNode": {"id": parent, "type": "LEI"},
            "type": "IS_DIRECTLY_CONSOLIDATED_BY",
            "status": "ACTIVE",
            "periods": [{"startDate": "2015-06-01T00:00:00Z", "type": "RELATIONSHIP_PERIOD"}],
        },
        "registration": {"lastUpdateDate": "2025-10-03T08:10:12Z"},
    }
    return {
        child: {"data": {"type": "lei-records", "id": child, "attributes": record}},
        f"{child}/direct-parent-relationship": {
            "data": {"type": "relationship-records", "attributes": link}
        },
    }


def test_gleif_tells_the_record_and_the_direct_parent(make_lei: Make) -> None:
    child, parent = make_lei(1), make_lei(2)
    send = Recording("https://api.gleif.org/api/v1/lei-records/", gleif_answers(child, parent))
    source: BureauSource = GleifApi()
    query = Query("Muster", "DE", {"lei": child})
    assert source.covers(query)
    assert not source.covers(Query("Muster", "DE", {"lei": child[:-1] + "x"}))

    report = source.fetch(query, key="", now=NOW, send=send)
    facts = facts_of(report)
    assert facts["legal_name", ""] == "Synthetic Muster GmbH"
    assert facts["parent", "direct"] == {"lei": parent, "level": "direct", "since": "2015-06-01"}
    assert ("parent", "ultimate") not in facts
    assert facts["liquidation", "LIQUIDATION 2026-01-02"]["published_on"] == "2026-01-02"
    assert report is not None
    assert report.as_of == date(2026, 1, 9)
    assert {each.kind for each in report.facts} <= source.provides
    assert send.asked == [
        child,
        f"{child}/direct-parent-relationship",
        f"{child}/ultimate-parent-relationship",
    ]


def test_gleif_that_answers_about_somebody_else_is_not_believed(make_lei: Make) -> None:
    answers = gleif_answers(make_lei(1), make_lei(2))
    send = Recording(
        "https://api.gleif.org/api/v1/lei-records/", {make_lei(3): answers[make_lei(1)]}
    )
    with pytest.raises(SourceFailed):
        GleifApi().fetch(Query("x", "", {"lei": make_lei(3)}), key="", now=NOW, send=send)


PROFILE: dict[str, Any] = {
    "company_name": "SYNTHETIC MUSTER LIMITED",
    "company_number": "09999999",
    "company_status": "liquidation",
    "type": "ltd",
    "date_of_creation": "2015-04-01",
    "registered_office_address": {
        "address_line_1": "1 Example Street",
        "locality": "Exampletown",
        "postal_code": "EX1 1EX",
    },
    "sic_codes": ["46690"],
    "has_insolvency_history": True,
    "accounts": {
        "next_due": "2026-12-31",
        "overdue": False,
        "last_accounts": {"made_up_to": "2025-03-31"},
    },
}
CH: dict[str, Any] = {
    "09999999": PROFILE,
    "09999999/officers?items_per_page=100&start_index=0": {
        "items": [
            {
                "name": "PERSON, One",
                "officer_role": "director",
                "appointed_on": "2015-04-01",
                "date_of_birth": {"month": 1, "year": 1970},
            }
        ],
        "total_results": 2,
    },
    "09999999/officers?items_per_page=100&start_index=100": {
        "items": [
            {
                "name": "PERSON, Two",
                "officer_role": "secretary",
                "appointed_on": "2016-01-01",
                "resigned_on": "2020-01-01",
            }
        ],
        "total_results": 2,
    },
    "09999999/persons-with-significant-control?items_per_page=100&start_index=0": {
        "items": [
            {
                "name": "Person One",
                "kind": "individual-person-with-significant-control",
                "notified_on": "2016-04-06",
                "natures_of_control": ["ownership-of-shares-75-to-100-percent"],
            }
        ],
        "total_results": 1,
    },
    "09999999/filing-history?category=accounts&items_per_page=1": {
        "items": [{"date": "2025-12-20", "type": "AA", "category": "accounts"}]
    },
    "09999999/insolvency": {
        "cases": [
            {
                "type": "creditors-voluntary-liquidation",
                "number": "1",
                "dates": [{"type": "wound-up-on", "date": "2026-02-01"}],
            },
            {
                "type": "corporate-voluntary-arrangement",
                "number": "2",
                "dates": [
                    {"type": "voluntary-arrangement-started-on", "date": "2020-01-01"},
                    {"type": "voluntary-arrangement-ended-on", "date": "2022-01-01"},
                ],
            },
        ]
    },
}


def house(answers: Mapping[str, Any]) -> Recording:
    return Recording("https://api.company-information.service.gov.uk/company/", answers)


QUERY = Query("Muster", "GB", {"gb_crn": "9999999"})


def test_companies_house_tells_profile_people_accounts_and_cases() -> None:
    send, source = house(CH), CompaniesHouse()
    assert source.covers(QUERY)
    assert not source.covers(Query("x", "DE", QUERY.identifiers))
    report = source.fetch(QUERY, key="synthetic-key", now=NOW, send=send)
    facts = facts_of(report)
    assert facts["founded_on", ""] == "2015-04-01"
    assert facts["address", ""] == "1 Example Street, Exampletown, EX1 1EX"
    assert facts["accounts_filed", ""] == {
        "made_up_to": "2025-03-31",
        "filed_on": "2025-12-20",
        "next_due": "2026-12-31",
    }
    assert facts["liquidation", "creditors-voluntary-liquidation 1"] == {
        "published_on": "2026-02-01",
        "detail": "creditors-voluntary-liquidation",
    }
    ended = facts["insolvency_filed", "corporate-voluntary-arrangement 2"]
    assert (ended["published_on"], ended["lifted_on"]) == ("2020-01-01", "2022-01-01")
    assert report is not None
    assert facts["officers", ""] == [
        {"name": "PERSON, One", "role": "director", "since": "2015-04-01"}
    ], "who resigned is left out, and no date of birth is taken over"
    assert facts["beneficial_owners", ""][0]["role"] == "ownership-of-shares-75-to-100-percent"
    assert facts["activity", ""] == "UK SIC 46690"
    assert "PERSON, Two" not in repr(report)
    assert {each.kind for each in report.facts} <= source.provides
    sent = send.headers[0]["Authorization"].removeprefix("Basic ")
    assert b64decode(sent) == b"synthetic-key:"


def test_a_company_that_the_register_does_not_know_is_no_failure() -> None:
    assert CompaniesHouse().fetch(QUERY, key="k", now=NOW, send=house({})) is None
    with pytest.raises(KeyMissing):
        CompaniesHouse().fetch(QUERY, key="", now=NOW, send=house(CH))


@pytest.mark.parametrize(
    ("answer", "error", "retryable"),
    [
        (Answer(429, {"retry-after": "300"}, b"", False, 0.1), SourceBusy, True),
        (Answer(503, {}, b"", False, 0.1), SourceBusy, True),
        (Answer(401, {}, b"", False, 0.1), KeyRefused, False),
        (
            Answer(302, {"location": "https://elsewhere.example"}, b"", False, 0.1),
            SourceFailed,
            False,
        ),
        (Answer(200, {}, b"<html>", False, 0.1), ReportBroken, None),
        (Answer(200, {}, b'{"company_name": 7}', False, 0.1), SourceFailed, False),
    ],
)
def test_failures_say_whether_later_may_help(
    answer: Answer, error: type[Exception], retryable: bool | None
) -> None:
    with pytest.raises(error) as failed:
        CompaniesHouse().fetch(QUERY, key="k", now=NOW, send=house({"09999999": answer}))
    assert type(failed.value) is error
    assert getattr(failed.value, "retryable", None) is retryable
    if answer.status == 429:
        assert isinstance(failed.value, SourceBusy)
        assert failed.value.params["seconds"] == 300
