"""Delegations as the list shows them: narrowed, ordered, in the reader's words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from xindun.record.tenants import reads
from xindun.record.tenants.values import Actor, Delegation, DelegationState, Permission
from xindun.web.access import actor_of
from xindun.web.granting import permission_name
from xindun.web.paging import asked_page, sliced
from xindun.web.people.forms import LOAN_STATES, LoansForm

NEWEST_FIRST = "-first"
SORTS: dict[str, Callable[[Delegation], Any]] = {
    "giver": lambda loan: loan.giver.casefold(),
    "receiver": lambda loan: loan.receiver.casefold(),
    "first": lambda loan: (loan.starts_at, loan.ends_at),
    "last": lambda loan: (loan.ends_at, loan.starts_at),
}


def list_context(request: HttpRequest) -> dict[str, Any]:
    """The variables of the list."""
    actor, now = actor_of(request), timezone.now()
    loans, sort = wanted(request, now)
    found = sliced(loans, asked_page(request))
    return {
        "found": found,
        "rows": [_row(loan, actor, now) for loan in found.rows],
        "sort": sort,
        "loans_form": LoansForm(request.GET),
        "filtered": any(request.GET.get(name) for name in LoansForm.base_fields),
        "list_url": request.path,
        "list_target": "#delegations-list",
    }


def wanted(request: HttpRequest, now: datetime) -> tuple[list[Delegation], str]:
    """What concerns the reader (or everybody's), as the address narrows and orders it."""
    actor, query = actor_of(request), request.GET.get("q", "").strip().casefold()
    state, sort = request.GET.get("state", ""), request.GET.get("sort", NEWEST_FIRST)
    if sort.removeprefix("-") not in SORTS:
        sort = NEWEST_FIRST
    found = [
        loan
        for loan in reads.delegations()
        if _concerns(actor, loan)
        if query in f"{loan.giver} {loan.receiver} {' '.join(names_of(loan))}".casefold()
        if state not in set(DelegationState) or loan.state(now) == state
    ]
    found.sort(key=SORTS[sort.removeprefix("-")], reverse=sort.startswith("-"))
    return found, sort


def names_of(loan: Delegation) -> list[str]:
    """What was handed over, in the reader's words."""
    return [permission_name(each) for each in Permission if each in loan.permissions]


def _row(loan: Delegation, actor: Actor, now: datetime) -> dict[str, Any]:
    """A delegation as the list shows it; only who may end it gets the button."""
    state = loan.state(now)
    lasts = state in (DelegationState.RUNNING, DelegationState.COMING)
    return {
        "loan": loan,
        "state": state.value,
        "state_name": LOAN_STATES[state],
        "names": names_of(loan),
        "endable": lasts and (_is_party(actor, loan) or actor.may(Permission.PEOPLE_MANAGE)),
    }


def _concerns(actor: Actor, loan: Delegation) -> bool:
    return _is_party(actor, loan) or actor.may(Permission.PEOPLE_READ)


def _is_party(actor: Actor, loan: Delegation) -> bool:
    return actor.name in (f"user:{loan.giver_id}", f"user:{loan.receiver_id}")
