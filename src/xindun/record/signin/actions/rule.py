"""Set the company's sign-in rule."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from xindun.kernel.errors import DomainError
from xindun.kit.tenancy import current_tenant_id
from xindun.record.evidence.actions import append
from xindun.record.evidence.values import Subject
from xindun.record.signin.models import SignInRule
from xindun.record.signin.reads import has_second_factor, second_factor_required
from xindun.record.tenants.reads import current_tenant
from xindun.record.tenants.values import Actor, Permission


class OwnFactorFirst(DomainError):
    """Who asks everybody for a second factor needs one."""

    code = "own_factor_first"
    sentence = "Set up a second factor of your own before you ask everybody for one."


def set_rule(*, second_factor: bool, actor: Actor, now: datetime) -> None:
    """Ask everybody in the current company for a second factor, or stop asking.

    Raises:
        NotPermitted: the actor does not manage the company.
        OwnFactorFirst: a person without a second factor would ask others for one.
    """
    actor.check(Permission.COMPANY_MANAGE)
    if second_factor and actor.user_id is not None and not has_second_factor(actor.user_id):
        raise OwnFactorFirst
    if second_factor == second_factor_required():
        return
    with transaction.atomic():
        SignInRule.objects.update_or_create(
            tenant_id=current_tenant_id(),
            defaults={"second_factor": second_factor, "changed_at": now},
        )
        append(
            kind="sign_in_rule_changed",
            subject=Subject("tenant", str(current_tenant().public_id)),
            actor=actor.name,
            occurred_at=now,
            inputs={},
            result={"second_factor": second_factor},
            versions={},
        )
