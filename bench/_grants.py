"""Limits and a policy for benches, written past requests and approvals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from uuid import UUID


def grant_all(buyer_ids: Sequence[int], amount: Decimal, currency: str, *, now: datetime) -> None:
    """A permanent limit for each buyer, inside the caller's tenant scope."""
    from xindun.kit.tenancy import current_tenant_id
    from xindun.prevention.limits.models import GrantedLimit

    GrantedLimit.objects.bulk_create(
        GrantedLimit(
            tenant_id=current_tenant_id(),
            buyer_id=buyer,
            kind="permanent",
            change="granted",
            currency=currency,
            amount=amount,
            valid_from=now,
            decided_by="system:bench",
            decided_at=now,
            evidence_id=UUID(int=0),
        )
        for buyer in buyer_ids
    )


def use_limits_alone(*, now: datetime) -> None:
    """A policy in force that asks for limits alone: synthetic buyers have no checklist."""
    from xindun.kernel.identifiers import new_public_id
    from xindun.kit.tenancy import current_tenant_id
    from xindun.prevention.credit_policy.models import PolicyVersion
    from xindun.prevention.credit_policy.rules import default_policy, json_of
    from xindun.prevention.credit_policy.rules.stored import hash_of
    from xindun.prevention.credit_policy.values import (
        Backing,
        CheckRule,
        Reaction,
        RuleCode,
        Segment,
    )
    from xindun.record.tenants.reads import current_tenant

    policy = default_policy(current_tenant().base_currency)
    limits = (
        CheckRule(RuleCode.STATIC_LIMIT, Reaction.HOLD),
        CheckRule(RuleCode.DYNAMIC_LIMIT, Reaction.HOLD),
    )
    open_account = tuple(
        replace(tier, prepayment_share=Decimal(0), security=Backing.NONE) for tier in policy.tiers
    )
    policy = replace(
        policy, number=1, segments=(Segment("", limits),), tiers=open_account, effective_from=now
    )
    PolicyVersion.objects.create(
        tenant_id=current_tenant_id(),
        public_id=new_public_id(),
        number=1,
        effective_from=now,
        content=json_of(policy),
        content_hash=hash_of(policy),
        proposed_by="system:bench",
        approved_by="system:bench",
        decided_at=now,
        evidence_id=UUID(int=0),
    )
