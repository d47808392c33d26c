"""What a fact must look like before it is recorded, by the type of its kind.

What a reader would get wrong: nothing is guessed. Money without a currency, a day written
12/05/2019 or a number with a thousands mark is refused, and whoever reads such a source converts
it with what the source says about itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from xindun.kernel.company_numbers import is_valid
from xindun.kernel.errors import DomainError
from xindun.kernel.money import is_currency
from xindun.record.company_file.rules.grounds import BadGround, grounds_in
from xindun.record.company_file.values import KINDS, FactKind, Json, NewFact, ValueType

TEXT_LENGTH, SOURCE_LENGTH, PEOPLE_MOST = 2_000, 300, 500
_SHA256 = re.compile(r"[0-9a-f]{64}")
_DAYS = ("published_on", "expires_on", "lifted_on")
EVENT_FIELDS = ("case_number", "authority", *_DAYS, "amount", "uscc", "ground", "detail")
"""What an event's value may hold, each optional. Days are dates, ``amount`` is money, ``ground`` a
ground of 失信 by its number or wording."""


class UnknownFactKind(DomainError):
    """The catalogue has no such kind."""

    code = "unknown_fact_kind"
    sentence = "{kind} is no kind of fact."


class BadFact(DomainError):
    """The value has not the shape of its kind; each subclass says which shape that is."""

    code = "bad_fact"
    sentence = "{value} cannot be recorded as {kind}."


class BadText(BadFact):
    """Empty or too long."""

    code = "bad_fact_text"
    sentence = "{kind}: a text of 1 to {length} characters is needed."


class BadCreditCode(BadFact):
    """Its check digit does not fit."""

    code = "bad_fact_credit_code"
    sentence = "{value} is no valid 统一社会信用代码 (GB 32100): length or check digit do not fit."


class BadFactDay(BadFact):
    """Not a day."""

    code = "bad_fact_day"
    sentence = "{kind}: {value} is not a day; write it like 2019-05-31."


class BadCount(BadFact):
    """Not a number of things."""

    code = "bad_fact_count"
    sentence = "{kind}: {value} is not a whole number from zero."


class BadMoney(BadFact):
    """No amount, or no currency with it."""

    code = "bad_fact_money"
    sentence = "{kind}: {value} is not an amount with its ISO 4217 currency, such as 5000000 CNY."


class BadPeople(BadFact):
    """Not a list of people."""

    code = "bad_fact_people"
    sentence = (
        "{kind}: a list of people is needed, each with a name and at most a role and a day since."
    )


class BadEvent(BadFact):
    """Not an event."""

    code = "bad_fact_event"
    sentence = "{kind}: an object of these fields is needed: {fields}."


class BadDocumentHash(BadFact):
    """Not a hash of a file."""

    code = "bad_fact_document"
    sentence = "{value} is not a SHA-256 in hex."


class FactInFuture(DomainError):
    """Nobody knows yet what will be so."""

    code = "fact_in_future"
    sentence = "{day} has not come yet; a fact is stated for a day that has."


def check_fact(new: NewFact, *, today: date, now: datetime) -> NewFact:
    """The fact in its normal form: kind, spaces, dates and amounts written one way.

    Raises:
        UnknownFactKind, BadFact, BadGround, FactInFuture: as named.
    """
    try:
        kind = FactKind(new.kind)
    except ValueError as error:
        raise UnknownFactKind(kind=str(new.kind)[:60]) from error
    source, key = check_source(new.source), _spaced(new.source_key)
    if len(key) > SOURCE_LENGTH:
        raise BadText(kind="source_key", length=SOURCE_LENGTH)
    if new.as_of > today:
        raise FactInFuture(day=new.as_of)
    if new.retrieved_at > now:
        raise FactInFuture(day=new.retrieved_at.date())
    if new.document_sha256 is not None and not _SHA256.fullmatch(new.document_sha256):
        raise BadDocumentHash(value=new.document_sha256[:70])
    value = None if new.value is None else _NORMAL[KINDS[kind].type](kind, new.value)
    if kind is FactKind.USCC and value is not None:
        _credit_code(kind, value)
    key = key if KINDS[kind].many else ""
    return replace(new, kind=kind, value=value, source=source, source_key=key)


def check_source(source: str) -> str:
    """The name of a source with its white space collapsed.

    Raises:
        BadText: empty or too long.
    """
    said = _spaced(source)
    if not 1 <= len(said) <= SOURCE_LENGTH:
        raise BadText(kind="source", length=SOURCE_LENGTH)
    return said


def _shown(value: Json) -> str:
    return str(value)[:60]


def _spaced(text: str) -> str:
    return " ".join(text.replace("\x00", "").split())


def _text(kind: str, value: Json) -> str:
    said = _spaced(value) if isinstance(value, str) else ""
    if not 1 <= len(said) <= TEXT_LENGTH:
        raise BadText(kind=kind, length=TEXT_LENGTH)
    return said


def _code(kind: str, value: Json) -> str:
    return re.sub(r"\s", "", _text(kind, value)).upper()


def _credit_code(kind: str, value: Json) -> str:
    said = _code(kind, value)
    if not is_valid("uscc", said):
        raise BadCreditCode(value=_shown(said))
    return said


def _day(kind: str, value: Json) -> str:
    try:
        return date.fromisoformat(_text(kind, value)).isoformat()
    except ValueError as error:
        raise BadFactDay(kind=kind, value=_shown(value)) from error


def _count(kind: str, value: Json) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise BadCount(kind=kind, value=_shown(value))
    return value


def _money(kind: str, value: Json) -> dict[str, Json]:
    given = value if isinstance(value, dict) else {}
    currency = str(given.get("currency", "")).strip().upper()
    try:
        amount = Decimal(str(given["amount"]))
    except (KeyError, InvalidOperation) as error:
        raise BadMoney(kind=kind, value=_shown(value)) from error
    if not amount.is_finite() or amount < 0 or amount.adjusted() > 20 or not is_currency(currency):
        raise BadMoney(kind=kind, value=_shown(value))
    return {"amount": f"{amount:f}", "currency": currency}


def _people(kind: str, value: Json) -> list[Json]:
    if not isinstance(value, list) or len(value) > PEOPLE_MOST:
        raise BadPeople(kind=kind)
    people: list[Json] = []
    for each in value:
        if not isinstance(each, dict) or not each.keys() <= {"name", "role", "since"}:
            raise BadPeople(kind=kind)
        person: dict[str, Json] = {"name": _text(kind, each.get("name"))}
        if each.get("role"):
            person["role"] = _text(kind, each["role"])
        if each.get("since"):
            person["since"] = _day(kind, each["since"])
        people.append(person)
    return people


def _event(kind: str, value: Json) -> dict[str, Json]:
    if not isinstance(value, dict) or not value.keys() <= set(EVENT_FIELDS):
        raise BadEvent(kind=kind, fields=", ".join(EVENT_FIELDS))
    event: dict[str, Json] = {}
    for name, given in value.items():
        if given in (None, ""):
            continue
        event[name] = _EVENT_PARTS.get(name, _text)(kind, given)
    return event


def _ground(kind: str, value: Json) -> str:
    said = _text(kind, value)
    if kind != FactKind.DISHONEST_DEBTOR:
        raise BadGround(value=_shown(said))
    return grounds_in(said)


_EVENT_PARTS: dict[str, Callable[[str, Json], Json]] = {
    **dict.fromkeys(_DAYS, _day),
    "amount": _money,
    "uscc": _credit_code,
    "ground": _ground,
}
_NORMAL: dict[ValueType, Callable[[str, Json], Json]] = {
    ValueType.TEXT: _text,
    ValueType.CODE: _code,
    ValueType.DATE: _day,
    ValueType.COUNT: _count,
    ValueType.MONEY: _money,
    ValueType.PEOPLE: _people,
    ValueType.EVENT: _event,
}
