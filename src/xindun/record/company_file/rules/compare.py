"""Sources side by side: do they say the same, and if not, what is there to check?

What a reader would get wrong: a conflict names no winner. Two sources may both be right for their
days; the codes say what most often explains such a difference, and a person looks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from itertools import combinations
from typing import Any, cast

from xindun.record.company_file.rules.standing import is_stale
from xindun.record.company_file.values import (
    KINDS,
    Compare,
    Comparison,
    Fact,
    FactKind,
    Json,
    KindSpec,
    Statement,
    ValueType,
    Verdict,
)

UNITS = (Decimal(10), Decimal(1_000), Decimal(10_000), Decimal(1_000_000), Decimal(100_000_000))
"""Factors between two amounts that point at a unit misread: 千, 万, million, 亿."""
SameName = Callable[[str, str], bool]
"""Whether two spellings are one company's name; parties know the rules of that."""
STATUSES = {
    "active": (
        *("active", "issued", "registered", "current", "good standing", "in existence", "live"),
        *("存续", "在业", "开业", "在营", "正常", "登记成立", "迁入"),
    ),
    "dissolved": ("dissolved", "inactive", "cancelled", "deregistered", "closed", "注销"),
    "struck_off": ("struck off", "revoked", "吊销", "撤销"),
    "insolvent": ("insolvency", "bankrupt", "in administration", "receivership", "破产", "重整"),
    "liquidation": ("liquidation", "winding up", "清算"),
}


def compared(facts: Iterable[Fact], *, as_of: date, same_name: SameName) -> tuple[Comparison, ...]:
    """One comparison a kind, in the catalogue's order; events and kinds without facts are none."""
    by_kind: dict[FactKind, list[Fact]] = {}
    for fact in facts:
        if KINDS[fact.kind].event is None:
            by_kind.setdefault(fact.kind, []).append(fact)
    return tuple(
        _comparison(kind, by_kind[kind], as_of, same_name) for kind in KINDS if kind in by_kind
    )


def _comparison(kind: FactKind, facts: list[Fact], as_of: date, same_name: SameName) -> Comparison:
    spec = KINDS[kind]
    said = sorted(facts, key=lambda each: each.as_of, reverse=True)
    statements = tuple(Statement(each, is_stale(each, as_of=as_of)) for each in said)
    if spec.compare is Compare.NEVER or len({each.source for each in said}) == 1:
        return Comparison(kind, statements, Verdict.ONE_SOURCE, ())
    checks: dict[str, None] = {}
    for left, right in combinations(said, 2):
        if not same(spec, left.value, right.value, same_name):
            checks |= dict.fromkeys(_checks(spec, left, right))
    verdict = Verdict.CONFLICT if checks else Verdict.AGREED
    return Comparison(kind, statements, verdict, tuple(checks))


def same(spec: KindSpec, left: Json, right: Json, same_name: SameName) -> bool:
    """Whether two values of a kind say the same."""
    match spec.compare:
        case Compare.NUMBER:
            return _same_number(spec, left, right)
        case Compare.PEOPLE:
            return _names(left) == _names(right)
        case Compare.STATUS:
            return status_code(str(left)) == status_code(str(right))
        case Compare.NAME:
            return same_name(str(left), str(right))
        case Compare.ADDRESS:
            ours, theirs = folded(str(left)), folded(str(right))
            return ours in theirs or theirs in ours
        case Compare.NEVER:
            return True
        case _:
            return left == right


def folded(text: str) -> str:
    """A person's name or an address for comparison: widths, case, spaces and punctuation left out.

    >>> folded("北京华信（上海）有限公司") == folded("北京华信(上海) 有限公司")
    True
    """
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())


def status_code(text: str) -> str:
    """A register's word for a company's state as one of STATUSES; an unknown word as itself.

    >>> status_code("存续（在营、开业、在册）"), status_code("Active"), status_code("?!")
    ('active', 'active', '')
    """
    said = unicodedata.normalize("NFKC", text).casefold()
    # The graver first: "active - proposal to strike off", "in liquidation (registered)".
    for code in ("insolvent", "liquidation", "struck_off", "dissolved", "active"):
        if any(re.search(rf"(?<![a-z]){word}", said) for word in STATUSES[code]):
            return code
    return folded(text)


def _same_number(spec: KindSpec, left: Json, right: Json) -> bool:
    (ours, currency), (theirs, other) = _number(left), _number(right)
    return currency == other and abs(ours - theirs) <= spec.tolerance * max(ours, theirs)


def _number(value: Json) -> tuple[Decimal, str]:
    if isinstance(value, dict):
        return Decimal(str(value["amount"])), str(value["currency"])
    return Decimal(cast("int", value)), ""


def _names(value: Json) -> frozenset[str]:
    people = cast("list[dict[str, Any]]", value)
    return frozenset(folded(each["name"]) for each in people)


def _checks(spec: KindSpec, left: Fact, right: Fact) -> list[str]:
    """What explains such a difference most often; ``left`` is not the older one."""
    found = []
    if spec.type in (ValueType.MONEY, ValueType.COUNT):
        (ours, currency), (theirs, other) = _number(left.value), _number(right.value)
        if currency != other:
            found.append("currencies_differ")
        elif min(ours, theirs) and max(ours, theirs) / min(ours, theirs) in UNITS:
            found.append("unit_misread")
    if spec.type is ValueType.DATE and _swapped(str(left.value), str(right.value)):
        found.append("day_and_month_swapped")
    if spec.type is ValueType.CODE:
        found.append("another_company")
    if left.as_of > right.as_of:
        found.append("changed_since")
    return [*found, "ask_the_register"]


def _swapped(left: str, right: str) -> bool:
    """Whether two days differ by the order of day and month only."""
    year, month, day = left.split("-")
    return right == f"{year}-{day}-{month}"
