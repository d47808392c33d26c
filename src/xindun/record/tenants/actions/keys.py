"""Make, rotate and revoke API keys.

What a reader would get wrong: rotating makes a second key with the same scopes and lets the first
run on for the overlap; the two have different public ids, so evidence tells which one acted.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from xindun.kernel.errors import DomainError
from xindun.kit.outbox import publish
from xindun.kit.tenancy import current_tenant_id, tenant_scope
from xindun.record.evidence.actions import append
from xindun.record.evidence.values import Plain, Subject
from xindun.record.tenants.models import ApiKey
from xindun.record.tenants.reads.keys import RevokedKey, key_value, permissions_named
from xindun.record.tenants.rules.keys import (
    DEFAULT_OVERLAP,
    NOTE_EVERY,
    check_overlap,
    check_scopes,
    end_of_life,
    new_prefix,
    new_secret,
    secret_hash,
    token_of,
)
from xindun.record.tenants.rules.people import check_name
from xindun.record.tenants.values import Actor, KeyHolder, NewKey, Permission, StoredKey


class NoSuchKey(DomainError):
    """No key with this id in the tenant."""

    code = "no_such_key"
    sentence = "There is no API key {public_id}."


def create_key(
    actor: Actor,
    *,
    name: str,
    scopes: frozenset[Permission],
    now: datetime,
    expires_at: datetime | None = None,
) -> NewKey:
    """Make a key of the current tenant; its token is in the answer and nowhere else.

    Args:
        name: what it is for, such as the program's name.
        scopes: what its holder may do; at most what the actor's own role allows, because a key
            outlives a delegation.
        expires_at: at most two years from ``now``; a year when None.

    Raises:
        NotPermitted, NameMissing, NoScopes, ScopeTooWide, BadKeyLife: as named.
    """
    actor.check(Permission.KEYS_MANAGE)
    check_name(name)
    check_scopes(scopes, actor.own)
    ends = end_of_life(expires_at, now)
    with transaction.atomic():
        new = _made(actor, name.strip(), scopes, ends, now)
        _noted("api_key_created", new.key, actor, now, {})
    return new


def rotate_key(
    actor: Actor,
    public_id: UUID,
    *,
    now: datetime,
    overlap: timedelta = DEFAULT_OVERLAP,
    expires_at: datetime | None = None,
) -> NewKey:
    """Replace a key by a new one of the same name and scopes.

    Args:
        overlap: how long the old key stays valid beside the new one; 0 to 30 days.
        expires_at: of the new key, as in ``create_key``.

    Raises:
        NotPermitted, NoSuchKey, RevokedKey, ScopeTooWide, BadKeyLife, BadOverlap: as named.
    """
    actor.check(Permission.KEYS_MANAGE)
    check_overlap(overlap)
    ends = end_of_life(expires_at, now)
    with transaction.atomic():
        old = _locked(public_id)
        if old.revoked_at is not None:
            raise RevokedKey
        scopes = permissions_named(old.scopes)
        check_scopes(scopes, actor.own)
        old.expires_at = min(old.expires_at, now + overlap)
        old.save(update_fields=["expires_at"])
        new = _made(actor, old.name, scopes, ends, now)
        replaced: dict[str, Plain] = {
            "replaces": old.public_id,
            "old_expires_at": old.expires_at,
        }
        _noted("api_key_rotated", new.key, actor, now, replaced)
    return new


def revoke_key(actor: Actor, public_id: UUID, *, now: datetime) -> StoredKey:
    """End a key at once; ending it twice changes nothing.

    Raises:
        NotPermitted, NoSuchKey: as named.
    """
    actor.check(Permission.KEYS_MANAGE)
    with transaction.atomic():
        row = _locked(public_id)
        if row.revoked_at is None:
            row.revoked_at = now
            row.save(update_fields=["revoked_at"])
            _noted("api_key_revoked", key_value(row), actor, now, {})
    return key_value(row)


def revoke_keys_beyond(
    user_id: int, permissions: frozenset[Permission], *, now: datetime
) -> list[UUID]:
    """Revoke the keys of a maker that reach further than ``permissions``, in the caller's
    transaction, which writes the evidence; returns their public ids."""
    rows = ApiKey.objects.filter(
        tenant_id=current_tenant_id(), maker_id=user_id, revoked_at=None
    ).exclude(scopes__contained_by=sorted(each.value for each in permissions))
    found = list(rows.order_by("id").values_list("public_id", flat=True))
    rows.update(revoked_at=now)
    return found


def note_key_use(holder: KeyHolder, now: datetime) -> None:
    """Write when a key was used, at most once an hour, in a short transaction of its own.

    Not inside the request's transaction: the row would stay locked until the request ends, and
    the key's other requests would wait for it.
    """
    with tenant_scope(holder.tenant_id):
        ApiKey.objects.filter(
            Q(last_used_at=None) | Q(last_used_at__lte=now - NOTE_EVERY),
            tenant_id=holder.tenant_id,
            id=holder.key_id,
        ).update(last_used_at=now)


def _made(
    actor: Actor, name: str, scopes: frozenset[Permission], ends: datetime, now: datetime
) -> NewKey:
    prefix, secret = new_prefix(), new_secret()
    row = ApiKey.objects.create(
        tenant_id=current_tenant_id(),
        name=name,
        prefix=prefix,
        secret_hash=secret_hash(secret),
        scopes=sorted(scope.value for scope in scopes),
        made_by=actor.name,
        maker_id=actor.user_id,
        created_at=now,
        expires_at=ends,
    )
    return NewKey(key_value(row), token_of(prefix, secret))


def _locked(public_id: UUID) -> ApiKey:
    rows = ApiKey.objects.select_for_update()
    row = rows.filter(tenant_id=current_tenant_id(), public_id=public_id).first()
    if row is None:
        raise NoSuchKey(public_id=public_id)
    return row


def _noted(kind: str, key: StoredKey, actor: Actor, now: datetime, more: dict[str, Plain]) -> None:
    append(
        kind=kind,
        subject=Subject("api_key", str(key.public_id)),
        actor=actor.name,
        occurred_at=now,
        inputs={},
        result={
            "prefix": key.prefix,
            "scopes": sorted(scope.value for scope in key.scopes),
            "expires_at": key.expires_at,
            **more,
        },
        versions={},
    )
    topic = kind.removeprefix("api_").replace("_", ".")
    publish(topic, f"api_key:{key.public_id}", {}, occurred_at=now)
