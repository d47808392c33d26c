"""Change the key that signs the logs: every log gets the new one, signed by the old one.

What a reader would get wrong: this may be interrupted anywhere. Until the last log has changed
both keys lie in the keyring, and calling again carries on where it stopped.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from xindun.kernel.errors import DomainError
from xindun.kit.tenancy import current_tenant_id, tenant_scope
from xindun.record.evidence import models
from xindun.record.evidence.actions.signing import (
    begin_key,
    lock_keys,
    lock_log,
    newest_keys,
    signing_key,
)
from xindun.record.evidence.ports import Keyring, keyring
from xindun.record.evidence.reads.log import log_keys, newest_head
from xindun.record.evidence.values import SigningKey


class NoKeyYet(DomainError):
    """There is nothing to change: no log was signed yet, or the key is not here."""

    code = "no_key_yet"
    sentence = "There is no evidence key at {place} to change."


def rotate_key(*, actor: str, clock: Callable[[], datetime]) -> tuple[str, int]:
    """Let a new key sign the logs of all tenants; needs no scope.

    Args:
        actor: as evidence writes it.

    Returns:
        The new key's id, and how many logs changed over in this call.

    Raises:
        NoKeyYet: no key is in use here.
        SigningKeyMismatch: the key here is not the one a log is signed with; the logs before it
            have changed over, and both keys are kept.
    """
    ring = keyring()
    if not ring.held():
        raise NoKeyYet(place=ring.place)
    new = ring.prepare_next()
    changed = 0
    while True:
        with transaction.atomic():
            lock_keys()  # so that no log begins with the old key in between
            behind = [tenant for tenant, key_id in newest_keys() if key_id != new.key_id]
            if not behind:
                ring.use_next()
                return new.key_id, changed
        for tenant_id in behind:
            with tenant_scope(tenant_id):
                changed += _change_over(new, ring, actor, clock())


def _change_over(new: SigningKey, ring: Keyring, actor: str, now: datetime) -> bool:
    """Let the current tenant's log be signed with the new key from here on."""
    lock_log(wait=True)
    log_id = models.EvidenceLog.objects.values_list("log_id", flat=True).get(
        tenant_id=current_tenant_id()
    )
    last, head = log_keys()[-1], newest_head()
    if last.key_id == new.key_id:
        return False
    old = (last, signing_key(last.key_id, ring))
    begin_key(log_id, new, old, from_size=head.size if head else 0, actor=actor, now=now)
    return True
