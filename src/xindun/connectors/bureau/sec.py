"""SEC company facts: annual statements of filers under US GAAP and IFRS, version by version.

What a reader would get wrong: ``fy`` and ``fp`` describe the filing, not the fact. An annual report
repeats earlier years for comparison under its own ``fy``, and holds quarters too; so the period is
told by ``start`` and ``end`` alone. A year reported again with other amounts is a restatement,
known from the day it was filed; the first version stays. What a later filing does not repeat (a
balance sheet has two years, an income statement three) stands as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from hashlib import sha256
from importlib.resources import files
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

SOURCE = "SEC EDGAR"
FORMS = frozenset(
    form + suffix for form in ("10-K", "10-KT", "20-F", "40-F") for suffix in ("", "/A")
)
STANDARDS = {"us-gaap": "us_gaap", "ifrs-full": "ifrs"}
YEAR_DAYS = (350, 380)
"""Days between the first and the last day of a year of accounts, of 52 or 53 weeks too."""
LARGEST = Decimal(10) ** 18
NEEDED = ("total_assets", "net_income")
"""A year without these two is a remnant, told for comparison."""


class NoCompanyFacts(DomainError):
    """JSON, but no company facts."""

    code = "report_no_company_facts"
    sentence = "{file} is no file of SEC company facts: it needs cik, entityName and facts."


@dataclass(frozen=True, slots=True)
class _Amount:
    """One reported amount of one tag."""

    tag: str
    starts_on: date | None
    ends_on: date
    amount: Decimal
    filed_on: date
    filing: str


@dataclass(frozen=True, slots=True)
class _Line:
    amount: Decimal
    formula: str


def read_company_facts(content: bytes, *, shown: str) -> Report:
    """The annual statements and the name in one file of company facts.

    Raises:
        ReportBroken, NoCompanyFacts: as named.
    """
    told = parsed(content, shown=shown)
    facts = told.get("facts") if isinstance(told, dict) else None
    name = told.get("entityName") if isinstance(told, dict) else None
    cik = _cik(told.get("cik")) if isinstance(told, dict) else ""
    if not isinstance(facts, dict) or not isinstance(name, str) or not name.strip() or not cik:
        raise NoCompanyFacts(file=shown)
    statements: list[ReportedStatement] = []
    notices: list[Notice] = []
    newest = date.min
    for taxonomy, standard in STANDARDS.items():
        amounts, broken = _amounts(facts.get(taxonomy), taxonomy)
        if broken:
            params = {"count": str(broken), "taxonomy": taxonomy}
            notices.append(Notice("amounts_not_read", params))
        statements += _statements(amounts, taxonomy, standard)
        of_all = (each.filed_on for rows in amounts.values() for each in rows)
        newest = max(newest, max(of_all, default=date.min))
    if not statements:
        notices.append(Notice("no_annual_statement"))
    return Report(
        source=SOURCE,
        format=ReportFormat.SEC_COMPANY_FACTS,
        subject=Subject(" ".join(name.split())[:500], "", {"cik": cik}),
        facts=_facts(name, cik, newest) if newest > date.min else (),
        statements=tuple(sorted(statements, key=lambda each: (each.filed_on, each.ends_on))),
        sha256=sha256(content).hexdigest(),
        as_of=newest,
        notices=tuple(notices),
    )


def _facts(name: str, cik: str, as_of: date) -> tuple[ReportedFact, ...]:
    return (
        ReportedFact("legal_name", " ".join(name.split())[:500], as_of),
        ReportedFact("register_number", f"CIK {cik}", as_of),
    )


def _statements(
    amounts: Mapping[str, list[_Amount]], taxonomy: str, standard: str
) -> Iterator[ReportedStatement]:
    """Every version of every year in one currency, the one in which assets are told most."""
    currency = max(amounts, key=lambda code: _count(amounts[code], "Assets"), default=None)
    if currency is None:
        return
    known: dict[date, dict[str, _Line]] = {}
    for filing, rows in sorted(_by_filing(amounts[currency]).items()):
        for ends_on, starts_on in sorted(_years(rows).items()):
            told = _lines(rows, starts_on, ends_on, taxonomy)
            before = known.get(ends_on)
            if before is None:
                if not all(name in told for name in NEEDED):
                    continue
                lines = told
            else:
                lines = before | told
                if not _says_else(before, told):
                    known[ends_on] = lines
                    continue
            known[ends_on] = lines
            yield ReportedStatement(
                starts_on=starts_on,
                ends_on=ends_on,
                standard=standard,
                currency=currency,
                filed_on=filing[0],
                key=filing[1],
                lines={name: line.amount for name, line in lines.items()},
                tags={name: line.formula for name, line in lines.items()},
                restates=before is not None,
            )


def _says_else(before: Mapping[str, _Line], told: Mapping[str, _Line]) -> bool:
    """Whether a line has another amount by the same tags: other tags are another question."""
    return any(
        before[name].formula == line.formula and before[name].amount != line.amount
        for name, line in told.items()
        if name in before
    )


def _lines(
    rows: Iterable[_Amount], starts_on: date, ends_on: date, taxonomy: str
) -> dict[str, _Line]:
    """The lines of one year in one filing."""
    told = {
        each.tag: each.amount
        for each in rows
        if each.ends_on == ends_on and each.starts_on in (None, starts_on)
    }
    found = {}
    for name, alternatives in lines_of(taxonomy).items():
        for terms in alternatives:
            if all(tag in told for _sign, tag, optional in terms if not optional):
                used = [(sign, tag) for sign, tag, _optional in terms if tag in told]
                amount = sum((sign * told[tag] for sign, tag in used), Decimal(0))
                formula = " ".join(f"{'-' if sign < 0 else '+'} {tag}" for sign, tag in used)
                found[name] = _Line(amount, formula.removeprefix("+ "))
                break
    return found


def _years(rows: Iterable[_Amount]) -> dict[date, date]:
    """Last day → first day of every year of accounts that the filing tells flows of."""
    years: dict[date, date] = {}
    for each in rows:
        if each.starts_on is None:
            continue
        days = (each.ends_on - each.starts_on) / timedelta(days=1)
        if YEAR_DAYS[0] <= days <= YEAR_DAYS[1]:
            years[each.ends_on] = each.starts_on
    return years


def _by_filing(rows: Iterable[_Amount]) -> dict[tuple[date, str], list[_Amount]]:
    found: dict[tuple[date, str], list[_Amount]] = {}
    for each in rows:
        found.setdefault((each.filed_on, each.filing), []).append(each)
    return found


def _amounts(tags: object, taxonomy: str) -> tuple[dict[str, list[_Amount]], int]:
    """Currency → amounts of annual filings, of the tags that are read; how many were broken."""
    found: dict[str, list[_Amount]] = {}
    broken = 0
    if not isinstance(tags, dict):
        return found, broken
    for tag in sorted(_tags_of(taxonomy)):
        told = tags.get(tag)
        units = told.get("units") if isinstance(told, dict) else None
        for unit, rows in (units if isinstance(units, dict) else {}).items():
            if not is_currency(unit) or not isinstance(rows, list):
                continue
            for row in rows:
                if not isinstance(row, dict) or row.get("form") not in FORMS:
                    continue
                amount = _amount(tag, row)
                if amount is None:
                    broken += 1
                else:
                    found.setdefault(unit, []).append(amount)
    return found, broken


def _amount(tag: str, row: Mapping[str, Any]) -> _Amount | None:
    """A row as an amount; None where it is not what the interface describes."""
    value = row.get("val")
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    amount = Decimal(value)
    start = row.get("start")
    try:
        if not amount.is_finite() or abs(amount) >= LARGEST:
            return None
        return _Amount(
            tag,
            None if start is None else date.fromisoformat(start),
            date.fromisoformat(row["end"]),
            amount,
            date.fromisoformat(row["filed"]),
            str(row["accn"])[:40],
        )
    except (KeyError, TypeError, ValueError):
        return None


def _count(rows: Iterable[_Amount], tag: str) -> int:
    return sum(each.tag == tag for each in rows)


def _cik(value: object) -> str:
    """The Central Index Key without leading zeros; empty where it is none."""
    text = str(value).strip().lstrip("0") if isinstance(value, int | str) else ""
    return text if text.isascii() and text.isdigit() and len(text) <= 10 else ""


@cache
def lines_of(taxonomy: str) -> dict[str, tuple[tuple[tuple[int, str, bool], ...], ...]]:
    """Line → alternatives → terms (sign, tag, may be missing), from ``sec_lines.yaml``."""
    content = (files("xindun.connectors.bureau") / "sec_lines.yaml").read_text(encoding="utf-8")
    told = yaml.safe_load(content)[taxonomy]
    return {name: tuple(map(_terms, alternatives)) for name, alternatives in told.items()}


@cache
def _tags_of(taxonomy: str) -> frozenset[str]:
    return frozenset(
        tag
        for alternatives in lines_of(taxonomy).values()
        for terms in alternatives
        for _sign, tag, _optional in terms
    )


def _terms(formula: str) -> tuple[tuple[int, str, bool], ...]:
    """``A - B?`` as its terms.

    >>> _terms("A - B?")
    ((1, 'A', False), (-1, 'B', True))
    """
    words = ["+", *formula.split()]
    return tuple(
        (-1 if sign == "-" else 1, tag.removesuffix("?"), tag.endswith("?"))
        for sign, tag in zip(words[::2], words[1::2], strict=True)
    )
