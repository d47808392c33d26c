"""The catalogue of facts: what each kind holds, how long it keeps, how two sources compare.

What a reader would get wrong: the days after which a fact is stale, and how far two numbers may
be apart, are this project's choices. The terms of court lists are law, and each names its article.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any


class FactKind(StrEnum):
    """One thing that sources say about a company."""

    LEGAL_NAME = "legal_name"
    USCC = "uscc"
    REGISTER_NUMBER = "register_number"
    LEGAL_FORM = "legal_form"
    STATUS = "status"
    FOUNDED_ON = "founded_on"
    REGISTERED_CAPITAL = "registered_capital"
    PAID_IN_CAPITAL = "paid_in_capital"
    ADDRESS = "address"
    ACTIVITY = "activity"
    EMPLOYEES = "employees"
    OFFICERS = "officers"
    BENEFICIAL_OWNERS = "beneficial_owners"
    AUDITOR = "auditor"
    BANK = "bank"
    WEBSITE = "website"
    CREDIT_OPINION = "credit_opinion"
    LITIGATION = "litigation"
    ENFORCEMENT = "enforcement"
    DISHONEST_DEBTOR = "dishonest_debtor"
    CONSUMPTION_RESTRICTION = "consumption_restriction"
    ENFORCEMENT_ENDED = "enforcement_ended"
    INSOLVENCY_FILED = "insolvency_filed"
    INSOLVENCY_OPENED = "insolvency_opened"
    LIQUIDATION = "liquidation"
    STRUCK_OFF = "struck_off"


class ValueType(StrEnum):
    """The shape of a fact's JSON value; ``rules.normal_value`` checks it.

    TEXT and CODE are texts, DATE is ``2019-05-31``, COUNT a whole number, MONEY
    ``{"amount": "5000000", "currency": "CNY"}``, PEOPLE ``[{"name": …, "role": …}]``, and EVENT an
    object of the fields in ``rules.EVENT_FIELDS``.
    """

    TEXT = "text"
    CODE = "code"
    DATE = "date"
    COUNT = "count"
    MONEY = "money"
    PEOPLE = "people"
    EVENT = "event"


class Compare(StrEnum):
    """When two sources say the same."""

    EXACT = "exact"
    NAME = "name"
    STATUS = "status"
    ADDRESS = "address"
    NUMBER = "number"
    PEOPLE = "people"
    NEVER = "never"


class Severity(StrEnum):
    """How much an event in force weighs before anybody judges it, the lightest first."""

    NOTE = "note"
    WARNING = "warning"
    SERIOUS = "serious"
    CRITICAL = "critical"


@dataclass(frozen=True, slots=True)
class EventRule:
    """What a public event means before anybody judges it.

    Attributes:
        expires_after_days: how long it counts where the source states no end; None for until it
            is lifted.
        term_grounds: the grounds that the provision gives the term to, as ``rules.grounds`` numbers
            them; an event on another ground, or on an unstated one, has no end of its own. Empty
            where the term is for every event.
        basis: the provision behind that term; empty where there is no term.
        copy_at: where a copy of the provision that says so can be read; empty while unconfirmed.
            These are private copies, not the court's own publication.
        copy_read_on: the day on which that copy was read.
    """

    severity: Severity
    expires_after_days: int | None = None
    term_grounds: frozenset[str] = frozenset()
    basis: str = ""
    copy_at: str = ""
    copy_read_on: date | None = None


@dataclass(frozen=True, slots=True)
class KindSpec:
    """How facts of one kind are kept.

    Attributes:
        fresh_days: older than that, the fact should be looked up again; None where it never ages.
        many: whether one source states several at a time, told apart by ``source_key``.
        tolerance: by which share two numbers may differ.
    """

    type: ValueType
    compare: Compare
    fresh_days: int | None = 365
    many: bool = False
    tolerance: Decimal = Decimal(0)
    event: EventRule | None = None


def _event(severity: Severity, days: int | None = None, **term: Any) -> KindSpec:
    rule = EventRule(severity, days, **term)
    return KindSpec(ValueType.EVENT, Compare.NEVER, fresh_days=30, many=True, event=rule)


KINDS: dict[FactKind, KindSpec] = {
    FactKind.LEGAL_NAME: KindSpec(ValueType.TEXT, Compare.NAME),
    FactKind.USCC: KindSpec(ValueType.CODE, Compare.EXACT, fresh_days=None),
    FactKind.REGISTER_NUMBER: KindSpec(ValueType.CODE, Compare.EXACT, fresh_days=None),
    FactKind.LEGAL_FORM: KindSpec(ValueType.TEXT, Compare.NAME),
    FactKind.STATUS: KindSpec(ValueType.TEXT, Compare.STATUS, fresh_days=90),
    FactKind.FOUNDED_ON: KindSpec(ValueType.DATE, Compare.EXACT, fresh_days=None),
    FactKind.REGISTERED_CAPITAL: KindSpec(
        ValueType.MONEY, Compare.NUMBER, tolerance=Decimal("0.005")
    ),
    FactKind.PAID_IN_CAPITAL: KindSpec(ValueType.MONEY, Compare.NUMBER, tolerance=Decimal("0.005")),
    FactKind.ADDRESS: KindSpec(ValueType.TEXT, Compare.ADDRESS),
    FactKind.ACTIVITY: KindSpec(ValueType.TEXT, Compare.NEVER),
    FactKind.EMPLOYEES: KindSpec(ValueType.COUNT, Compare.NUMBER, tolerance=Decimal("0.25")),
    FactKind.OFFICERS: KindSpec(ValueType.PEOPLE, Compare.PEOPLE, fresh_days=180),
    FactKind.BENEFICIAL_OWNERS: KindSpec(ValueType.PEOPLE, Compare.PEOPLE, fresh_days=180),
    FactKind.AUDITOR: KindSpec(ValueType.TEXT, Compare.NAME),
    FactKind.BANK: KindSpec(ValueType.TEXT, Compare.NEVER, many=True),
    FactKind.WEBSITE: KindSpec(ValueType.TEXT, Compare.NEVER),
    FactKind.CREDIT_OPINION: KindSpec(ValueType.TEXT, Compare.NEVER, fresh_days=180),
    FactKind.LITIGATION: _event(Severity.NOTE),
    FactKind.ENFORCEMENT: _event(Severity.WARNING),
    # Two years, longer by one to three: the outer end, because a list that is still public must
    # not drop out of the file early. For the first ground (able to pay and refuses) the article
    # sets no term: that entry stands until the source states its end or that it was lifted.
    FactKind.DISHONEST_DEBTOR: _event(
        Severity.CRITICAL,
        5 * 365,
        term_grounds=frozenset("23456"),
        basis="最高人民法院关于公布失信被执行人名单信息的若干规定（法释〔2017〕7号）第二条",
        copy_at="http://lawyeryw.com/article/xinfakuaidi/20231113_1712.html",
        copy_read_on=date(2026, 11, 25),
    ),
    FactKind.CONSUMPTION_RESTRICTION: _event(Severity.SERIOUS),
    # The court looks for assets again every six months for five years.
    FactKind.ENFORCEMENT_ENDED: _event(
        Severity.SERIOUS,
        5 * 365,
        basis="最高人民法院关于严格规范终结本次执行程序的规定（试行）（2016）第九条",
        copy_at="http://haoqin.wang/i/195",
        copy_read_on=date(2026, 11, 25),
    ),
    FactKind.INSOLVENCY_FILED: _event(Severity.SERIOUS),
    FactKind.INSOLVENCY_OPENED: _event(Severity.CRITICAL),
    FactKind.LIQUIDATION: _event(Severity.CRITICAL),
    FactKind.STRUCK_OFF: _event(Severity.CRITICAL),
}
