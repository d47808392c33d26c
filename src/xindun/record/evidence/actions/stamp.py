"""Let an outside authority stamp the newest tree head (RFC 3161).

What a reader would get wrong: the log never waits for this. The call is made outside any
transaction; when the authority is down, records are sequenced and signed as ever, the failure is
kept for the screens, and the next stamp covers everything meanwhile.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection

from xindun.kernel.errors import DomainError
from xindun.kernel.time_stamps import stamp_question, stamped_at
from xindun.kit.outgoing import send
from xindun.kit.tenancy import current_tenant_id, tenant_scope
from xindun.record.evidence import models, values
from xindun.record.evidence.reads.log import checkpoint_of, newest_head
from xindun.record.evidence.reads.stamps import stamp_state, stamp_value
from xindun.record.evidence.reads.trust import stamp_roots
from xindun.record.evidence.rules import stamp_is_due, wait_after

ANSWERED = 200
QUERY = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}

log = logging.getLogger(__name__)


class StampRefused(DomainError):
    """The authority answered, but not with a stamp."""

    code = "stamp_refused"
    sentence = "The time-stamp authority answered with status {status}."


def stamp_logs(*, clock: Callable[[], datetime]) -> int:
    """Stamp every log whose turn it is; needs no scope. How many stamps were received."""
    if not settings.XINDUN_TSA_URL:
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT tenant_id FROM evidence_newest_keys() ORDER BY 1")
        tenant_ids = [row[0] for row in cursor.fetchall()]
    found = [stamp_log(tenant_id, clock=clock) for tenant_id in tenant_ids]
    return sum(each is not None for each in found)


def stamp_log(
    tenant_id: int, *, clock: Callable[[], datetime], at_once: bool = False
) -> values.TimeStamp | None:
    """Stamp the newest head of a tenant's log, when that is due or ``at_once`` is said.

    Must not run inside a tenant scope: the authority is called outside any transaction.

    Returns:
        The new stamp; None when there is nothing to stamp yet or the authority failed, which
        ``stamp_state`` then says.
    """
    with tenant_scope(tenant_id):
        head, state = newest_head(), stamp_state()
        if head is None or not (_due(clock(), head, state) or (at_once and _open(head, state))):
            return None
        message = checkpoint_of(head).encode()
    try:
        answer, at = ask(message)
    except DomainError as error:
        log.warning("no time stamp for tenant %s: %s", tenant_id, error)
        with tenant_scope(tenant_id):
            _note_failure(error.code, clock())
        return None
    with tenant_scope(tenant_id):
        return _keep(head, answer, at, clock())


def ask(message: bytes) -> tuple[bytes, datetime]:
    """The authority's answer over ``message``, verified, and the time it says.

    Raises:
        OutgoingFailed, AddressMalformed, AddressNotEncrypted: the call failed or is not allowed.
        StampRefused, StampInvalid, StampRootsUnreadable: as named.
    """
    question = stamp_question(message)
    answer = send("POST", settings.XINDUN_TSA_URL, body=question.body, headers=QUERY)
    if answer.status != ANSWERED:
        raise StampRefused(status=answer.status)
    return answer.body, stamped_at(answer.body, message, stamp_roots(), question.nonce)


def _open(head: values.TreeHead, state: values.StampState) -> bool:
    return state.newest is None or state.newest.head < head.number


def _due(now: datetime, head: values.TreeHead, state: values.StampState) -> bool:
    return stamp_is_due(
        now,
        head=head.number,
        stamped=state.newest.head if state.newest else None,
        stamped_at=state.newest.received_at if state.newest else None,
        every=timedelta(minutes=settings.XINDUN_TSA_MINUTES),
        next_try_at=state.next_try_at,
    )


def _keep(head: values.TreeHead, answer: bytes, at: datetime, now: datetime) -> values.TimeStamp:
    row, _new = models.TimeStamp.objects.get_or_create(
        tenant_id=current_tenant_id(),
        head=models.TreeHead.objects.get(tenant_id=current_tenant_id(), number=head.number),
        defaults={
            "authority": settings.XINDUN_TSA_URL,
            "stamped_at": at,
            "received_at": now,
            "answer": answer,
        },
    )
    models.StampTrouble.objects.filter(tenant_id=current_tenant_id()).update(
        failures=0, failing_since=None, reason="", next_try_at=None
    )
    return stamp_value(row)


def _note_failure(reason: str, now: datetime) -> None:
    row, _new = models.StampTrouble.objects.get_or_create(tenant_id=current_tenant_id())
    row.failures += 1
    row.failing_since = row.failing_since or now
    row.reason = reason
    row.next_try_at = now + wait_after(row.failures)
    row.save()
