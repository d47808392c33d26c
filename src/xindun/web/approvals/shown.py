"""Proposals as the list shows them: narrowed, ordered, in the reader's words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from xindun.prevention.onboarding.values import Item
from xindun.prevention.securities.values import SecurityKind
from xindun.record.parties import reads as parties
from xindun.record.screening.values import HitState
from xindun.record.tenants import reads
from xindun.record.tenants.values import Proposal, ProposalState
from xindun.web.access import actor_of
from xindun.web.approvals.forms import KINDS, STATES, ApprovalsForm
from xindun.web.checks.words import ITEMS
from xindun.web.paging import asked_page, sliced
from xindun.web.screening.words import STATES as HIT_STATES
from xindun.web.securities.words import SECURITY_KINDS

NEWEST_FIRST = "-made"


@dataclass(frozen=True, slots=True)
class Row:
    """A proposal with its names; ``own`` and ``decidable`` are the reader's."""

    proposal: Proposal
    what: str
    proposer: str
    decided_by: str
    state: Any
    own: bool
    decidable: bool
    refusable: bool

    @property
    def where(self) -> str:
        """The page on which the reader sees what it is about; empty where there is none."""
        if self.proposal.kind == "hit_decided":
            return reverse("hit", args=[self.proposal.subject_id])
        if self.proposal.kind == "model_promoted":
            return reverse("model", args=[self.proposal.payload["model"]])
        if self.proposal.kind == "credit_policy_changed":
            return reverse("policy-draft") if self.open else reverse("policy-versions")
        if self.proposal.kind == "waiver_granted":
            return reverse("buyer-checks", args=[self.proposal.payload["buyer"]])
        if self.proposal.kind == "party_merged":
            survivor = parties.party(UUID(self.proposal.payload["survivor"]))
            buyer = next(iter(parties.buyers_of(survivor.id)), None)
            return reverse("identity", args=[buyer.public_id]) if buyer else ""
        return ""

    @property
    def open(self) -> bool:
        """Whether it still waits."""
        return self.proposal.state is ProposalState.OPEN


SORTS: dict[str, Callable[[Row], Any]] = {
    "what": lambda row: row.what.casefold(),
    "proposer": lambda row: row.proposer.casefold(),
    "made": lambda row: row.proposal.proposed_at,
    "state": lambda row: str(row.state).casefold(),
}


def list_context(request: HttpRequest) -> dict[str, Any]:
    """The variables of the list."""
    rows, sort = wanted(request)
    found = sliced(rows, asked_page(request))
    return {
        "found": found,
        "rule": reads.four_eyes(),
        "rows": found.rows,
        "sort": sort,
        "filter_form": ApprovalsForm(request.GET),
        "filtered": any(request.GET.get(name) for name in ApprovalsForm.base_fields),
        "list_url": request.path,
        "list_target": "#approvals-list",
    }


def wanted(request: HttpRequest) -> tuple[list[Row], str]:
    """What the reader may decide or made themselves, as the address narrows and orders it."""
    query = request.GET.get("q", "").strip().casefold()
    state, sort = request.GET.get("state", ""), request.GET.get("sort", NEWEST_FIRST)
    if sort.removeprefix("-") not in SORTS:
        sort = NEWEST_FIRST
    found = [
        row
        for row in _rows(request)
        if query in f"{row.what} {row.proposer} {row.decided_by}".casefold()
        if state not in set(ProposalState) or row.proposal.state == state
    ]
    found.sort(key=SORTS[sort.removeprefix("-")], reverse=sort.startswith("-"))
    return found, sort


def _rows(request: HttpRequest) -> list[Row]:
    actor, now = actor_of(request), timezone.now()
    names = {f"user:{each.public_id}": each.name for each in reads.iter_members()}
    decidable = reads.decidable(actor, now)
    return [
        Row(
            proposal=each,
            what=_what(each, names),
            proposer=names.get(each.proposer, each.proposer),
            decided_by=names.get(each.decided_by, each.decided_by),
            state=STATES[each.state],
            own=each.proposer == actor.name,
            decidable=each.public_id in decidable,
            refusable=actor.may(each.needed) or each.proposer == actor.name,
        )
        for each in reads.proposals(now)
        if actor.may(each.needed) or each.proposer == actor.name
    ]


def _what(proposal: Proposal, names: dict[str, str]) -> str:
    """What is proposed, in the reader's words."""
    text = str(KINDS.get(proposal.kind, proposal.kind))
    if proposal.kind == "four_eyes_changed":
        alone = _("alone after %(n)s h") % {"n": proposal.payload["delay_hours"]}
        rule = alone if proposal.payload["sole_user"] else _("never alone")
        return f"{text}: {rule}"
    if proposal.kind == "hit_decided":
        decision = HIT_STATES[HitState(proposal.payload["decision"])]
        return (
            f"{text}: {decision} · {proposal.payload['list'].upper()} {proposal.payload['entry']}"
        )
    if proposal.kind == "waiver_granted":
        return f"{text}: {ITEMS[Item(proposal.payload['item'])]} → {proposal.payload['last_on']}"
    if proposal.kind == "model_promoted":
        return f"{text}: {proposal.payload['name']} {proposal.payload['version']}"
    if proposal.kind == "party_merged":
        merged, survivor = (
            parties.party_itself(UUID(proposal.payload[name])).name
            for name in ("party", "survivor")
        )
        return f"{text}: {merged} → {survivor} · {proposal.payload['reason']}"
    if proposal.kind in ("checklist_changed", "credit_policy_changed"):
        return text
    if proposal.kind == "security_accepted":
        said = proposal.payload
        kind = SECURITY_KINDS[SecurityKind(said["kind"])]
        return f"{text}: {kind} · {said['currency']} {said['amount']}"
    return f"{text}: {names.get('user:' + proposal.subject_id, proposal.subject_id)}"
