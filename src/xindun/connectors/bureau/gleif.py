"""LEI records as GLEIF publishes them: level 1 (who is who) and level 2 (who owns whom).

Pure: bytes in, values out. It reads the JSON of the golden copy (LEI-CDF 3.1 and RR-CDF 2.1, where
each value stands below ``$``); ``gleif_api`` brings answers of the API into the same values. What a
reader would get wrong: two states. ``status`` is the company's (ACTIVE, INACTIVE),
``registration_status`` that of its LEI (ISSUED, LAPSED …): a lapsed LEI says only that nobody paid
to have the record checked again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any

from stdnum import lei

from xindun.connectors.bureau.plain import part, word
from xindun.connectors.bureau.streams import records

NO_FORM = "8888"
"""The entity legal form code for "not in the list": the form then stands as text."""


@dataclass(frozen=True, slots=True)
class Address:
    """An address as registered; ``country`` is ISO 3166-1 alpha-2."""

    lines: tuple[str, ...]
    city: str
    region: str
    postal_code: str
    country: str


@dataclass(frozen=True, slots=True)
class OtherName:
    """Another name of the entity; ``kind`` such as PREVIOUS_LEGAL_NAME."""

    name: str
    kind: str
    language: str


@dataclass(frozen=True, slots=True)
class LegalEntityEvent:
    """What happened to the entity; ``kind`` such as LIQUIDATION, ``state`` such as COMPLETED."""

    kind: str
    state: str
    effective_on: date | None
    recorded_on: date | None


@dataclass(frozen=True, slots=True)
class LeiRecord:
    """One record of level 1.

    Attributes:
        legal_form: entity legal form code (ISO 20275), empty where the form is only text.
        authority: code of the business register (RA…); ``authority_key`` is the number there.
        updated_on: when the record was last changed: the day its values stand for.
    """

    lei: str
    name: str
    language: str
    other_names: tuple[OtherName, ...]
    legal_address: Address
    headquarters: Address
    jurisdiction: str
    category: str
    legal_form: str
    legal_form_text: str
    status: str
    created_on: date | None
    authority: str
    authority_key: str
    registration_status: str
    updated_on: date | None
    next_renewal_on: date | None
    events: tuple[LegalEntityEvent, ...]


@dataclass(frozen=True, slots=True)
class Relationship:
    """One record of level 2: ``child`` IS_DIRECTLY_CONSOLIDATED_BY (…) ``parent``, both LEIs.

    Attributes:
        percent: the share as the record states it, as text; empty where it does not (most do not).
    """

    child: str
    parent: str
    kind: str
    status: str
    starts_on: date | None
    ends_on: date | None
    percent: str
    updated_on: date | None


@dataclass(frozen=True, slots=True)
class RejectedRecord:
    """A record that cannot be used; ``number`` counts from 1 and ``why`` is a stable code."""

    number: int
    key: str
    why: str


def lei_records(file: IO[bytes], *, shown: str) -> Iterator[LeiRecord | RejectedRecord]:
    """Every record of a golden copy of level 1, as it is read.

    Raises:
        ReportBroken, ReportItemTooLarge, ReportWithoutRecords: as named.
    """
    for number, item in enumerate(records(file, "records", shown=shown), start=1):
        yield lei_record(item, number)


def relationships(file: IO[bytes], *, shown: str) -> Iterator[Relationship | RejectedRecord]:
    """Every relationship of a golden copy of level 2, as it is read.

    Raises:
        ReportBroken, ReportItemTooLarge, ReportWithoutRecords: as named.
    """
    for number, item in enumerate(records(file, "relations", shown=shown), start=1):
        yield relationship(item, number)


def lei_record(item: object, number: int = 1) -> LeiRecord | RejectedRecord:
    """One element of ``records``; the reasons are ``no_record``, ``bad_lei`` and ``no_name``."""
    if not isinstance(item, dict):
        return RejectedRecord(number, "", "no_record")
    entity, registration = part(item, "Entity"), part(item, "Registration")
    key, name = _text(item, "LEI"), _text(entity, "LegalName")
    if not lei.is_valid(key):
        return RejectedRecord(number, key[:20], "bad_lei")
    if not name:
        return RejectedRecord(number, key, "no_name")
    form, authority = part(entity, "LegalForm"), part(entity, "RegistrationAuthority")
    code = _text(form, "EntityLegalFormCode")
    return LeiRecord(
        lei=key,
        name=name,
        language=word(part(entity, "LegalName").get("@xml:lang")),
        other_names=tuple(_other_names(entity)),
        legal_address=_address(part(entity, "LegalAddress")),
        headquarters=_address(part(entity, "HeadquartersAddress")),
        jurisdiction=_text(entity, "LegalJurisdiction"),
        category=_text(entity, "EntityCategory"),
        legal_form="" if code == NO_FORM else code,
        legal_form_text=_text(form, "OtherLegalForm"),
        status=_text(entity, "EntityStatus"),
        created_on=_day(entity, "EntityCreationDate"),
        authority=_text(authority, "RegistrationAuthorityID"),
        authority_key=_text(authority, "RegistrationAuthorityEntityID"),
        registration_status=_text(registration, "RegistrationStatus"),
        updated_on=_day(registration, "LastUpdateDate"),
        next_renewal_on=_day(registration, "NextRenewalDate"),
        events=tuple(_events(entity)),
    )


def relationship(item: object, number: int = 1) -> Relationship | RejectedRecord:
    """One element of ``relations``; the reasons are ``no_record`` and ``bad_lei``."""
    record = part(item, "RelationshipRecord") if isinstance(item, dict) else {}
    said = part(record, "Relationship")
    child = _text(part(said, "StartNode"), "NodeID")
    parent = _text(part(said, "EndNode"), "NodeID")
    kind = _text(said, "RelationshipType")
    if not kind:
        return RejectedRecord(number, child[:20], "no_record")
    if not (lei.is_valid(child) and lei.is_valid(parent)):
        return RejectedRecord(number, child[:20], "bad_lei")
    # A record has an accounting period, a document period and the relationship's own.
    periods = _list(said, "RelationshipPeriods", "RelationshipPeriod")
    own = [each for each in periods if _text(each, "PeriodType") == "RELATIONSHIP_PERIOD"]
    period = own[0] if own else {}
    shares = _list(said, "RelationshipQuantifiers", "RelationshipQuantifier")
    percents = [each for each in shares if _text(each, "QuantifierUnits") == "PERCENTAGE"]
    return Relationship(
        child=child,
        parent=parent,
        kind=kind,
        status=_text(said, "RelationshipStatus"),
        starts_on=_day(period, "StartDate"),
        ends_on=_day(period, "EndDate"),
        percent=_text(percents[0], "QuantifierAmount") if percents else "",
        updated_on=_day(part(record, "Registration"), "LastUpdateDate"),
    )


def day_of(text: str) -> date | None:
    """The day of a time stamp as its publisher wrote it, in the publisher's own zone.

    >>> day_of("2017-09-20T08:00:00+02:00"), day_of("soon")
    (datetime.date(2017, 9, 20), None)
    """
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        return None


def _other_names(entity: Mapping[str, Any]) -> Iterator[OtherName]:
    for outer, inner in (
        ("OtherEntityNames", "OtherEntityName"),
        ("TransliteratedOtherEntityNames", "TransliteratedOtherEntityName"),
    ):
        for each in _list(entity, outer, inner):
            name = word(each.get("$"))
            if name:
                yield OtherName(name, word(each.get("@type")), word(each.get("@xml:lang")))


def _events(entity: Mapping[str, Any]) -> Iterator[LegalEntityEvent]:
    for each in _list(entity, "LegalEntityEvents", "LegalEntityEvent"):
        yield LegalEntityEvent(
            kind=_text(each, "LegalEntityEventType"),
            state=word(each.get("@event_status")),
            effective_on=_day(each, "LegalEntityEventEffectiveDate"),
            recorded_on=_day(each, "LegalEntityEventRecordedDate"),
        )


def _address(told: Mapping[str, Any]) -> Address:
    more = told.get("AdditionalAddressLine")
    extra = more if isinstance(more, list) else [more]
    lines = [_text(told, "FirstAddressLine")]
    lines += [word(each.get("$")) for each in extra if isinstance(each, dict)]
    return Address(
        lines=tuple(line for line in lines if line),
        city=_text(told, "City"),
        region=_text(told, "Region"),
        postal_code=_text(told, "PostalCode"),
        country=_text(told, "Country"),
    )


def _list(item: Mapping[str, Any], outer: str, inner: str) -> list[Mapping[str, Any]]:
    """The objects of a list inside its wrapper, which stands alone where there is only one."""
    found = part(item, outer).get(inner)
    rows = found if isinstance(found, list) else [found]
    return [each for each in rows if isinstance(each, dict)]


def _text(item: Mapping[str, Any], name: str) -> str:
    """A value of the golden copy, which stands below ``$``."""
    return word(part(item, name).get("$"))


def _day(item: Mapping[str, Any], name: str) -> date | None:
    return day_of(_text(item, name))
