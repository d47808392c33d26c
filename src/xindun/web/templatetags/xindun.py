"""Tags and filters of the screens' templates.

What a reader would get wrong: bars are SVG with attributes, because the content security policy
forbids inline styles.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from babel import Locale
from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, gettext_lazy

from xindun.kernel.money import NO_CURRENCY
from xindun.web import formats, words
from xindun.web.methods import METHODS, Method
from xindun.web.security.browsers import browser_name

register = template.Library()

BUCKET_NAMES = {
    "not_due": gettext_lazy("Not due"),
    "1-30": "1–30",
    "31-60": "31–60",
    "61-90": "61–90",
    "91-120": "91–120",
    "121-180": "121–180",
    "181-365": "181–365",
    ">365": gettext_lazy("Over 365"),
    "r_lt_1y": gettext_lazy("Up to 1 year"),
    "r_1_2y": gettext_lazy("1–2 years"),
    "r_2_3y": gettext_lazy("2–3 years"),
    "r_gt_3y": gettext_lazy("Over 3 years"),
}
KIND_NAMES = {
    "invoice": gettext_lazy("Invoice"),
    "credit_note": gettext_lazy("Credit note"),
    "receipt": gettext_lazy("Receipt"),
    "unbilled_delivery": gettext_lazy("Delivery, not invoiced"),
    "retention": gettext_lazy("Retention money"),
}
TONES = ((3, "good"), (5, "fair"), (7, "poor"), (10, "bad"))

register.filter("money", formats.money)
register.filter("money_with_code", formats.money_with_code)
register.filter("number", formats.number)
register.filter("share", formats.share)
register.filter("share_of", formats.share_of)
register.filter("day", formats.day)
register.filter("exact", formats.amount_text)
register.simple_tag(words.phrase, name="phrase")
register.simple_tag(words.said, name="said")


@register.filter
def bucket(label: str) -> str:
    """An ageing bucket's name in the reader's language."""
    return str(BUCKET_NAMES.get(label, label))


@register.filter
def document_kind(kind: str) -> str:
    """A document's kind in the reader's language."""
    return str(KIND_NAMES.get(kind, kind))


@register.filter
def currency(code: str) -> str:
    """A currency's code; what stands for "none was named" says so."""
    return gettext("no currency") if code == NO_CURRENCY else code


DATE_ORDERS = {
    "ymd": gettext_lazy("year, month, day"),
    "dmy": gettext_lazy("day, month, year"),
    "mdy": gettext_lazy("month, day, year"),
}
DECIMAL_MARKS = {".": gettext_lazy("point"), ",": gettext_lazy("comma")}


@register.filter
def date_order(code: str) -> str:
    """An order of dates in words."""
    return str(DATE_ORDERS.get(code, code))


@register.filter
def hhi(value: Any) -> str:
    """The Herfindahl-Hirschman index on its usual scale: the engine's 1 is 10,000."""
    return formats.number(Decimal(str(value)) * 10_000, 0)


@register.filter
def layout(name: str) -> str:
    """A recognised layout's name; one that is no known export was read by its headers."""
    return gettext("read by its headers") if name == "by headers" else name


@register.filter
def decimal_mark(mark: str) -> str:
    """A decimal mark in words, because a lone point is hard to see."""
    return str(DECIMAL_MARKS.get(mark, mark))


@register.filter
def country(code: str) -> str:
    """A country's name in the reader's language, by CLDR; the code when it has none."""
    name = Locale.parse("zh_Hans" if (get_language() or "").startswith("zh") else "en")
    return str(name.territories.get(code, code))


@register.filter
def browser(user_agent: str) -> str:
    """A browser and its system in two words, from what it says of itself."""
    return browser_name(user_agent)


@register.filter
def tone(grade: int | None) -> str:
    """The tone of a grade: good, fair, poor, bad, or none."""
    if grade is None:
        return "none"
    return next(name for last, name in TONES if grade <= last)


@register.filter
def tone_of_share(value: Any) -> str:
    """The tone of points reached, as a share of the most: 1 is good."""
    reached = Decimal(str(value or 0))
    steps = ((Decimal("0.75"), "good"), (Decimal("0.5"), "fair"), (Decimal("0.25"), "poor"))
    return next((name for least, name in steps if reached >= least), "bad")


@register.filter
def minus(left: Any, right: Any) -> Decimal | None:
    """``left − right``; None where either is not known."""
    return None if left is None or right is None else Decimal(left) - Decimal(right)


@register.filter
def signed(value: Any, places: int = 1) -> str:
    """A difference with its sign: ``+3.0``."""
    text = formats.number(value, places)
    return f"+{text}" if value is not None and Decimal(str(value)) > 0 else text


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon of the sprite; decoration only, so hidden from screen readers."""
    return format_html(
        '<svg class="icon" width="20" height="20" aria-hidden="true" focusable="false">'
        '<use href="{}#{}"></use></svg>',
        static("web/icons.svg"),
        name,
    )


@register.inclusion_tag("web/parts/method.html")
def method(code: str, key: str = "") -> dict[str, Any]:
    """The button that shows a figure's method on focus and hover."""
    found: Method = METHODS[code]
    return {"method": found, "id": f"method-{code}{key}"}


@register.simple_tag
def label(code: str) -> str:
    """A figure's name."""
    return str(METHODS[code].label)


@register.inclusion_tag("web/parts/bar.html")
def bar(part: Any, whole: Any = 1, tone: str = "brand") -> dict[str, Any]:
    """A horizontal bar: ``part`` of ``whole``."""
    value = formats.share_of(part, whole) or Decimal(0)
    return {"width": f"{min(max(value, Decimal(0)), Decimal(1)) * 100:.2f}", "tone": tone}


@register.inclusion_tag("web/parts/buckets.html")
def bucket_bar(buckets: Any) -> dict[str, Any]:
    """An account's ageing as one stacked bar with a text for those who do not see it."""
    total = sum((one.amount for one in buckets), Decimal(0))
    parts, start = [], Decimal(0)
    for position, one in enumerate(buckets):
        width = one.amount / total * 100 if total > 0 else Decimal(0)
        if width > 0:
            parts.append({"x": f"{start:.2f}", "width": f"{width:.2f}", "position": position})
        start += width
    return {"parts": parts}


@register.inclusion_tag("web/parts/sort.html", takes_context=True)
def sort_head(context: Any, name: str, text: str, css: str = "num") -> dict[str, Any]:
    """A column's head that sorts: its own direction first, the other one when pressed again."""
    sort = context["sort"]
    active = sort.removeprefix("-") == name
    first = "-" if css.startswith("num") else ""  # names from A, figures from the largest
    wanted = f"{first}{name}"
    if active:
        wanted = name if sort.startswith("-") else f"-{name}"
    query = context["request"].GET.copy()
    query["sort"] = wanted
    query.pop("page", None)
    return {
        "text": text,
        "css": css,
        "active": active,
        "descending": sort.startswith("-"),
        "href": f"{context['list_url']}?{query.urlencode()}",
        "target": context["list_target"],
    }


@register.simple_tag(takes_context=True)
def with_query(context: Any, **changes: Any) -> str:
    """The current query string with some parameters changed; empty ones leave."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        if value in ("", None):
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}" if query else "?"
