"""How long a guarantor can be held to a guarantee, and what has to be done before that ends.

What a reader would get wrong: this is data about law, not legal advice, and each provision says
whether its text was read at its source. Under Chinese law the guarantee period (保证期间) is no
limitation period: nothing suspends, interrupts or prolongs it, and whoever lets it pass without
the preserving act has lost the guarantee. The end is computed without the extension that a last
day on a holiday gives, so that nobody relies on one.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from xindun.prevention.securities.values import Act, GuaranteeForm, GuaranteeTerms

CHINA = "CN"
DEFAULT_MONTHS = 6


@dataclass(frozen=True, slots=True)
class Provision:
    """A provision of law behind a rule.

    Attributes:
        source: where its text was read, on ``read_on``.
        confirmed: whether that is the legislator's own publication.
    """

    title: str
    says: str
    in_force_from: date
    source: str
    read_on: date
    confirmed: bool


_READ_ON = date(2026, 11, 25)
_FROM = date(2021, 1, 1)
_COMMENTARY = "https://m.qbook.qq.com/read/1044618033/17"
_QUOTATION = "https://m.yrrf.cn/wenku/regea/M6wmd3WRKv"
PROVISIONS: dict[str, Provision] = {
    "cn_692": Provision(
        "中华人民共和国民法典 第六百九十二条 (Civil Code of China, art. 692)",
        "The guarantee period is not suspended, interrupted or prolonged. Not agreed, or agreed to"
        " end not after the principal debt falls due, it is six months from that day.",
        *(_FROM, _COMMENTARY, _READ_ON),
        confirmed=False,
    ),
    "cn_693": Provision(
        "中华人民共和国民法典 第六百九十三条 (Civil Code of China, art. 693)",
        "General guarantee: the creditor sues the debtor or applies for arbitration within the"
        " period. Joint guarantee: the creditor demands performance from the guarantor within it."
        " Otherwise the guarantor is free.",
        *(_FROM, _QUOTATION, _READ_ON),
        confirmed=False,
    ),
}
"""Code → provision. Both texts were read in publications of others, word for word the same in
several, and not at the legislator's site, which could not be reached."""


def months_after(day: date, months: int) -> date:
    """The day of the same number some months later, or that month's last day.

    >>> months_after(date(2025, 8, 31), 6)
    datetime.date(2026, 2, 28)
    """
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def bound_until(terms: GuaranteeTerms) -> date | None:
    """The last day of the guarantee period, None where nothing says one.

    Under Chinese law a period that ends not after the debt falls due counts as not agreed, and six
    months from the due date apply. Other laws are not modelled: only what was agreed counts.
    """
    if terms.law != CHINA:
        return terms.agreed_until
    due = terms.principal_due_on
    if terms.agreed_until is not None and (due is None or terms.agreed_until > due):
        return terms.agreed_until
    return None if due is None else months_after(due, DEFAULT_MONTHS)


def act_of(terms: GuaranteeTerms) -> Act | None:
    """What has to be done before the period ends; None when it was done in time.

    An act after the period comes too late and preserves nothing.
    """
    end = bound_until(terms)
    if terms.preserved_on is not None and (end is None or terms.preserved_on <= end):
        return None
    if terms.form is GuaranteeForm.GENERAL:
        return Act.SUE_DEBTOR
    return Act.DEMAND_FROM_GUARANTOR
