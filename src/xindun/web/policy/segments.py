"""The segments of a draft: added before the last, moved up, removed."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from xindun.kernel.errors import DomainError
from xindun.prevention.credit_policy import actions
from xindun.prevention.credit_policy.values import CreditPolicy, Segment
from xindun.record.tenants.values import Permission
from xindun.web.access import actor_of, allowed
from xindun.web.policy.draft import base, edited, revision_in
from xindun.web.policy.forms import SegmentForm
from xindun.web.words import refusal


class NewSegmentForm:
    """Whom a new segment is for; it begins with the rules for everybody else."""

    def __init__(self, data: object) -> None:
        self.whom = SegmentForm(None, data)

    def is_valid(self) -> bool:
        """Whether the form can be read."""
        return self.whom.is_valid()

    def changed(self, policy: CreditPolicy) -> CreditPolicy:
        """The policy with the segment before the others, which it would else be hidden by."""
        added = Segment(rules=policy.segments[-1].rules, **self.whom.said())
        return replace(policy, segments=(added, *policy.segments))


@allowed(Permission.POLICY_CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A new segment."""
    policy, revision = base()
    return edited(request, NewSegmentForm(request.POST or None), "segment", policy, revision)


@allowed(Permission.POLICY_CHANGE)
@require_POST
def change(request: HttpRequest, place: int) -> HttpResponse:
    """Move a segment up, or remove it; the last one stays where it is."""
    policy, _newest = base()
    segments = list(policy.segments)
    if place >= len(segments) - 1:
        raise Http404
    moved = segments.pop(place)
    if request.POST.get("step") == "up":
        segments.insert(max(place - 1, 0), moved)
    try:
        actions.save_draft(
            actor_of(request),
            replace(policy, segments=tuple(segments)),
            revision=revision_in(request),
            now=timezone.now(),
        )
    except DomainError as error:
        messages.error(request, refusal(error))
    else:
        messages.success(request, _("Saved in the draft."))
    return redirect("policy-draft")
