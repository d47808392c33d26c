"""Public events from a table: court lists and gazettes as CSV, with Chinese or English headers.

docs/reference/public-events.md lists the headers and words. What a reader would get wrong: nothing
is guessed. A row whose kind, day or amount cannot be read is told with its line and left to a
person, and days are read with the year first only, because 01/02/2025 has two readings.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path

from xindun.connectors.ledger_files.sources.encodings import detect
from xindun.kernel.errors import DomainError
from xindun.record.company_file.values import KINDS, FactKind, NewEvent

MOST_BYTES = 256 << 20
HEADERS: dict[str, tuple[str, ...]] = {
    "kind": ("kind", "event", "类型", "事件类型", "名单类型"),
    "uscc": ("uscc", "统一社会信用代码", "信用代码", "统一信用代码"),
    "lei": ("lei",),
    "name": (
        *("name", "company", "企业名称", "公司名称", "名称"),
        *("被执行人", "被执行人名称", "失信被执行人"),
    ),
    "case_number": ("case_number", "case", "案号", "执行案号"),
    "authority": ("authority", "court", "法院", "执行法院", "受理法院"),
    "published_on": ("published_on", "published", "发布日期", "发布时间", "公布日期", "立案日期"),
    "expires_on": ("expires_on", "expires", "截止日期", "到期日期"),
    "lifted_on": ("lifted_on", "lifted", "移除日期", "屏蔽日期", "解除日期"),
    "amount": ("amount", "执行标的", "执行标的金额", "金额"),
    "currency": ("currency", "币种"),
    "ground": ("ground", "失信行为具体情形", "具体情形", "失信情形"),
    "detail": ("detail", "生效法律文书确定的义务", "备注", "说明"),
}  # fmt: skip
"""Field → headers that mean it; the first one that the file has counts."""
WORDS: dict[str, FactKind] = {
    "失信": FactKind.DISHONEST_DEBTOR,
    "失信被执行人": FactKind.DISHONEST_DEBTOR,
    "被执行人": FactKind.ENFORCEMENT,
    "限高": FactKind.CONSUMPTION_RESTRICTION,
    "限制消费": FactKind.CONSUMPTION_RESTRICTION,
    "限制高消费": FactKind.CONSUMPTION_RESTRICTION,
    "终本": FactKind.ENFORCEMENT_ENDED,
    "终结本次执行程序": FactKind.ENFORCEMENT_ENDED,
    "诉讼": FactKind.LITIGATION,
    "破产申请": FactKind.INSOLVENCY_FILED,
    "破产受理": FactKind.INSOLVENCY_OPENED,
    "清算": FactKind.LIQUIDATION,
    "吊销": FactKind.STRUCK_OFF,
}
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]\d.*)?")


class NoEventsFile(DomainError):
    """The first line names no columns of events."""

    code = "no_events_file"
    sentence = (
        "{file} is no list of public events: its first line must name one of uscc, lei and name"
        " (or 统一社会信用代码, 企业名称)."
    )


class EventsFileTooLarge(DomainError):
    """More bytes than any list."""

    code = "events_file_too_large"
    sentence = "{file} is larger than {megabytes} MB."


class BadEventCell(DomainError):
    """One cell of a row."""

    code = "bad_event_cell"
    sentence = "{column}: {value} cannot be read."


@dataclass(frozen=True, slots=True)
class EventRow:
    """A row of a list.

    Attributes:
        line: its first physical line in the file.
        event: what it states; None where it could not be read.
        refusal: why it could not.
    """

    line: int
    uscc: str
    lei: str
    name: str
    event: NewEvent | None
    refusal: DomainError | None = None


@dataclass(frozen=True, slots=True)
class Stated:
    """What a whole list states: the rows do not.

    Attributes:
        source: who publishes it.
        as_of: the day for which it was drawn up.
        kind: of rows that name none.
        currency: of amounts that name none.
    """

    source: str
    as_of: date
    kind: FactKind | None = None
    currency: str = ""


def read_events(path: Path, stated: Stated, *, retrieved_at: datetime) -> Iterator[EventRow]:
    """The rows of a list in UTF-8 or GB18030, one after the other.

    Raises:
        NoEventsFile, EventsFileTooLarge: as named.
        DomainError: what ``detect`` says of an encoding that cannot be told.
    """
    if path.stat().st_size > MOST_BYTES:
        raise EventsFileTooLarge(file=path.name, megabytes=MOST_BYTES >> 20)
    with path.open(encoding=detect(path, None), newline="") as file:
        reader = csv.reader(file)
        columns: dict[str, int] = {}
        line = 1
        for cells in reader:
            if not columns:
                columns = _columns(cells)
                if not columns.keys() & {"uscc", "lei", "name"}:
                    raise NoEventsFile(file=path.name)
            elif any(cell.strip() for cell in cells):
                said = {
                    name: " ".join(cells[at].split()) if at < len(cells) else ""
                    for name, at in columns.items()
                }
                yield _row(line, said, stated, retrieved_at)
            line = reader.line_num + 1
        if not columns:
            raise NoEventsFile(file=path.name)


def _columns(cells: list[str]) -> dict[str, int]:
    heads = [cell.replace("\ufeff", "").strip().casefold() for cell in cells]
    return {
        name: next(heads.index(word) for word in words if word in heads)
        for name, words in HEADERS.items()
        if any(word in heads for word in words)
    }


def _row(line: int, said: Mapping[str, str], stated: Stated, retrieved_at: datetime) -> EventRow:
    uscc, lei = (said.get(name, "").upper().replace(" ", "") for name in ("uscc", "lei"))
    named = said.get("name", "")
    try:
        amount = _amount(said)
        event = NewEvent(
            kind=_kind(said, stated),
            source=stated.source,
            as_of=stated.as_of,
            retrieved_at=retrieved_at,
            published_on=_day(said, "published_on"),
            expires_on=_day(said, "expires_on"),
            lifted_on=_day(said, "lifted_on"),
            amount=amount,
            currency="" if amount is None else said.get("currency") or stated.currency,
            uscc=uscc,
            **{
                name: said.get(name, "")
                for name in ("case_number", "authority", "ground", "detail")
            },
        )
    except DomainError as error:
        return EventRow(line, uscc, lei, named, None, error)
    return EventRow(line, uscc, lei, named, event)


def _kind(said: Mapping[str, str], stated: Stated) -> FactKind:
    text = said.get("kind", "")
    if not text and stated.kind is not None:
        return stated.kind
    if text in WORDS:
        return WORDS[text]
    known = {each.value: each for each in FactKind if KINDS[each].event is not None}
    if text.casefold() not in known:
        raise BadEventCell(column="kind", value=text or "–")
    return known[text.casefold()]


def _day(said: Mapping[str, str], name: str) -> date | None:
    text = said.get(name, "")
    if not text:
        return None
    found = _DAY.fullmatch(text)
    try:
        if found is None:
            raise ValueError(text)
        return date(*map(int, found.groups()))
    except ValueError as error:
        raise BadEventCell(column=name, value=text[:60]) from error


def _amount(said: Mapping[str, str]) -> Decimal | None:
    text = said.get("amount", "")
    if not text:
        return None
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation as error:
        raise BadEventCell(column="amount", value=text[:60]) from error
