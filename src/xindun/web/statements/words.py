"""Words for what statements say about themselves, and formulas as people write them."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xindun.engine.ratios import Ratio, Term, Undefined, Unit
from xindun.engine.ratios.formulas import BEFORE
from xindun.record.statements.reads import IDENTITIES
from xindun.record.statements.values import AuditOpinion, Scope, Standard
from xindun.web.words import phrase, said

STANDARDS: dict[Standard, str | Promise] = {
    Standard.CAS: _("CAS (Chinese standards)"),
    Standard.IFRS: _("IFRS"),
    Standard.US_GAAP: _("US GAAP"),
    Standard.OTHER: _("Other standards"),
}
SCOPES: dict[Scope, str | Promise] = {
    Scope.CONSOLIDATED: _("Consolidated"),
    Scope.SINGLE: _("Single company"),
}
OPINIONS: dict[AuditOpinion, str | Promise] = {
    AuditOpinion.UNQUALIFIED: _("Unqualified opinion"),
    AuditOpinion.QUALIFIED: _("Qualified opinion"),
    AuditOpinion.ADVERSE: _("Adverse opinion"),
    AuditOpinion.DISCLAIMER: _("Disclaimer of opinion"),
    AuditOpinion.UNAUDITED: _("Unaudited"),
    AuditOpinion.NONE_STATED: _("Opinion not stated"),
}
UNITS: dict[int, str | Promise] = {
    1: _("whole units (元)"),
    1_000: _("thousands (千元)"),
    10_000: _("ten thousands (万元)"),
    1_000_000: _("millions (百万元)"),
    100_000_000: _("hundred millions (亿元)"),
}
TONES = {"safe": "good", "grey": "fair", "distress": "bad"}
AND, OVER, TIMES, LESS = " + ", " ÷ ", " × ", " − "


def line(column: str) -> str:
    """The name of a line; of one a year before, too."""
    name = phrase("line", column.removesuffix(BEFORE))
    if not column.endswith(BEFORE):
        return name
    return phrase("line_before", "of", {"line": name})


def formula(ratio: Ratio) -> str:
    """A ratio's formula in the reader's words, written from the formula itself."""
    if ratio.unit is Unit.LOG:
        return f"ln({_sum(ratio.top)})"
    top, bottom = _bracketed(ratio.top), _bracketed(ratio.bottom)
    return f"{top}{OVER}{bottom}" + (f"{TIMES}365" if ratio.unit is Unit.DAYS else "")


def why(undefined: Undefined) -> str:
    """Why there is no value."""
    lines = "、" if _is_chinese() else ", "
    return phrase("undefined", undefined.code, {"lines": lines.join(map(line, undefined.lines))})


def identity(code: str) -> str:
    """An identity of sums, such as total assets = liabilities + equity."""
    found = IDENTITIES[code]
    sides = (AND.join(map(line, side)) for side in (found.left, found.right))
    return (" = " if found.equal else " ≤ ").join(sides)


def unbalanced(code: str, left: object, right: object) -> str:
    """The sentence of an identity that does not hold."""
    return said(IDENTITIES[code].refusal.sentence, {"left": left, "right": right})


def _is_chinese() -> bool:
    from django.utils.translation import get_language

    return (get_language() or "").startswith("zh")


def _sum(terms: Iterable[Term]) -> str:
    text = ""
    for term in terms:
        name = f"|{line(term.column)}|" if term.absolute else line(term.column)
        sign = LESS if term.sign < 0 else AND
        text += f"{sign}{name}" if text else name
    return text


def _bracketed(terms: tuple[Term, ...]) -> str:
    return f"({_sum(terms)})" if len(terms) > 1 else _sum(terms)
