"""Held orders: who waits, for how much, why, until when, and what would let it pass.

What a reader would get wrong: a deadline that has passed decides nothing by itself. The order goes
on waiting; it only stands on top, marked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from xindun.control.gate import reads
from xindun.control.gate.values import Decision, Hold, HoldState
from xindun.record.parties.reads import buyers_by_id
from xindun.record.parties.values import BuyerValue
from xindun.record.tenants.values import Permission
from xindun.web.access import allowed, whole_or_part
from xindun.web.exports import FORMATS, exported
from xindun.web.filters import LONGEST_QUERY, NARROWS, search_field
from xindun.web.formats import amount_text, moment
from xindun.web.orders.words import STATES, remedies_text, rule_name, sentence
from xindun.web.paging import asked_page

ALL = "all"
AT_ONCE = 500


class HeldForm(forms.Form):
    """How the list is narrowed; nonsense in an address narrows nothing."""

    q = search_field(gettext_lazy("Order number or buyer"))
    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=[
            *((each.value, name) for each, (name, _tone) in STATES.items()),
            (ALL, gettext_lazy("All")),
        ],
        widget=forms.Select(attrs=NARROWS),
    )


@dataclass(frozen=True, slots=True)
class HeldRow:
    """One line of the list."""

    hold: Hold
    buyer: BuyerValue
    decision: Decision
    state: str
    tone: str
    rule: str
    why: str
    remedies: str
    late: bool


def asked_for(request: HttpRequest) -> dict[str, Any]:
    """What the address narrows the list to: those that wait, unless it says otherwise."""
    asked = request.GET.get("state", "")
    state = None if asked == ALL else HoldState.WAITING
    if asked in set(HoldState):
        state = HoldState(asked)
    return {
        "query": request.GET.get("q", "")[:LONGEST_QUERY].replace("\x00", ""),
        "state": state,
        "sort": request.GET.get("sort", "due"),
    }


@allowed(Permission.ORDERS_READ)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The worklist; with HTMX only its rows."""
    asked = asked_for(request)
    found = reads.holds_page(**asked, page=asked_page(request))
    state = asked["state"].value if asked["state"] else ALL
    context = {
        "found": found,
        "rows": rows_of(found.holds, timezone.now()),
        "sort": asked["sort"],
        "state": state,
        "filter_form": HeldForm({"q": asked["query"], "state": state}),
        "filtered": bool(asked["query"]) or asked["state"] is not HoldState.WAITING,
        "list_url": request.path,
        "list_target": "#held-list",
    }
    return whole_or_part(request, "web/orders/held.html", "web/orders/held_list.html", context)


@allowed(Permission.ORDERS_READ)
@require_safe
def export(request: HttpRequest, fmt: str) -> HttpResponseBase:
    """The list as it is narrowed and ordered, all its pages."""
    if fmt not in FORMATS:
        raise Http404
    heads = [
        *(_("Order"), _("Buyer"), _("Amount at risk"), _("Currency"), _("Rule"), _("Why")),
        *(_("What would make it pass"), _("State"), _("Held since (UTC)")),
        *(_("Decide by (UTC)"), _("Decided (UTC)")),
    ]
    # Read now: a streamed answer is sent when the request's scope has closed.
    rows = list(_cells(list(reads.iter_holds(**asked_for(request))), timezone.now()))
    return exported(fmt, f"held-orders-{timezone.now().date()}", heads, rows)


def rows_of(holds: Iterable[Hold], now: datetime) -> list[HeldRow]:
    """Lines of the list, in the same order; two queries however many."""
    found = list(holds)
    buyers = buyers_by_id(each.buyer_id for each in found)
    decisions = reads.decisions_by_id(each.decision_id for each in found)
    return [_row(each, buyers[each.buyer_id], decisions[each.decision_id], now) for each in found]


def _row(hold: Hold, buyer: BuyerValue, decision: Decision, now: datetime) -> HeldRow:
    waits = hold.state is HoldState.WAITING
    name, tone = STATES[hold.state]
    return HeldRow(
        hold=hold,
        buyer=buyer,
        decision=decision,
        state=str(name),
        tone=tone,
        rule=rule_name(hold.binding),
        why=sentence(hold.binding),
        remedies=remedies_text(decision.verdict) if waits else "",
        late=waits and hold.due_at <= now,
    )


def _cells(holds: list[Hold], now: datetime) -> Iterator[tuple[Any, ...]]:
    for start in range(0, len(holds), AT_ONCE):
        for row in rows_of(holds[start : start + AT_ONCE], now):
            hold = row.hold
            yield (
                *(hold.order_number, row.buyer.name, amount_text(hold.at_risk, hold.currency)),
                *(hold.currency, row.rule, row.why, row.remedies, row.state),
                *(moment(hold.opened_at), moment(hold.due_at), moment(hold.decided_at)),
            )
