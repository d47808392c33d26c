"""The draft of the credit policy: its sections edited one by one, compared, submitted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xindun.kernel.errors import DomainError
from xindun.kernel.words import translate
from xindun.prevention.credit_policy import actions, reads
from xindun.prevention.credit_policy.values import CreditPolicy
from xindun.record.tenants.reads import current_tenant
from xindun.record.tenants.values import Permission
from xindun.web.access import actor_of, allowed
from xindun.web.policy.compared import compared, problem_text
from xindun.web.policy.forms import (
    AuthoritiesForm,
    FileForm,
    NumbersForm,
    StarterForm,
    SubmitForm,
    TiersForm,
)
from xindun.web.policy.rule_forms import OneSegmentForm
from xindun.web.policy.shown import sections_of
from xindun.web.words import refusal

EDITORS: dict[str, Callable[[CreditPolicy, Any], Any]] = {
    "tiers": TiersForm,
    "starter": StarterForm,
    "numbers": NumbersForm,
    "authorities": AuthoritiesForm,
}


@allowed(Permission.PORTFOLIO_READ)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The draft beside the policy in force; without a draft, where to begin one."""
    return _shown(request)


@allowed(Permission.POLICY_CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, part: str) -> HttpResponse:
    """One section as a form."""
    if part not in EDITORS:
        raise Http404
    policy, revision = base()
    form = EDITORS[part](policy, request.POST or None)
    return edited(request, form, part, policy, revision)


@allowed(Permission.POLICY_CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def segment(request: HttpRequest, place: int) -> HttpResponse:
    """One segment and its check rules as a form."""
    policy, revision = base()
    if place >= len(policy.segments):
        raise Http404
    form = OneSegmentForm(policy, place, request.POST or None)
    return edited(request, form, "segment", policy, revision)


@allowed(Permission.POLICY_CHANGE)
@require_POST
def bring(request: HttpRequest) -> HttpResponse:
    """Make a YAML file the draft."""
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _shown(request, file_form=form)
    try:
        policy = actions.policy_in(form.cleaned_data["file"].read(actions.LONGEST_BYTES + 1))
        _save(request, policy)
    except actions.UnsoundCreditPolicy as error:
        for each in error.problems:
            form.add_error("file", f"{'.'.join(each.path)}: {said(each.say)}")
        return _shown(request, file_form=form)
    except DomainError as error:
        form.add_error("file", refusal(error))
        return _shown(request, file_form=form)
    messages.success(request, _("The file is the draft now. Compare it, then submit it."))
    return redirect("policy-draft")


@allowed(Permission.POLICY_CHANGE)
@require_POST
def submit(request: HttpRequest) -> HttpResponse:
    """Ask a second person to put the draft in force."""
    form = SubmitForm(request.POST)
    if not form.is_valid():
        return _shown(request, submit_form=form)
    asked: datetime | None = form.cleaned_data["effective_from"]
    if asked is not None:
        zone = ZoneInfo(current_tenant().time_zone)
        asked = asked.replace(tzinfo=zone)
    try:
        actions.submit_draft(
            actor_of(request),
            revision=revision_in(request),
            effective_from=asked,
            now=timezone.now(),
        )
    except DomainError as error:
        form.add_error(None, refusal(error))
        return _shown(request, submit_form=form)
    messages.success(request, _("Submitted. Somebody else has to approve it."))
    return redirect("policy-draft")


@allowed(Permission.POLICY_CHANGE)
@require_POST
def discard(request: HttpRequest) -> HttpResponse:
    """Throw the draft away."""
    try:
        actions.discard_draft(actor_of(request), now=timezone.now())
    except DomainError as error:
        messages.error(request, refusal(error))
        return redirect("policy-draft")
    messages.success(request, _("The draft is gone. The policy in force has not changed."))
    return redirect("policy")


def base() -> tuple[CreditPolicy, int]:
    """What an edit begins with, the draft or else the policy in force, and its revision."""
    found = reads.draft()
    if found is not None:
        return found.policy, found.revision
    return reads.policy_in_force(at=timezone.now()), 0


def edited(
    request: HttpRequest, form: Any, part: str, policy: CreditPolicy, revision: int
) -> HttpResponse:
    """Show a form, or save what it says and go back to the draft."""
    errors: list[str] = []
    refused = False
    if request.method == "POST":
        refused = not form.is_valid()
        changed = policy if refused else form.changed(policy)
        try:
            if not refused:
                _save(request, changed)
                messages.success(request, _("Saved in the draft."))
                return redirect("policy-draft")
        except actions.UnsoundCreditPolicy as error:
            errors = [problem_text(changed, each.path, said(each.say)) for each in error.problems]
        except DomainError as error:
            errors = [refusal(error)]
    context: dict[str, Any] = {
        "form": form,
        "part": part,
        "revision": request.POST.get("revision", revision),
        "errors": errors,
        "waiting": reads.waiting(now=timezone.now()),
    }
    status = 400 if errors or refused else 200
    return render(request, "web/policy/edit.html", context, status=status)


def said(sentence: Callable[[Callable[[str], str]], str]) -> str:
    """A sentence of the pure layers in the reader's language."""
    return sentence(translate(get_language() or "en"))


def _save(request: HttpRequest, policy: CreditPolicy) -> None:
    actions.save_draft(actor_of(request), policy, revision=revision_in(request), now=timezone.now())


def revision_in(request: HttpRequest) -> int:
    """The draft's revision that the form was shown for; 0 where there was no draft."""
    text = request.POST.get("revision", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _shown(
    request: HttpRequest,
    *,
    submit_form: SubmitForm | None = None,
    file_form: FileForm | None = None,
) -> HttpResponse:
    now, found = timezone.now(), reads.draft()
    policy, revision = base()
    before = reads.policy_in_force(at=now)
    context: dict[str, Any] = {
        "draft": found,
        "revision": revision,
        "before": before,
        "changes": compared(before, policy) if found else [],
        "parts": sections_of(policy),
        "segments": policy.segments,
        "waiting": reads.waiting(now=now),
        "zone": current_tenant().time_zone,
        "submit_form": submit_form or SubmitForm(),
        "file_form": file_form or FileForm(),
    }
    refused = bool(submit_form and submit_form.errors) or bool(file_form and file_form.errors)
    return render(request, "web/policy/draft.html", context, status=400 if refused else 200)
