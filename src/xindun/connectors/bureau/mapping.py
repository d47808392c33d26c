"""A credit report in anybody's CSV or JSON, read by a mapping that somebody wrote down.

The mapping is YAML: where each fact and each line of a statement stands, in which unit and on which
day (docs/reference/bureau.md). What a reader would get wrong: nothing is guessed. A value that is
missing is left out and told; one that is not of its type refuses the report; a currency or a unit
that the mapping does not name stops it, because an amount without them means nothing.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from typing import Any

import yaml

from xindun.connectors.bureau.streams import parsed
from xindun.connectors.bureau.values import (
    Notice,
    Report,
    ReportedFact,
    ReportedStatement,
    ReportFormat,
    Subject,
)
from xindun.kernel.errors import DomainError
from xindun.kernel.money import is_currency

MAPPING_BYTES = 64 * 1024
MOST_ROWS = 1_000
LARGEST = Decimal(10) ** 18
TEXT_LENGTH = 500
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_STEP = re.compile(r"[^.\[\]]+|\[\d+\]")


class BadMapping(DomainError):
    """The mapping does not say what it must."""

    code = "report_mapping_wrong"
    sentence = "The mapping is incomplete at {place}: {why}."


class BadReportValue(DomainError):
    """A value that is not what the mapping says."""

    code = "report_value_wrong"
    sentence = "{place} of the report is no {type}: {value}."


class ReportNotText(DomainError):
    """CSV in another encoding."""

    code = "report_not_text"
    sentence = "{file} is no CSV file in UTF-8 or GB18030."


@dataclass(frozen=True, slots=True)
class ReportMapping:
    """A mapping as it was read; ``told`` is checked where it is used."""

    source: str
    format: ReportFormat
    told: Mapping[str, Any]


def read_mapping(content: bytes) -> ReportMapping:
    """The mapping in a YAML file.

    Raises:
        BadMapping: with the place and what is missing.
    """
    try:
        # Aliases make a small file unfold into a large one, and no mapping needs them.
        if len(content) > MAPPING_BYTES or re.search(rb"(^|[\s\[{,:-])[&*]\w", content):
            raise BadMapping(place="file", why="too long, or with aliases")
        told = yaml.safe_load(content.decode("utf-8-sig"))
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        raise BadMapping(place="file", why="no YAML") from error
    if not isinstance(told, dict):
        raise BadMapping(place="file", why="no YAML")
    formats = {"json": ReportFormat.GENERIC_JSON, "csv": ReportFormat.GENERIC_CSV}
    if told.get("format") not in formats:
        raise BadMapping(place="format", why="json or csv")
    source = told.get("source")
    if not isinstance(source, str) or not 1 <= len(source.strip()) <= 100:
        raise BadMapping(place="source", why="who publishes the report")
    for name, kind in (("subject", dict), ("facts", list), ("statements", list)):
        if not isinstance(told.get(name, kind()), kind):
            raise BadMapping(place=name, why=f"a {kind.__name__}")
    return ReportMapping(source.strip(), formats[told["format"]], told)


def read_generic(content: bytes, mapping: ReportMapping, *, shown: str) -> Report:
    """The report in a file, by its mapping.

    Raises:
        ReportBroken, ReportNotText, BadMapping, BadReportValue: as named.
    """
    if mapping.format is ReportFormat.GENERIC_JSON:
        document: Any = parsed(content, shown=shown)
    else:
        rows = _rows(content, shown)
        document = {**(rows[0] if rows else {}), "rows": rows}
    told = mapping.told
    reader = _Reader(document, str(told.get("date_format", "")))
    as_of = reader.day(document, told.get("as_of"), "as_of")
    if as_of is None:
        raise BadMapping(place="as_of", why="the day that the report stands for")
    subject = told.get("subject", {})
    numbers = subject.get("identifiers") or {}
    found = {str(key): reader.text(document, path) for key, path in numbers.items()}
    facts = tuple(_facts(reader, told.get("facts", []), as_of))
    statements = tuple(_statements(reader, told.get("statements", []), as_of))
    return Report(
        source=mapping.source,
        format=mapping.format,
        subject=Subject(
            reader.text(document, subject.get("name")),
            reader.text(document, subject.get("country")).upper()[:2],
            {key: value for key, value in found.items() if value},
        ),
        facts=facts,
        statements=statements,
        sha256=sha256(content).hexdigest(),
        as_of=as_of,
        notices=tuple(Notice("not_in_report", {"place": place}) for place in reader.missing),
    )


class _Reader:
    """Finds values by path; remembers what was not there."""

    def __init__(self, document: Any, date_format: str) -> None:
        self.document, self.date_format = document, date_format
        self.missing: list[str] = []

    def find(self, root: Any, path: object) -> Any:
        """The value at ``a.b[0].c``; ``=EUR`` stands for itself; None where there is nothing."""
        if not isinstance(path, str):
            return None
        if path.startswith("="):
            return path[1:]
        if isinstance(root, Mapping) and path in root:
            return root[path]  # a column's name may hold a dot
        for step in _STEP.findall(path):
            if step.startswith("["):
                at = int(step[1:-1][:9])
                root = root[at] if isinstance(root, list) and at < len(root) else None
            else:
                root = root.get(step) if isinstance(root, Mapping) else None
        return root

    def text(self, root: Any, path: object) -> str:
        value = self.find(root, path)
        if isinstance(value, str | int | Decimal) and not isinstance(value, bool):
            return " ".join(str(value).split())[:TEXT_LENGTH]
        return ""

    def day(self, root: Any, path: object, place: str) -> date | None:
        text = self.text(root, path)
        if not text:
            return None
        try:
            if self.date_format:
                return datetime.strptime(text, self.date_format).date()  # noqa: DTZ007 - a day
            return date.fromisoformat(text[:10])
        except ValueError as error:
            raise BadReportValue(place=place, type="day", value=text[:40]) from error

    def number(self, root: Any, path: object, place: str) -> Decimal | None:
        """A number written plainly: a comma could be either sign, so none is accepted."""
        text = self.text(root, path)
        if not text:
            return None
        try:
            amount = Decimal(text) if isinstance(self.find(root, path), Decimal) else None
            if amount is None:
                if not _NUMBER.fullmatch(text):
                    raise InvalidOperation
                amount = Decimal(text)
        except InvalidOperation as error:
            raise BadReportValue(place=place, type="number", value=text[:40]) from error
        if not amount.is_finite() or abs(amount) >= LARGEST:
            raise BadReportValue(place=place, type="number", value=text[:40])
        return amount


def _facts(reader: _Reader, told: Sequence[Any], as_of: date) -> Iterator[ReportedFact]:
    for number, each in enumerate(told):
        place = f"facts[{number}]"
        if not isinstance(each, Mapping) or not isinstance(each.get("kind"), str):
            raise BadMapping(place=place, why="kind and from are needed")
        roots = reader.find(reader.document, each["rows"]) if "rows" in each else [reader.document]
        roots = (roots if isinstance(roots, list) else [])[:MOST_ROWS]
        if each.get("type") == "people":
            people = [person for root in roots if (person := _fields(reader, root, each, place))]
            if people:
                yield ReportedFact(each["kind"], people, as_of)
            continue
        for root in roots:
            value = _value(reader, root, each, place)
            if value is None:
                reader.missing.append(f"{place} {each['kind']}")
                continue
            stated = reader.day(root, each.get("as_of"), place) or as_of
            yield ReportedFact(each["kind"], value, stated, reader.text(root, each.get("key")))


def _value(reader: _Reader, root: Any, each: Mapping[str, Any], place: str) -> Any:
    """A fact's value in the type that its mapping names; text where it names none."""
    kind = each.get("type", "text")
    if kind == "text":
        return reader.text(root, each.get("from")) or None
    if kind == "day":
        day = reader.day(root, each.get("from"), place)
        return None if day is None else day.isoformat()
    if kind not in ("count", "money", "event"):
        raise BadMapping(place=place, why="type is text, day, count, money, event or people")
    if kind == "event":
        return _fields(reader, root, each, place) or None
    amount = reader.number(root, each.get("from"), place)
    if amount is None:
        return None
    if kind == "count":
        if amount != int(amount):
            raise BadReportValue(place=place, type="whole number", value=str(amount)[:40])
        return int(amount)
    currency = _currency(reader, root, each, place)
    return {"amount": str(amount * _unit(each, place)), "currency": currency}


