"""GLEIF's interface (api.gleif.org, version 1, JSON:API): the record of a LEI and its parents.

Free and without a key; GLEIF allows some 60 calls a minute. What a reader would get wrong: a parent
that is missing (404) says nothing about ownership. A company may have told GLEIF why it names none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from hashlib import sha256
from typing import Any, ClassVar
from urllib.parse import quote

from stdnum import lei

from xindun.connectors.bureau import gleif_report
from xindun.connectors.bureau.asking import ask
from xindun.connectors.bureau.gleif import (
    NO_FORM,
    Address,
    LegalEntityEvent,
    LeiRecord,
    OtherName,
    Relationship,
    day_of,
)
from xindun.connectors.bureau.plain import part, parts, text, texts
from xindun.connectors.bureau.ports import Query, Send, SourceFailed
from xindun.connectors.bureau.values import Report, ReportedFact, ReportFormat

BASE = "https://api.gleif.org/api/v1/lei-records"
PARENTS = {"direct": "direct-parent-relationship", "ultimate": "ultimate-parent-relationship"}


class GleifApi:
    """The source ``gleif``."""

    code = "gleif"
    title = "GLEIF"
    needs_key = False
    provides: ClassVar[frozenset[str]] = frozenset(
        {"legal_name", "lei", "status", "address", "legal_form", "founded_on", "register_number"}
        | {"parent"}
        | set(gleif_report.EVENTS.values())
    )

    def covers(self, query: Query) -> bool:
        """Whoever has a LEI."""
        return bool(lei.is_valid(query.identifiers.get("lei", "")))

    def fetch(self, query: Query, *, key: str, now: datetime, send: Send) -> Report | None:  # noqa: ARG002
        """The record with its direct and its ultimate parent: three calls.

        Raises:
            SourceFailed, OutgoingFailed, ReportBroken: as named.
        """
        number = lei.compact(query.identifiers["lei"])
        told = ask(f"{BASE}/{quote(number)}", source=self.title, send=send)
        if told is None:
            return None
        record = api_record(_attributes(told.value))
        if record is None or record.lei != number:
            raise SourceFailed(source=self.title, status=200)
        digest = sha256(told.body)
        parents = []
        for level, path in PARENTS.items():
            answer = ask(f"{BASE}/{quote(number)}/{path}", source=self.title, send=send)
            if answer is not None:
                digest.update(answer.body)
                link = api_relationship(_attributes(answer.value))
                if link is not None:
                    parents.append((level, link))
        report = gleif_report.report_of(
            record, format=ReportFormat.GLEIF_API, sha256=digest.hexdigest()
        )
        return gleif_report.with_facts(report, _parents(parents, report.as_of))


def api_record(told: Mapping[str, Any]) -> LeiRecord | None:
    """The attributes of a ``lei-records`` object as a record; None where they are none."""
    entity, registration = part(told, "entity"), part(told, "registration")
    number, name = text(told, "lei"), text(part(entity, "legalName"), "name")
    if not lei.is_valid(number) or not name:
        return None
    form, authority = part(entity, "legalForm"), part(entity, "registeredAt")
    code = text(form, "id")
    return LeiRecord(
        lei=number,
        name=name,
        language=text(part(entity, "legalName"), "language"),
        other_names=tuple(
            OtherName(text(each, "name"), text(each, "type"), text(each, "language"))
            for names in ("otherNames", "transliteratedOtherNames")
            for each in parts(entity, names)
        ),
        legal_address=_address(part(entity, "legalAddress")),
        headquarters=_address(part(entity, "headquartersAddress")),
        jurisdiction=text(entity, "jurisdiction"),
        category=text(entity, "category"),
        legal_form="" if code == NO_FORM else code,
        legal_form_text=text(form, "other"),
        status=text(entity, "status"),
        created_on=day_of(text(entity, "creationDate")),
        authority=text(authority, "id"),
        authority_key=text(entity, "registeredAs"),
        registration_status=text(registration, "status"),
        updated_on=day_of(text(registration, "lastUpdateDate")),
        next_renewal_on=day_of(text(registration, "nextRenewalDate")),
        events=tuple(
            LegalEntityEvent(
                text(each, "type"),
                text(each, "status"),
                day_of(text(each, "effectiveDate")),
                day_of(text(each, "recordedDate")),
            )
            for group in parts(entity, "eventGroups")
            for each in parts(group, "events")
        ),
    )


def api_relationship(told: Mapping[str, Any]) -> Relationship | None:
    """The attributes of a ``relationship-records`` object; None where they are none."""
    said = part(told, "relationship")
    child, parent = text(part(said, "startNode"), "id"), text(part(said, "endNode"), "id")
    if not (lei.is_valid(child) and lei.is_valid(parent)):
        return None
    own = [each for each in parts(said, "periods") if each.get("type") == "RELATIONSHIP_PERIOD"]
    period = own[0] if own else {}
    return Relationship(
        child=child,
        parent=parent,
        kind=text(said, "type"),
        status=text(said, "status"),
        starts_on=day_of(text(period, "startDate")),
        ends_on=day_of(text(period, "endDate")),
        percent="",
        updated_on=day_of(text(part(told, "registration"), "lastUpdateDate")),
    )


def _parents(parents: list[tuple[str, Relationship]], as_of: date) -> Iterator[ReportedFact]:
    for level, link in parents:
        if link.status == "ACTIVE":
            value = {"lei": link.parent, "level": level}
            if link.starts_on:
                value["since"] = link.starts_on.isoformat()
            yield ReportedFact("parent", value, link.updated_on or as_of, level)


def _attributes(told: Any) -> Mapping[str, Any]:
    return part(part(told, "data"), "attributes")


def _address(told: Mapping[str, Any]) -> Address:
    return Address(
        lines=tuple(texts(told, "addressLines")),
        city=text(told, "city"),
        region=text(told, "region"),
        postal_code=text(told, "postalCode"),
        country=text(told, "country"),
    )
