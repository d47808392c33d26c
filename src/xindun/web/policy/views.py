"""The credit policy in force, any version of it, and both as files."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe

from xindun.prevention.credit_policy import reads
from xindun.prevention.credit_policy.values import CreditPolicy, Version
from xindun.record.tenants.values import Language, Permission
from xindun.web.access import allowed
from xindun.web.policy.compared import compared
from xindun.web.policy.document import typeset_policy
from xindun.web.policy.history import rows_of
from xindun.web.policy.shown import sections_of


@allowed(Permission.PORTFOLIO_READ)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The policy in force now."""
    return _shown(request, reads.policy_in_force(at=timezone.now()))


@allowed(Permission.PORTFOLIO_READ)
@require_safe
def version(request: HttpRequest, number: int) -> HttpResponse:
    """One version, and what it changed."""
    return _shown(request, _asked(number))


@allowed(Permission.PORTFOLIO_READ)
@require_safe
def as_yaml(request: HttpRequest, number: int) -> HttpResponse:  # noqa: ARG001
    """A version to keep, to compare and to bring back as a draft."""
    policy = _asked(number)
    response = HttpResponse(reads.yaml_of(policy), content_type="application/yaml; charset=utf-8")
    return _named(response, f"credit-policy-{policy.number}.yaml", "attachment")


@allowed(Permission.PORTFOLIO_READ)
@require_safe
def as_document(request: HttpRequest, number: int) -> HttpResponse:
    """A version as a written policy; ``?lang=en`` or ``zh-hans`` chooses its language."""
    policy = _asked(number)
    asked = request.GET.get("lang", "")
    language = asked if asked in set(Language) else get_language() or Language.ENGLISH.value
    with override(language):
        made = typeset_policy(policy, _version(number), language)
    response = HttpResponse(made, content_type="application/pdf")
    response.headers["Cache-Control"] = "private, no-store"
    return _named(response, f"credit-policy-{number}.pdf", "inline")


def _shown(request: HttpRequest, policy: CreditPolicy) -> HttpResponse:
    now = timezone.now()
    found = _version(policy.number)
    context: dict[str, Any] = {
        "policy": policy,
        "parts": sections_of(policy),
        "row": rows_of([found])[0] if found else None,
        "changes": (
            compared(reads.policy_numbered(policy.number - 1), policy) if policy.number else []
        ),
        "current": reads.policy_in_force(at=now).number == policy.number,
        "coming": rows_of([each for each in reads.versions(now=now) if each.state == "coming"]),
        "draft": reads.draft(),
        "waiting": reads.waiting(now=now),
    }
    return render(request, "web/policy/page.html", context)


def _asked(number: int) -> CreditPolicy:
    try:
        return reads.policy_numbered(number)
    except reads.UnknownPolicyVersion as error:
        raise Http404 from error


def _version(number: int) -> Version | None:
    found = reads.versions(now=timezone.now())
    return next((each for each in found if each.number == number), None)


def _named(response: HttpResponse, name: str, how: str) -> HttpResponse:
    response.headers["Content-Disposition"] = f'{how}; filename="{name}"'
    return response
