"""Sign-in security of the person who looks, and the company's rule for its owners."""

from __future__ import annotations

from typing import Any

from allauth.account import views as account
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from xindun.kernel.errors import DomainError
from xindun.kit.sealing import SealBroken
from xindun.kit.tenancy import has_tenant
from xindun.record.signin import actions, reads
from xindun.record.tenants.reads import memberships_of
from xindun.record.tenants.values import Permission
from xindun.web.access import actor_of, allowed, confirmed, signed_in
from xindun.web.security.forms import RuleForm
from xindun.web.words import refusal

SESSION_KEY = "tenant_id"
"""Where ``config.requests`` looks for the company that was chosen."""


@signed_in
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Everything about how this person signs in."""
    return render(request, "web/security/page.html", _context(request))


def _context(request: HttpRequest) -> dict[str, Any]:
    user: Any = request.user
    mine = Authenticator.objects.filter(user_id=user.pk).order_by("created_at")
    factors = {kind: [each for each in mine if each.type == kind] for kind in Authenticator.Type}
    codes = factors[Authenticator.Type.RECOVERY_CODES]
    required = has_tenant() and reads.second_factor_required()
    sessions = UserSession.objects.purge_and_list(user)
    return {
        "app": next(iter(factors[Authenticator.Type.TOTP]), None),
        "passkeys": factors[Authenticator.Type.WEBAUTHN],
        "has_codes": bool(codes),
        "codes_left": _left(codes[0]) if codes else 0,
        "sessions": sorted(sessions, key=lambda each: each.last_seen_at, reverse=True),
        "own_session": request.session.session_key,
        "required": required,
        "missing": required and not reads.has_second_factor(user.pk),
        "rule_form": RuleForm(initial={"second_factor": required}),
        "has_password": user.has_usable_password(),
    }


class ChangePassword(account.PasswordChangeView):  # type: ignore[misc]
    """A new password; this session goes on, the others end."""

    template_name = "web/security/password.html"

    def get_default_success_url(self) -> str:
        """Back to the overview."""
        return "/security/"


class SetPassword(account.PasswordSetView):  # type: ignore[misc]
    """A first password."""

    template_name = "web/security/password.html"

    def get_default_success_url(self) -> str:
        """Back to the overview."""
        return "/security/"


@signed_in
@require_POST
def end_session(request: HttpRequest, number: int) -> HttpResponse:
    """End one of the person's sessions; their own present one is a sign-out."""
    user: Any = request.user
    actions.end_sessions(user_id=user.pk, public_id=user.public_id, now=timezone.now(), only=number)
    messages.success(request, _("That session has ended."))
    return redirect("security")


@signed_in
@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    user: Any = request.user
    count = actions.end_sessions(
        user_id=user.pk,
        public_id=user.public_id,
        now=timezone.now(),
        keep=request.session.session_key,
    )
    text = ngettext(
        "%(count)s other session has ended.", "%(count)s other sessions have ended.", count
    )
    messages.success(request, text % {"count": count})
    return redirect("security")


@allowed(Permission.COMPANY_MANAGE, before_second_factor=True)
@confirmed
@require_POST
def rule(request: HttpRequest) -> HttpResponse:
    """Ask everybody in the company for a second factor, or stop asking."""
    form = RuleForm(request.POST)
    form.is_valid()
    try:
        actions.set_rule(
            second_factor=form.cleaned_data["second_factor"],
            actor=actor_of(request),
            now=timezone.now(),
        )
    except DomainError as error:
        messages.error(request, refusal(error))
    else:
        messages.success(request, _("The company's rule was saved."))
    return redirect("security")


@signed_in
@require_POST
def switch_company(request: HttpRequest) -> HttpResponse:
    """Go to another company of the person's; one that is not theirs changes nothing."""
    wanted = request.POST.get("company", "")
    for membership in memberships_of(request.user.pk or 0):
        if str(membership.tenant_public_id) == wanted:
            request.session[SESSION_KEY] = membership.tenant_id
    return HttpResponseRedirect("/")


def _left(codes: Authenticator) -> int:
    """How many recovery codes are unused; none where the secret key can read them no longer."""
    try:
        return len(codes.wrap().get_unused_codes())
    except SealBroken:
        return 0
