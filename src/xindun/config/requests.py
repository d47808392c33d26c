"""Which tenant a request is for: the one place where sign-in meets the tenant scope."""

from __future__ import annotations

from django.http import HttpRequest

from xindun.record.tenants.reads import memberships_of

SESSION_KEY = "tenant_id"


def tenant_of_request(request: HttpRequest) -> int | None:
    """The tenant chosen in the session, else the user's first; None for nobody's.

    The membership is looked up on every request, so that it ends when it is taken away.
    """
    if not request.user.is_authenticated:
        return None
    mine = [membership.tenant_id for membership in memberships_of(request.user.pk)]
    chosen = request.session.get(SESSION_KEY)
    if chosen in mine:
        return int(chosen)
    return mine[0] if mine else None
