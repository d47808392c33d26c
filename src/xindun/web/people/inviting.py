"""Invite people, and the open page on which an invited person joins.

What a reader would get wrong: the link is shown to the inviter once, whether or not a mail went
out. It is in no job and no session, because whoever holds it may join.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.mail import send_mail
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from xindun.config.requests import SESSION_KEY
from xindun.kernel.errors import DomainError
from xindun.record.tenants import actions, reads
from xindun.record.tenants.values import Language, NewInvitation, OpenInvitation, Permission, Role
from xindun.web.access import actor_of, allowed, confirmed
from xindun.web.granting import role_name
from xindun.web.people.forms import InviteForm
from xindun.web.words import refusal


class JoinForm(forms.Form):
    """Name and password of a new login."""

    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=200,
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "name"}),
    )
    password = forms.CharField(
        label=gettext_lazy("Choose a password, at least 10 characters"),
        widget=forms.PasswordInput(attrs={"class": "form-control", "autocomplete": "new-password"}),
    )


@allowed(Permission.PEOPLE_MANAGE)
@confirmed
@require_POST
def invite(request: HttpRequest) -> HttpResponse:
    """Make an invitation and show its link once."""
    form = InviteForm(request.POST, reads.roles_here(), reads.current_tenant().kind)
    if not form.is_valid():
        messages.error(request, _("Write an e-mail address and choose a role."))
        return redirect("people")
    try:
        new = actions.invite(
            actor_of(request),
            email=form.cleaned_data["email"],
            role=Role(form.cleaned_data["role"]),
            now=timezone.now(),
        )
    except DomainError as error:
        messages.error(request, refusal(error))
        return redirect("people")
    return _handed_over(request, new)


@allowed(Permission.PEOPLE_MANAGE)
@confirmed
@require_POST
def renew(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A new link for another seven days."""
    try:
        new = actions.renew_invitation(actor_of(request), public_id, now=timezone.now())
    except reads.InvitationGone as error:
        raise Http404 from error
    return _handed_over(request, new)


@allowed(Permission.PEOPLE_MANAGE)
@require_POST
def revoke(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """End an invitation."""
    try:
        actions.revoke_invitation(actor_of(request), public_id, now=timezone.now())
    except reads.InvitationGone as error:
        raise Http404 from error
    messages.success(request, _("The invitation was revoked."))
    return redirect("people")


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link: a new login, or joining with the one there is."""
    now = timezone.now()
    try:
        found = reads.open_invitation(token, now)
    except reads.InvitationGone as error:
        context = {"gone": refusal(error)}
        return render(request, "web/people/join.html", context, status=404)
    user: Any = request.user
    signed_in = user.is_authenticated
    form = JoinForm(request.POST if request.method == "POST" and not signed_in else None)
    if request.method == "POST":
        try:
            if signed_in:
                request.session[SESSION_KEY] = actions.accept_as(user.pk, token, now=now)
                return redirect("portfolio")
            if form.is_valid():
                return _joined_anew(request, token, form)
        except DomainError as error:
            if form.is_bound:
                form.add_error(None, refusal(error))
            else:
                messages.error(request, refusal(error))
    response = render(request, "web/people/join.html", _join_context(request, found, form))
    add_never_cache_headers(response)
    return response


def _joined_anew(request: HttpRequest, token: str, form: JoinForm) -> HttpResponse:
    chinese = (get_language() or "").startswith("zh")
    actions.accept_as_new(
        token,
        name=form.cleaned_data["name"],
        password=form.cleaned_data["password"],
        language=Language.CHINESE if chinese else Language.ENGLISH,
        now=timezone.now(),
    )
    messages.success(request, _("Welcome. Sign in with your new password."))
    return redirect("login")


def _join_context(request: HttpRequest, found: OpenInvitation, form: JoinForm) -> dict[str, Any]:
    user: Any = request.user
    return {
        "found": found,
        "role": role_name(found.invitation.role, found.tenant_kind),
        "form": form,
        "itself": user.is_authenticated and user.email == found.invitation.email,
        "sign_in": f"{reverse('login')}?next={request.path}",
    }


def _handed_over(request: HttpRequest, new: NewInvitation) -> HttpResponse:
    """The link, shown once, and sent when mails can be sent."""
    link = request.build_absolute_uri(reverse("invitation", args=[new.token]))
    context = {"new": new, "link": link, "sent": _sent(new.invitation.email, link)}
    response = render(request, "web/people/invited.html", context)
    add_never_cache_headers(response)
    return response


def _sent(email: str, link: str) -> bool:
    """Whether the mail went out; the link on the screen serves where it did not."""
    if not settings.MAIL_IS_SET_UP:
        return False
    tenant = reads.current_tenant()
    with translation.override(tenant.language.value):
        subject = _("Xindun: join %(company)s") % {"company": tenant.name}
        text = _(
            "You were invited to %(company)s in Xindun.\n\n"
            "Join here, within seven days:\n%(address)s\n\n"
            "If you do not know the company, do nothing."
        ) % {"company": tenant.name, "address": link}
    try:
        return bool(send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [email]))
    except OSError:  # every error of the mail library is one
        return False
