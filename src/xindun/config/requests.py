"""Which tenant a request is for: the one place where sign-in meets the tenant scope."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from xindun.record.tenants.reads import member_actor, memberships_of

SESSION_KEY = "tenant_id"


def tenant_of_request(request: HttpRequest) -> int | None:
    """The tenant chosen in the session, else the user's first; None for nobody's.

    The membership is looked up on every request, so that it ends when it is taken away;
    ``request.actor`` then says who acts there and what they may do.
    """
    user: Any = request.user
    if not user.is_authenticated:
        return None
    mine = {membership.tenant_id: membership for membership in memberships_of(user.pk)}
    if not mine:
        return None
    chosen = mine.get(request.session.get(SESSION_KEY, 0)) or next(iter(mine.values()))
    request.actor = member_actor(user.pk, user.public_id, chosen.role)  # type: ignore[attr-defined]
    return chosen.tenant_id
