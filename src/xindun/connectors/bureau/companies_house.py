"""Companies House's public data interface: companies of the United Kingdom.

The key is the user name of basic authentication; 600 calls in five minutes. What a reader would get
wrong: a members' voluntary liquidation is of a solvent company, and a case that has ended stays in
the register. Both are told, with their type and days; what they weigh is not decided here.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from hashlib import sha256
from typing import Any, ClassVar

from xindun.connectors.bureau.asking import ask
from xindun.connectors.bureau.plain import part, parts, text, texts
from xindun.connectors.bureau.ports import KeyMissing, Query, Send, SourceFailed, Told
from xindun.connectors.bureau.values import (
    Notice,
    Report,
    ReportedFact,
    ReportFormat,
    Subject,
)

BASE = "https://api.company-information.service.gov.uk/company/"
SCHEME = "gb_crn"
NUMBER = re.compile(r"[A-Z]{0,2}[0-9]{6,8}")
PAGE, MOST_PAGES = 100, 5
CASES = {
    "compulsory-liquidation": "liquidation",
    "creditors-voluntary-liquidation": "liquidation",
    "members-voluntary-liquidation": "liquidation",
    "in-administration": "insolvency_opened",
    "administration-order": "insolvency_opened",
    "administrative-receiver": "insolvency_opened",
    "receivership": "insolvency_opened",
    "receiver-manager": "insolvency_opened",
    "foreign-insolvency": "insolvency_opened",
    "corporate-voluntary-arrangement": "insolvency_filed",
    "corporate-voluntary-arrangement-moratorium": "insolvency_filed",
    "moratorium": "insolvency_filed",
}
"""Type of an insolvency case → kind of public event."""
BEGINS = (
    *("wound-up-on", "ordered-to-wind-up-on", "administration-started-on", "instrumented-on"),
    *("voluntary-arrangement-started-on", "moratorium-started-on", "petitioned-on"),
    *("declaration-solvent-on",),
)
ENDS = (
    *("concluded-winding-up-on", "administration-ended-on", "administration-discharged-on"),
    *("voluntary-arrangement-ended-on", "moratorium-ended-on", "case-end-on"),
)


class CompaniesHouse:
    """The source ``companies_house``."""

    code = "companies_house"
    title = "Companies House"
    needs_key = True
    provides: ClassVar[frozenset[str]] = frozenset(
        {"legal_name", "register_number", "status", "legal_form", "founded_on", "address"}
        | {
            "activity",
            "officers",
            "beneficial_owners",
            "accounts_filed",
            "struck_off",
            *CASES.values(),
        }
    )

    def covers(self, query: Query) -> bool:
        """British companies whose number is known."""
        return query.country in ("", "GB") and bool(
            NUMBER.fullmatch(query.identifiers.get(SCHEME, "").upper())
        )

    def fetch(self, query: Query, *, key: str, now: datetime, send: Send) -> Report | None:
        """Profile, officers, owners, last accounts and insolvency: five calls, more for long lists.

        Raises:
            KeyMissing, SourceFailed, OutgoingFailed, ReportBroken: as named.
        """
        if not key:
            raise KeyMissing(source=self.title, status=0)
        number = query.identifiers[SCHEME].upper().rjust(8, "0")
        calls = _Calls(number, key, send, self.title)
        profile = calls.ask("")
        if profile is None:
            return None
        if text(profile, "company_number") != number or not text(profile, "company_name"):
            raise SourceFailed(source=self.title, status=200)
        as_of = now.date()
        facts = [*_profile(profile, as_of)]
        facts += _people(calls.all("/officers"), "officers", "officer_role", "appointed_on", as_of)
        psc = calls.all("/persons-with-significant-control")
        facts += _people(psc, "beneficial_owners", "kind", "notified_on", as_of)
        filed = calls.ask("/filing-history?category=accounts&items_per_page=1")
        facts += _accounts(profile, filed, as_of)
        if profile.get("has_insolvency_history") is True or part(profile, "links").get(
            "insolvency"
        ):
            facts += _insolvency(calls.ask("/insolvency"), as_of)
        return Report(
            source=self.title,
            format=ReportFormat.COMPANIES_HOUSE,
            subject=Subject(text(profile, "company_name"), "GB", {SCHEME: number}),
            facts=tuple(facts),
            statements=(),
            sha256=calls.digest.hexdigest(),
            as_of=as_of,
            notices=(Notice("list_cut", {"most": str(PAGE * MOST_PAGES)}),) if calls.cut else (),
        )


class _Calls:
    """The calls about one company; their bodies together are what the report came from."""

    def __init__(self, number: str, key: str, send: Send, title: str) -> None:
        token = b64encode(f"{key}:".encode()).decode()
        self._headers = {"Authorization": f"Basic {token}"}
        self._number, self._send, self._title = number, send, title
        self.digest, self.cut = sha256(), False

    def ask(self, path: str) -> Mapping[str, Any] | None:
        """One answer; None where the register has nothing there."""
        told: Told | None = ask(
            f"{BASE}{self._number}{path}",
            source=self._title,
            send=self._send,
            headers=self._headers,
        )
        if told is None or not isinstance(told.value, dict):
            return None
        self.digest.update(told.body)
        return told.value

    def all(self, path: str) -> list[Mapping[str, Any]]:
        """The items of a list, page by page."""
        rows: list[Mapping[str, Any]] = []
        for page in range(MOST_PAGES):
            told = self.ask(f"{path}?items_per_page={PAGE}&start_index={page * PAGE}")
            found = parts(told, "items")
            rows += found
            total = told.get("total_results") if told else 0
            if not found or not isinstance(total, int) or len(rows) >= total:
                return rows
        self.cut = True
        return rows


def _profile(told: Mapping[str, Any], as_of: date) -> Iterator[ReportedFact]:
    yield ReportedFact("legal_name", text(told, "company_name"), as_of)
    yield ReportedFact("register_number", f"Companies House {text(told, 'company_number')}", as_of)
    for kind, name in (
        ("status", "company_status"),
        ("legal_form", "type"),
        ("founded_on", "date_of_creation"),
    ):
        if text(told, name):
            yield ReportedFact(kind, text(told, name), as_of)
    office = part(told, "registered_office_address")
    names = ("address_line_1", "address_line_2", "locality", "region", "postal_code", "country")
    lines = [text(office, name) for name in names]
    if any(lines):
        yield ReportedFact("address", ", ".join(line for line in lines if line), as_of)
    codes = texts(told, "sic_codes")
    if codes:
        yield ReportedFact("activity", f"UK SIC {', '.join(codes)}", as_of)
    ceased = text(told, "date_of_cessation")
    if ceased:
        yield ReportedFact("struck_off", {"published_on": ceased}, as_of, ceased)


def _people(
    rows: list[Mapping[str, Any]], kind: str, role: str, since: str, as_of: date
) -> Iterator[ReportedFact]:
    """Who holds office or control today: name, role and day, no birth dates and addresses."""
    people = []
    for row in rows:
        if not text(row, "name") or text(row, "resigned_on") or text(row, "ceased_on"):
            continue
        said = ", ".join(texts(row, "natures_of_control")) or text(row, role)
        person = {"name": text(row, "name"), "role": said, "since": text(row, since)}
        people.append({name: value for name, value in person.items() if value})
    if people:
        yield ReportedFact(kind, people, as_of)


def _accounts(
    profile: Mapping[str, Any], filed: Mapping[str, Any] | None, as_of: date
) -> Iterator[ReportedFact]:
    accounts = part(profile, "accounts")
    newest = parts(filed, "items")
    value = {
        "made_up_to": text(part(accounts, "last_accounts"), "made_up_to"),
        "filed_on": text(newest[0], "date") if newest else "",
        "next_due": text(accounts, "next_due"),
        "overdue": "yes" if accounts.get("overdue") is True else "",
    }
    said = {name: each for name, each in value.items() if each}
    if said:
        yield ReportedFact("accounts_filed", said, as_of)


def _insolvency(told: Mapping[str, Any] | None, as_of: date) -> Iterator[ReportedFact]:
    for case in parts(told, "cases"):
        kind = CASES.get(text(case, "type"))
        days = {text(each, "type"): text(each, "date") for each in parts(case, "dates")}
        begins = next((days[name] for name in BEGINS if days.get(name)), "")
        if kind is None or not begins:
            continue
        value = {"published_on": begins, "detail": text(case, "type")}
        ends = next((days[name] for name in ENDS if days.get(name)), "")
        if ends:
            value["lifted_on"] = ends
        yield ReportedFact(kind, value, as_of, f"{text(case, 'type')} {text(case, 'number')}")
