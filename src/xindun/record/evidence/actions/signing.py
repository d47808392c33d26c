"""Who may write to the log, and with which key: one writer at a time, and the right key or none.

What a reader would get wrong: a missing key is never replaced by a new one where a log was ever
signed. A second key that nobody announced would look exactly like a forgery.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

from django.db import connection

from xindun.kernel.errors import DomainError
from xindun.kit.tenancy import current_tenant_id
from xindun.record.evidence import models, values
from xindun.record.evidence.actions.append import append
from xindun.record.evidence.ports import Keyring
from xindun.record.evidence.rules import key_statement, origin
from xindun.record.evidence.values import SigningKey, Subject

SEQUENCER = "system:sequencer"
KEYS_LOCK = "evidence.keys"


class SigningKeyMissing(DomainError):
    """Logs were signed before, and the key is not here."""

    code = "signing_key_missing"
    sentence = (
        "The key that signs the evidence is missing: {place}. Restore it from the backup, or copy "
        "it from the machine that has it; until then records wait unsigned."
    )


class SigningKeyMismatch(DomainError):
    """The key here is not the one that the log is signed with."""

    code = "signing_key_mismatch"
    sentence = (
        "The key in {place} is not the one this log is signed with ({key_id}). Restore the right "
        "one, or copy it from the machine that has it; until then records wait unsigned."
    )


def lock_log(*, wait: bool = False) -> bool:
    """Be the only writer of the current tenant's log until the transaction ends.

    Args:
        wait: whether to wait for another writer; otherwise False says that there is one.
    """
    call = "pg_advisory_xact_lock" if wait else "pg_try_advisory_xact_lock"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {call}(hashtextextended(%s, 0))", [f"evidence.log.{current_tenant_id()}"]
        )
        return wait or bool(cursor.fetchone()[0])


def lock_keys() -> None:
    """Until the transaction ends nobody else begins a log or ends a change of keys."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [KEYS_LOCK])


def newest_keys() -> list[tuple[int, str]]:
    """Tenant and id of the key that signs, for every log of the installation."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM evidence_newest_keys()")
        return list(cursor.fetchall())


def signing_key(key_id: str, ring: Keyring) -> SigningKey:
    """The private key of ``key_id``.

    Raises:
        SigningKeyMissing: this machine has none.
        SigningKeyMismatch: this machine has another.
    """
    keys = ring.held()
    if not keys:
        raise SigningKeyMissing(place=ring.place)
    for key in keys:
        if key.key_id == key_id:
            return key
    raise SigningKeyMismatch(place=ring.place, key_id=key_id)


def open_log(ring: Keyring, now: datetime) -> tuple[UUID, SigningKey]:
    """Begin the current tenant's log: its random id, its key, and evidence of both.

    The very first log of an installation makes the key.

    Raises:
        SigningKeyMissing: there is no key here, and other logs are signed.
        SigningKeyMismatch: other logs are signed with a key that is not here.
    """
    lock_keys()  # two machines that start at once must not make two keys
    keys = {key.key_id: key for key in ring.held()}
    others = {key_id for _, key_id in newest_keys()}
    if others and not keys:
        raise SigningKeyMissing(place=ring.place)
    if others and not others & keys.keys():
        raise SigningKeyMismatch(place=ring.place, key_id=min(others))
    # While keys are being changed the last one is the next.
    key = list(keys.values())[-1] if keys else ring.create()
    log = models.EvidenceLog.objects.create(tenant_id=current_tenant_id(), log_id=uuid4())
    begin_key(log.log_id, key, None, from_size=0, actor=SEQUENCER, now=now)
    return log.log_id, key


def begin_key(
    log_id: UUID,
    key: SigningKey,
    old: tuple[values.LogKey, SigningKey] | None,
    *,
    from_size: int,
    actor: str,
    now: datetime,
) -> values.LogKey:
    """Let a key sign from here on, by a statement that it and the key before it sign.

    The statement stands in the table of keys and, as evidence, in the log itself.
    """
    draft = values.LogKey(
        number=old[0].number + 1 if old else 0,
        key_id=key.key_id,
        public_key=key.public_key,
        previous=old[0].key_id if old else "",
        from_size=from_size,
        started_at=now,
        signed_by_new=b"",
        signed_by_old=b"",
    )
    statement = key_statement(origin(log_id), draft)
    begun = replace(
        draft,
        signed_by_new=key.sign(statement),
        signed_by_old=old[1].sign(statement) if old else b"",
    )
    models.LogKey.objects.create(
        tenant_id=current_tenant_id(),
        **{name: getattr(begun, name) for name in values.LogKey.__slots__},
    )
    append(
        kind="evidence_key_changed" if old else "evidence_log_opened",
        subject=Subject("evidence_log", str(log_id)),
        actor=actor,
        occurred_at=now,
        inputs={"previous": begun.previous, "from_size": begun.from_size},
        result={
            "number": begun.number,
            "key_id": begun.key_id,
            "public_key": begun.public_key,
            "signed_by_new": begun.signed_by_new,
            "signed_by_old": begun.signed_by_old,
        },
        versions={},
    )
    return begun
