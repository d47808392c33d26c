"""Statements of one basis side by side: amounts or shares, ratios, distress models.

What a reader would get wrong: only statements on one basis stand in one table. Another standard,
scope, currency or length of period is a table of its own, chosen above it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from xindun.engine.distress import (
    Disagreement,
    DistressValue,
    Indicator,
    Link,
    Zone,
    disagreement,
    distress_of,
    price_index,
)
from xindun.engine.figures import BALANCES, FLOWS
from xindun.engine.ratios import RATIOS, RatioValue, Unit, ratios_of
from xindun.record.statements.reads import is_year_before
from xindun.record.statements.values import Scope, Standard, Statement
from xindun.web import formats
from xindun.web.statements import words
from xindun.web.words import phrase

MOST_COLUMNS = 6
DOLLAR = "USD"


@dataclass(frozen=True, slots=True)
class Basis:
    """What makes statements comparable; ``key`` stands in the address."""

    standard: Standard
    scope: Scope
    currency: str
    months: int

    @property
    def key(self) -> str:
        """For the address."""
        return f"{self.standard}-{self.scope}-{self.currency}-{self.months}"

    @property
    def name(self) -> str:
        """For people."""
        return f"{words.STANDARDS[self.standard]} · {words.SCOPES[self.scope]} · {self.currency}"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table, a text a column; ``values`` are the numbers that a chart draws."""

    code: str
    name: str
    cells: tuple[str, ...]
    values: tuple[Decimal | None, ...] = ()
    note: str = ""
    lines: tuple[str, ...] = ()
    derived: tuple[bool, ...] = ()


@dataclass(frozen=True, slots=True)
class ModelRow:
    """A distress model on the newest statement, with everything that a reader can check."""

    value: DistressValue
    name: str
    zone: str
    tone: str
    direction: str
    cuts: str
    parts: tuple[tuple[str, str, str, str], ...]
    missing: tuple[tuple[str, str], ...]


def basis_of(statement: Statement) -> Basis:
    """The basis of a statement."""
    return Basis(statement.standard, statement.scope, statement.currency, statement.months)


def bases_of(found: Sequence[Statement]) -> list[Basis]:
    """Every basis, that of the latest accounts first."""
    return list(dict.fromkeys(basis_of(each) for each in found))


def columns_of(found: Sequence[Statement], basis: Basis) -> list[Statement]:
    """The statements of a basis, newest first: on a phone the first column is all one sees."""
    return [each for each in found if basis_of(each) == basis][:MOST_COLUMNS]


def line_rows(columns: Sequence[Statement], *, common_size: bool) -> list[tuple[str, list[Row]]]:
    """Balance sheet and flows; a line that no column has is left out."""
    return [
        (part, [row for name in names if (row := _line_row(columns, name, common_size))])
        for part, names in (("balances", BALANCES), ("flows", FLOWS))
    ]


def _line_row(columns: Sequence[Statement], name: str, common_size: bool) -> Row | None:
    amounts = tuple(getattr(each.figures, name) for each in columns)
    if all(amount is None for amount in amounts):
        return None
    whole = "sales" if name in FLOWS else "total_assets"
    if common_size:
        parts = tuple(
            formats.share_of(amount, getattr(each.figures, whole))
            for amount, each in zip(amounts, columns, strict=True)
        )
        cells = tuple(map(formats.share, parts))
    else:
        cells = tuple(
            formats.money(amount, each.currency)
            for amount, each in zip(amounts, columns, strict=True)
        )
    derived = tuple(name in each.derived for each in columns)
    return Row(name, words.line(name), cells, amounts, derived=derived)


def ratio_values(columns: Sequence[Statement]) -> list[dict[str, RatioValue]]:
    """Every ratio of every column; growth from the column a year before."""
    return [ratios_of(each.figures, _before(columns, each), months=each.months) for each in columns]


def _before(columns: Sequence[Statement], later: Statement) -> Any:
    return next((each.figures for each in columns if is_year_before(each, later)), None)


def ratio_rows(columns: Sequence[Statement]) -> list[tuple[str, list[Row]]]:
    """Ratios by group, each with its formula and, for what is not defined, why."""
    found = ratio_values(columns)
    groups: dict[str, list[Row]] = {}
    for code, ratio in RATIOS.items():
        values = [each[code] for each in found]
        cells = tuple(ratio_text(each) for each in values)
        reasons = dict.fromkeys(words.why(each.why) for each in values if each.why)
        row = Row(
            code,
            phrase("ratio", code),
            cells,
            tuple(each.value for each in values),
            words.formula(ratio),
            (phrase("better", ratio.better), *reasons),
        )
        groups.setdefault(phrase("ratio_group", ratio.group), []).append(row)
    return list(groups.items())


