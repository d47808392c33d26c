"""The list on a buyer's tab "Orders": open orders, all orders or checks, one of them at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xindun.control.gate import reads as gate
from xindun.control.gate.values import Decision
from xindun.record.orders import reads as orders
from xindun.record.orders.values import Order
from xindun.record.parties.values import BuyerValue
from xindun.web.filters import LONGEST_QUERY, NARROWS, search_field
from xindun.web.formats import amount_text, moment
from xindun.web.orders.words import (
    ORDER_KINDS,
    ORDER_STATES,
    OUTCOMES,
    remedies_text,
    rule_name,
    why,
)
from xindun.web.paging import asked_page

OPEN, ALL, CHECKS = "open", "all", "checks"
LISTS: dict[str, Any] = {
    OPEN: gettext_lazy("Open orders"),
    ALL: gettext_lazy("All orders"),
    CHECKS: gettext_lazy("Credit checks"),
}


class ListForm(forms.Form):
    """Which list, and how it is narrowed."""

    q = search_field(gettext_lazy("Part of the order's number"))
    list = forms.ChoiceField(
        label=gettext_lazy("Show"),
        required=False,
        choices=list(LISTS.items()),
        widget=forms.Select(attrs=NARROWS),
    )


def list_context(request: HttpRequest, buyer: BuyerValue) -> dict[str, Any]:
    """The variables of the list."""
    shown, query, sort = _asked(request)
    page = asked_page(request)
    if shown == CHECKS:
        found: Any = gate.checks_page(buyer.id, query=query, sort=sort or "-decided", page=page)
        rows: list[Any] = [
            (each, *OUTCOMES[each.verdict.outcome], rule_name(each.verdict.binding))
            for each in found.rows
        ]
    else:
        found = orders.orders_page(
            buyer.id, open_only=shown == OPEN, query=query, sort=sort or "-asked", page=page
        )
        checks = gate.newest_checks(each.id for each in found.rows)
        rows = [(each, *ORDER_STATES[each.state], checks.get(each.id)) for each in found.rows]
    return {
        "found": found,
        "rows": rows,
        "shown": shown,
        "sort": sort or ("-decided" if shown == CHECKS else "-asked"),
        "filter_form": ListForm({"q": query, "list": shown}),
        "filtered": bool(query),
        "list_url": reverse("buyer-orders", args=[buyer.public_id]),
        "list_target": "#orders-list",
    }


def export_of(
    request: HttpRequest, buyer: BuyerValue
) -> tuple[str, list[str], list[tuple[Any, ...]]]:
    """Name, heads and rows of the list as a file."""
    shown, query, sort = _asked(request)
    if shown == CHECKS:
        heads = [
            *(_("Order"), _("Asked (UTC)"), _("Amount"), _("Currency"), _("Answer"), _("Rule")),
            *(_("Why"), _("What would make it pass"), _("Exposure"), _("Room")),
            *(_("Currency of the limit"), _("Credit policy")),
        ]
        checks = gate.iter_checks(buyer.id, query=query, sort=sort or "-decided")
        return "credit-checks", heads, list(map(_check_cells, checks))
    heads = [
        *(_("Order"), _("Kind"), _("State"), _("Currency"), _("Amount"), _("Released of it")),
        *(
            _("Delivered so far"),
            _("Invoiced"),
            _("Not in the ledger"),
            _("Prepaid"),
            _("Delivery day"),
        ),
        _("Payment terms, days"),
    ]
    found = orders.iter_orders(
        buyer.id, open_only=shown == OPEN, query=query, sort=sort or "-asked"
    )
    return "orders", heads, list(_order_cells(found))


def _asked(request: HttpRequest) -> tuple[str, str, str]:
    shown = request.GET.get("list", OPEN)
    query = request.GET.get("q", "")[:LONGEST_QUERY].replace("\x00", "")
    return shown if shown in LISTS else OPEN, query, request.GET.get("sort", "")


def _order_cells(found: Iterator[Order]) -> Iterator[tuple[Any, ...]]:
    for each in found:
        amounts = (each.amount, each.released, each.delivered, each.invoiced, each.billed)
        yield (
            *(each.number, str(ORDER_KINDS[each.kind]), str(ORDER_STATES[each.state][0])),
            each.currency,
            *(amount_text(amount, each.currency) for amount in (*amounts, each.prepaid)),
            *(each.deliver_on, each.terms_days),
        )


def _check_cells(found: Decision) -> tuple[Any, ...]:
    verdict = found.verdict
    return (
        *(found.order_number, moment(found.decided_at)),
        *(amount_text(found.amount, found.amount_currency), found.amount_currency),
        *(str(OUTCOMES[verdict.outcome][0]), rule_name(verdict.binding), why(verdict)),
        remedies_text(verdict),
        *(amount_text(each, verdict.currency) for each in (verdict.exposure, verdict.room)),
        *(verdict.currency, found.policy_number),
    )
