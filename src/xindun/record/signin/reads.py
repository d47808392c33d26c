"""Questions about addresses, second factors and the company's rule."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.db import connection

from xindun.kit.tenancy import current_tenant_id, tenant_scope
from xindun.record.signin.models import SignInRule
from xindun.record.tenants.reads import BadEmail, memberships_of, normal_email

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""What counts as a second factor; recovery codes alone do not."""


def plain_email(email: str) -> str:
    """The address as a user's row has it; text that is no address stays as it was typed."""
    try:
        return normal_email(email)
    except BadEmail:
        return email


def has_second_factor(user_id: int, *, but: int | None = None) -> bool:
    """Whether the person has a second factor; ``but`` leaves one out by its row."""
    mine = Authenticator.objects.filter(user_id=user_id, type__in=FACTORS)
    return bool(mine.exclude(pk=but).exists())


def owners_without_second_factor() -> int:
    """How many active owners, over all companies, sign in with a password alone.

    Whom a provider signs in has no password here; the second factor is the provider's then.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT signin_owners_without_factor()")
        return int(cursor.fetchone()[0])


def second_factor_required() -> bool:
    """Whether the current company asks everybody for a second factor."""
    return SignInRule.objects.filter(tenant_id=current_tenant_id(), second_factor=True).exists()


def must_add_second_factor(user_id: int) -> bool:
    """Whether the current company asks for one and the person has none."""
    return second_factor_required() and not has_second_factor(user_id)


def may_remove_factor(user_id: int, factor: int) -> bool:
    """Whether the factor may go: it is not the last, or no company of the person asks for one."""
    if has_second_factor(user_id, but=factor):
        return True
    for membership in memberships_of(user_id):
        with tenant_scope(membership.tenant_id):
            if second_factor_required():
                return False
    return True
