"""Who holds an API key, asked before a tenant is known; and the keys of the current tenant."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from hmac import compare_digest

from django.db import connection

from xindun.kit.tenancy import current_tenant_id
from xindun.record.tenants.models import ApiKey
from xindun.record.tenants.rules.keys import (
    NOTE_EVERY,
    SCOPES,
    KeyRefused,
    parts_of,
    secret_hash,
)
from xindun.record.tenants.values import Actor, KeyHolder, Permission, StoredKey


class UnknownKey(KeyRefused):
    """A well-formed key that nobody was given."""

    code = "unknown_key"
    sentence = "This API key is not known here."


class ExpiredKey(KeyRefused):
    """The key's time is over."""

    code = "expired_key"
    sentence = "This API key has expired."


class RevokedKey(KeyRefused):
    """Somebody ended the key."""

    code = "revoked_key"
    sentence = "This API key was revoked."


def key_actor(token: str, now: datetime) -> KeyHolder:
    """The holder of an API key; needs no tenant scope.

    An edge answers all four refusals alike, so that nobody learns which keys once existed. It
    calls ``actions.note_key_use`` when the holder's ``note_due`` says so, before it opens the
    scope of the request.

    Raises:
        MistypedKey, UnknownKey, RevokedKey, ExpiredKey: all of them ``KeyRefused``; the last two
            only to whoever knows the secret.
    """
    prefix, secret = parts_of(token)
    digest = secret_hash(secret)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM tenants_keys_by_prefix(%s)", [prefix])
        rows = cursor.fetchall()
    for key_id, tenant_id, public_id, stored, scopes, expires_at, used_at, revoked_at in rows:
        if not compare_digest(bytes(stored), digest):
            continue
        if revoked_at is not None:
            raise RevokedKey
        if expires_at <= now:
            raise ExpiredKey
        return KeyHolder(
            tenant_id=tenant_id,
            actor=Actor(f"key:{public_id}", permissions_named(scopes)),
            key_id=key_id,
            expires_at=expires_at,
            note_due=used_at is None or now - used_at >= NOTE_EVERY,
        )
    raise UnknownKey


def api_keys() -> list[StoredKey]:
    """All keys that the current tenant ever made, the newest first."""
    rows = ApiKey.objects.filter(tenant_id=current_tenant_id()).order_by("-id")
    return [key_value(row) for row in rows]


def grantable_scopes(actor: Actor) -> frozenset[Permission]:
    """The scopes for which the actor may make a key."""
    return SCOPES & actor.own


def permissions_named(names: Iterable[str]) -> frozenset[Permission]:
    """The permissions of stored names; one that a later version has taken away grants nothing."""
    known = {permission.value for permission in Permission}
    return frozenset(Permission(name) for name in names if name in known)


def key_value(row: ApiKey) -> StoredKey:
    """A row as the value other contexts see."""
    return StoredKey(
        public_id=row.public_id,
        name=row.name,
        prefix=row.prefix,
        scopes=permissions_named(row.scopes),
        made_by=row.made_by,
        created_at=row.created_at,
        expires_at=row.expires_at,
        last_used_at=row.last_used_at,
        revoked_at=row.revoked_at,
    )