def ratio_text(found: RatioValue) -> str:
    """A ratio as people read it; a dash where there is none."""
    if found.value is None:
        return formats.DASH
    match found.ratio.unit:
        case Unit.SHARE:
            return formats.share(found.value)
        case Unit.DAYS:
            return formats.number(found.value, 0)
        case _:
            return formats.number(found.value, 2)


def models_of(columns: Sequence[Statement]) -> tuple[list[ModelRow], Disagreement | None, int]:
    """Every model on the newest column, where they part, and the year of the price index."""
    newest = columns[0]
    index, year = price_index(newest.ends_on)
    rate = Decimal(1) if newest.currency == DOLLAR else newest.usd_rate
    values = distress_of(
        newest.figures,
        _before(columns, newest),
        months=newest.months,
        usd_rate=rate,
        index=index,
    )
    return [_model_row(each) for each in values.values()], disagreement(values), year


def _model_row(value: DistressValue) -> ModelRow:
    model = value.model
    cuts = {
        Link.NONE: _("safe above {safe}, distress below {distress}").format(
            safe=model.safe, distress=model.distress
        ),
        Link.LOGISTIC: _("distress above P = 0.5"),
        Link.NORMAL: _("distress above P = 0.5"),
    }[model.link]
    return ModelRow(
        value,
        phrase("distress", model.code),
        phrase("zone", value.zone),
        words.TONES.get(value.zone or "", "none"),
        phrase("better", model.better),
        cuts,
        tuple(
            (
                input_name(each.part.input),
                formats.number(each.value, 4),
                str(each.part.coefficient),
                formats.number(each.contribution, 4),
            )
            for each in value.parts
        ),
        tuple((input_name(name), words.why(each)) for name, each in value.why_not.items()),
    )


def input_name(name: str) -> str:
    """The name of a model's input: a ratio's or an indicator's."""
    return phrase("distress_input" if name in set(Indicator) else "ratio", name)


def parted(found: Disagreement) -> list[tuple[str, str, str]]:
    """Zone, its tone and the models that see it, the safest first."""
    comma = ", "
    return [
        (
            phrase("zone", zone),
            words.TONES[zone],
            comma.join(phrase("distress", code) for code in found.by_zone[zone]),
        )
        for zone in Zone
        if zone in found.by_zone
    ]


def known_now(now: datetime) -> dict[str, Any]:
    """The two arguments of reads for a screen that shows the newest."""
    return {"as_of": now.date(), "known_at": now}


@dataclass(frozen=True, slots=True)
class Trend:
    """A chart and the table that it is drawn from."""

    label: str
    unit: str
    names: tuple[str, ...]
    rows: tuple[tuple[Any, tuple[tuple[str, Decimal | None], ...]], ...]


TREND_LINES = ("sales", "ebit", "net_income")
TREND_RATIOS = ("liabilities_to_assets", "gross_margin", "net_margin")


def trends_of(columns: Sequence[Statement]) -> list[Trend]:
    """Income over the years, and three ratios that tell where it leads; none for one year."""
    if len(columns) < 2:
        return []
    columns = columns[::-1]
    currency = columns[0].currency
    amounts = [
        (
            each.ends_on,
            tuple(
                (formats.money(amount, currency), amount)
                for amount in (getattr(each.figures, name) for name in TREND_LINES)
            ),
        )
        for each in columns
    ]
    shares = [
        (each.ends_on, tuple((ratio_text(found[c]), _rounded(found[c])) for c in TREND_RATIOS))
        for each, found in zip(columns, ratio_values(columns), strict=True)
    ]
    return [
        Trend(f"{_('Income')}, {currency}", "money", _names("line", TREND_LINES), tuple(amounts)),
        Trend(_("Debt and margins"), "share", _names("ratio", TREND_RATIOS), tuple(shares)),
    ]


def _names(family: str, codes: Sequence[str]) -> tuple[str, ...]:
    return tuple(phrase(family, code) for code in codes)


def _rounded(found: RatioValue) -> Decimal | None:
    return None if found.value is None else round(found.value, 6)
