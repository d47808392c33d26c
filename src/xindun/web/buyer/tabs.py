"""The tabs of one buyer's file: each screen about a buyer is one of them.

What a reader would get wrong: a tab is a page of its own, so each has an address, works without
JavaScript, and is loaded only when somebody looks at it.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xindun.record.parties import reads
from xindun.record.parties.values import BuyerValue
from xindun.record.tenants.values import Permission
from xindun.web.access import actor_of
from xindun.web.day import asked_day

TABS: tuple[tuple[str, Any, Permission], ...] = (
    ("buyer", _("Account"), Permission.PORTFOLIO_READ),
    ("identity", _("Company"), Permission.FILES_READ),
    ("buyer-group", _("Company group"), Permission.FILES_READ),
    ("buyer-facts", _("Facts"), Permission.FILES_READ),
    ("buyer-files", _("Files"), Permission.FILES_READ),
    ("statements", _("Statements"), Permission.FILES_READ),
    ("buyer-grade", _("Grade"), Permission.FILES_READ),
    ("buyer-limit", _("Limit"), Permission.PORTFOLIO_READ),
    ("buyer-reports", _("Reports"), Permission.FILES_READ),
    ("buyer-checks", _("Checks"), Permission.FILES_READ),
    ("buyer-orders", _("Orders"), Permission.ORDERS_READ),
)
"""Address name (which takes the buyer's public id), label and needed permission, in order."""


def asked_buyer(public_id: UUID) -> BuyerValue:
    """The buyer of the address.

    Raises:
        Http404: this company has no such buyer.
    """
    try:
        return reads.buyer(public_id)
    except reads.UnknownBuyer as error:
        raise Http404 from error


def tabs_context(request: HttpRequest, current: str, buyer: BuyerValue) -> dict[str, Any]:
    """What ``web/buyer/frame.html`` needs: the buyer, its party, and the tabs.

    An earlier day that was asked for stays chosen on every tab.
    """
    granted = actor_of(request).permissions
    day = asked_day(request)
    keep = f"?as_of={day}" if day else ""
    return {
        "buyer": buyer,
        "party": reads.party_of(buyer.id),
        "tabs": [
            (reverse(name, args=[buyer.public_id]) + keep, label, name == current)
            for name, label, needed in TABS
            if needed in granted
        ],
    }