def _fields(reader: _Reader, root: Any, each: Mapping[str, Any], place: str) -> dict[str, str]:
    """The parts of an event or of a person that are told."""
    fields = each.get("fields")
    if not isinstance(fields, Mapping):
        raise BadMapping(place=place, why="fields are needed")
    named = {str(name): reader.text(root, path) for name, path in fields.items()}
    return {name: value for name, value in named.items() if value}


def _statements(reader: _Reader, told: Sequence[Any], as_of: date) -> Iterator[ReportedStatement]:
    for number, each in enumerate(told):
        place = f"statements[{number}]"
        lines = each.get("lines") if isinstance(each, Mapping) else None
        if not isinstance(lines, Mapping) or not lines:
            raise BadMapping(place=place, why="lines are needed")
        unit = _unit(each, place)
        roots = reader.find(reader.document, each.get("rows", "rows"))
        for root in (roots if isinstance(roots, list) else [])[:MOST_ROWS]:
            starts_on = reader.day(root, each.get("starts_on"), place)
            ends_on = reader.day(root, each.get("ends_on"), place)
            if starts_on is None or ends_on is None:
                reader.missing.append(f"{place} starts_on, ends_on")
                continue
            amounts = {
                str(name): reader.number(root, path, f"{place} {name}")
                for name, path in lines.items()
            }
            filed_on = reader.day(root, each.get("filed_on"), place) or as_of
            yield ReportedStatement(
                starts_on=starts_on,
                ends_on=ends_on,
                standard=reader.text(root, each.get("standard")) or "other",
                currency=_currency(reader, root, each, place),
                filed_on=filed_on,
                key=f"{ends_on} {filed_on}",
                lines={name: each * unit for name, each in amounts.items() if each is not None},
                tags={name: str(lines[name]) for name in amounts if amounts[name] is not None},
            )


def _currency(reader: _Reader, root: Any, each: Mapping[str, Any], place: str) -> str:
    currency = reader.text(root, each.get("currency")).upper()
    if not is_currency(currency):
        raise BadMapping(place=place, why="currency, as a path or as =EUR")
    return currency


def _unit(each: Mapping[str, Any], place: str) -> int:
    unit = each.get("unit")
    if unit not in (1, 1_000, 10_000, 1_000_000, 100_000_000) or isinstance(unit, bool):
        raise BadMapping(place=place, why="unit: 1, 1000, 10000, 1000000 or 100000000")
    return int(unit)


def _rows(content: bytes, shown: str) -> list[dict[str, str]]:
    """The rows of a CSV file with a header."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        try:
            reader = csv.DictReader(io.StringIO(text, newline=""), restkey="", restval="")
            return [
                {str(name).strip(): str(value or "") for name, value in row.items() if name}
                for row, _number in zip(reader, range(MOST_ROWS), strict=False)
            ]
        except csv.Error as error:
            raise ReportNotText(file=shown) from error
    raise ReportNotText(file=shown)
