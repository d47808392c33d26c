"""The credit policy: in force at a moment, its versions, and the draft that two people agree to.

What a reader would get wrong: a program drafts and submits; a person approves, on the screens. The
policy with number 0 is the built-in default, which nobody has agreed to.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import AwareDatetime, Field

from xindun.api.lists import page_of, place_of
from xindun.api.operations import actor_of, operation
from xindun.api.v1.policy_shapes import PolicyShape
from xindun.api.v1.shapes import Asked, PageAsked, Paged, Shape
from xindun.prevention.credit_policy import actions, reads
from xindun.prevention.credit_policy.values import CreditPolicy, Draft, VersionState
from xindun.record.tenants.values import Permission

router = Router(tags=["Credit policy"])


class CreditPolicyShape(Shape):
    """A version of the credit policy."""

    number: int = Field(description="0 is the built-in default, which nobody has agreed to.")
    effective_from: datetime | None = Field(description="Null for the built-in default.")
    content_hash: str = Field(description="SHA-256 of the content, in hex.")
    policy: PolicyShape


class PolicyVersionShape(Shape):
    """A version as the history knows it."""

    number: int
    state: VersionState = Field(description="Where it stands now.")
    effective_from: datetime
    ends_at: datetime | None = Field(description="When another takes over; null if none is known.")
    decided_at: datetime
    content_hash: str
    evidence: UUID


class PolicyVersionsPage(Paged):
    """A page of versions, the newest first."""

    items: list[PolicyVersionShape]


class PolicyDraftShape(Shape):
    """The draft."""

    revision: int = Field(description="Counts every change; a write names the one it read.")
    changed_at: datetime
    waiting: UUID | None = Field(description="The proposal that holds it, once it is submitted.")
    policy: PolicyShape


class PolicyProposalShape(Shape):
    """A submitted draft, which waits for a second person."""

    proposal: UUID
    expires_at: datetime


class PolicyAsked(Schema):
    """Which policy."""

    at: AwareDatetime | None = Field(None, description="A moment; now when left out.")
    version: int | None = Field(
        None, ge=0, le=2_000_000_000, description="A version's number, whatever the moment."
    )


class VersionsAsked(PageAsked):
    """Nothing narrows the list."""


class DraftAsked(Asked):
    """What the draft is to say."""

    revision: int = Field(ge=0, description="Of the draft that was read; 0 where there was none.")
    policy: PolicyShape


class SubmitAsked(Asked):
    """Which draft, and from when."""

    revision: int = Field(ge=0, description="Of the draft that was read.")
    effective_from: AwareDatetime | None = Field(
        None, description="Left out, it begins as soon as it is approved."
    )


@router.get("/credit-policy", response=CreditPolicyShape, summary="The credit policy")
@operation(Permission.PORTFOLIO_READ)
def get_credit_policy(request: HttpRequest, params: Query[PolicyAsked]) -> CreditPolicyShape:
    """The policy that counts now, at a moment, or under a number."""
    if params.version is not None:
        return _policy(reads.policy_numbered(params.version))
    now = timezone.now()
    return _policy(reads.policy_in_force(at=params.at or now, known_at=now))


@router.get("/credit-policy/versions", response=PolicyVersionsPage, summary="Policy versions")
@operation(Permission.PORTFOLIO_READ)
def list_credit_policies(request: HttpRequest, params: Query[VersionsAsked]) -> PolicyVersionsPage:
    """Every version that was agreed to, the newest first."""
    place = place_of("list_credit_policies", params)
    found = reads.versions(now=timezone.now())
    rows = [each for each in found if place is None or each.number < place["number"]]
    shown, following = page_of(
        request,
        "list_credit_policies",
        params,
        rows[: params.limit + 1],
        lambda row: {"number": row.number},
    )
    return PolicyVersionsPage(
        next=following,
        items=[
            PolicyVersionShape(
                number=each.number,
                state=each.state,
                effective_from=each.effective_from,
                ends_at=each.ends_at,
                decided_at=each.decided_at,
                content_hash=each.content_hash.hex(),
                evidence=each.evidence_id,
            )
            for each in shown
        ],
    )


@router.get("/credit-policy/draft", response=PolicyDraftShape, summary="The draft")
@operation(Permission.PORTFOLIO_READ)
def get_credit_policy_draft(request: HttpRequest) -> PolicyDraftShape:
    """The policy that somebody works on."""
    found = reads.draft()
    if found is None:
        raise actions.NoDraft
    return _draft(found)


@router.put("/credit-policy/draft", response=PolicyDraftShape, summary="Write the draft")
@operation(Permission.POLICY_CHANGE)
def put_credit_policy_draft(request: HttpRequest, body: DraftAsked) -> PolicyDraftShape:
    """Make the draft say this; nothing is in force by it."""
    now = timezone.now()
    policy = actions.policy_of(body.policy.model_dump(), number=0, effective_from=now)
    return _draft(actions.save_draft(actor_of(request), policy, revision=body.revision, now=now))


@router.post(
    "/credit-policy/draft/submit", response=PolicyProposalShape, summary="Submit the draft"
)
@operation(Permission.POLICY_CHANGE)
def submit_credit_policy_draft(request: HttpRequest, body: SubmitAsked) -> PolicyProposalShape:
    """Ask a second person to put the draft in force."""
    found = actions.submit_draft(
        actor_of(request),
        revision=body.revision,
        effective_from=body.effective_from,
        now=timezone.now(),
    )
    return PolicyProposalShape(proposal=found.public_id, expires_at=found.expires_at)


def _policy(policy: CreditPolicy) -> CreditPolicyShape:
    return CreditPolicyShape(
        number=policy.number,
        effective_from=policy.effective_from if policy.number else None,
        content_hash=policy.content_hash.hex(),
        policy=_plain(policy),
    )


def _draft(found: Draft) -> PolicyDraftShape:
    waiting = reads.waiting(now=timezone.now())
    return PolicyDraftShape(
        revision=found.revision,
        changed_at=found.changed_at,
        waiting=waiting.public_id if waiting else None,
        policy=_plain(found.policy),
    )


def _plain(policy: CreditPolicy) -> PolicyShape:
    content: dict[str, Any] = reads.json_of(policy)
    return PolicyShape.model_validate(content)
