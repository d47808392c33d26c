"""The review as one HTML file that works offline, on paper and on a phone.

What a reader would get wrong: names come from the user's file, so every value is escaped by the
template; the one script and style sheet are the package's own, and nothing is fetched.
"""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape

from xindun.cli.review.charts import Chart, over_time
from xindun.cli.review.document import Document, by_account
from xindun.cli.review.figures import grouped, number, percent, short, with_currency
from xindun.cli.review.methods import KPIS
from xindun.cli.review.names import Names
from xindun.cli.review.sentences import Speaker

LISTED_BUYERS = 2_000
"""Buyers in the page's table; a browser gets slow beyond a few thousand rows."""
WHOLE = 1_000_000
"""Amounts from here on are shown without decimals in the summary."""
SHOWN_ACTIONS = 25
DETAILED_BUYERS = 200
GLANCE = 10_000_000
"""Amounts from here on are shortened in the summary (the full one is below, and in the title)."""

Row = dict[str, Any]


def write_html(path: Path, document: Document, top: int | None = None) -> None:
    """Write the report; ``top`` buyers get a credit file (None: all of up to 200, else 50)."""
    path.write_text(render(document, top), encoding="utf-8")


def render(document: Document, top: int | None = None) -> str:
    """The report as HTML text."""
    say, head = document.say, document.head
    buyers = list(document.buyers(LISTED_BUYERS))
    count = head["summary"]["buyers"]
    detailed = top if top is not None else count if count <= DETAILED_BUYERS else 50
    template = _environment(say).get_template("report.html")
    return template.render(
        head=head,
        lang=say.lang,
        buyers=buyers,
        more_buyers=max(count - len(buyers), 0),
        detailed=detailed,
        buyer_link=_Links(buyers[:detailed]),
        anchor=_anchor,
        months=_months(head["series"], say),
        concentration=_concentration(head["concentration"], say),
        most_grades=max(head["grades"].values(), default=1) or 1,
        kpi_codes=list(KPIS),
        kpi_gaps=_gaps(head["totals"]),
        work=by_account(head["actions"]),
        shown_actions=SHOWN_ACTIONS,
        style=Markup(_asset("style.css")),  # noqa: S704  the package's own file
        script=Markup(_asset("page.js")),  # noqa: S704
    )


def _environment(say: Speaker) -> Environment:
    environment = Environment(
        loader=PackageLoader("xindun.cli.review", "page"),
        autoescape=select_autoescape(),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    names = Names(say)
    environment.filters |= {
        "money": grouped,
        "with_currency": with_currency,
        "money_glance": partial(_glance, lang=say.lang),
        "number": number,
        "percent": percent,
        "amount": lambda text: Decimal(text or 0),
        "trend": _trend,
    }
    environment.globals |= {
        "_": say,
        "share": _share,
        "bucket_name": names.bucket,
        "year_name": names.years,
        "month_name": names.month,
        "currency_name": names.currency,
        "control_name": names.control,
        "ageing_words": names.ageing,
        "kpi_label": lambda code: say(KPIS[code]),
        "kpi_method": lambda code: say.phrase("method", code),
        "days_late": lambda held: max(held["max_days_overdue"] or 0, 0) or None,
        "urgency": _urgency,
        "tone": _tone,
    }
    return environment


def _asset(name: str) -> str:
    return (files("xindun.cli.review") / "page" / name).read_text("utf-8")


class _Links:
    """A buyer's name, linked to its credit file when the page has one."""

    def __init__(self, detailed: list[Row]) -> None:
        self._anchors = {_identity(buyer): _anchor(buyer) for buyer in detailed}

    def __call__(self, row: Row) -> Markup:
        anchor = self._anchors.get(_identity(row))
        if anchor is None:
            return escape(row["name"])
        return Markup('<a href="#{}">{}</a>').format(anchor, row["name"])


def _identity(row: Row) -> int:
    return int(row["buyer_id"])


def _anchor(buyer: Row) -> str:
    return f"b{_identity(buyer)}"


def _glance(text: str, whole: str, lang: str) -> str:
    """An amount of the summary: all amounts of a card are shortened, or none is."""
    size = abs(Decimal(whole))
    if size >= GLANCE:
        return short(text, lang)
    return grouped(text, 0) if size >= WHOLE else grouped(text)


def _share(part: Any, whole: Any) -> float:
    """``part`` of ``whole`` in per cent for a bar, within 0–100."""
    total = float(whole or 0)
    return 0.0 if total <= 0 else round(min(max(float(part or 0) / total, 0.0), 1.0) * 100, 2)


def _trend(value: Any) -> str:
    if value is None:
        return "–"
    return f"+{number(value)}" if Decimal(str(value)) > 0 else number(value)


def _urgency(action: str) -> str:
    return _URGENCY.get(action, "look")


_URGENCY = {
    "hand_over": "stop",
    "hold_orders": "stop",
    "chase_bill": "stop",
    "demand": "act",
    "call": "act",
    "remind": "act",
}


def _tone(reason: Row) -> str:
    ratio = _share(reason["points"], reason["max_points"])
    return "low" if ratio < 34 else "mid" if ratio < 67 else ""


def _months(series: list[Row], say: Speaker) -> list[Row]:
    """The charts of each currency."""
    found = []
    for currency, group in groupby(series, key=lambda month: month["currency"]):
        months = list(group)
        found.append({"currency": currency, "months": months, **_charts(months, say)})
    return found


def _charts(months: list[Row], say: Speaker) -> dict[str, Chart | None]:
    return {
        "amounts": over_time(
            months,
            [("open_total", say("Open total"), "open"), ("overdue", say("Overdue"), "late")],
            say.lang,
        ),
        "dso": over_time(months, [("dso_countback", say("DSO, countback"), "dso")]),
    }


def _concentration(rows: list[Row], say: Speaker) -> list[Row]:
    """Bars of the largest buyers and of the countries, currency by currency."""
    names = {1: say("Largest buyer"), 5: say("Largest 5"), 10: say("Largest 10")}
    return [
        {
            "currency": row["currency"],
            # The usual scale of the index: 10,000 is a single buyer.
            "hhi": round(row["hhi"] * 10_000),
            "tops": [(name, row[f"top{count}_share"]) for count, name in names.items()],
            "countries": row["countries"],
        }
        for row in rows
    ]


def _gaps(totals: list[Row]) -> list[str]:
    """Why key figures are not available, each reason once."""
    found = [
        f"{kpi['label']}, {total['currency']}: {kpi['why_not']}"
        for total in totals
        for kpi in total["kpis"].values()
        if kpi["value"] is None and kpi["why_not"]
    ]
    return list(dict.fromkeys(found))
