"""How an earlier context tells later ones, without importing them: jobs in the same transaction.

``settings.XINDUN_LISTENERS`` names the tasks that listen to an event. What a reader would get
wrong: announcing twice before the worker has looked gives one job, not two, because each listener
has one place in the queue per tenant. A job that waits there already is held back until the caller
has committed, so that it does not look a moment too early. And inside a worker Procrastinate's own
app writes jobs through a pool of its own, which would commit before the caller does (the listener
then looks at a ledger that has not changed yet); jobs are therefore always written through
Django's connection.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection, transaction
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import JobDeferrer
from procrastinate.manager import JobManager
from procrastinate.tasks import configure_task

from xindun.kit.tenancy import current_tenant_id

LEDGER_CHANGED = "ledger_changed"
"""The current tenant's ledger has a new version."""
PARTY_OPENED = "party_opened"
"""The current tenant keeps a file on another legal entity."""
FILE_CHANGED = "file_changed"
"""What is known of a buyer beside the ledger has changed, or a payment grade has."""
LIMITS_CHANGED = "limits_changed"
"""What orders are compared with has changed: a limit, a security, rates, the policy, a stop."""


def announce(event: str) -> None:
    """Queue a job for every task that listens; it commits or rolls back with the caller.

    Raises:
        TenantScopeMissing: outside a tenant scope.
    """
    for task in settings.XINDUN_LISTENERS.get(event, ()):
        place = f"{task}-{current_tenant_id()}"
        while not (defer_once(task, place=place) or _held_back(place)):
            pass  # a worker took the waiting job in between, so there is room for another


def defer_once(task: str, *, place: str, **arguments: Any) -> bool:
    """Queue ``task`` for the current tenant unless a job already waits in the same place.

    Args:
        task: the task's full name.
        place: what may wait only once; jobs of one place also run one after the other.
        arguments: of the task, JSON values; ``tenant_id`` is added.

    Returns:
        Whether a job was queued.
    """
    queue = task.partition(".")[0]
    job = configure_task(
        name=task,
        job_manager=JobManager(DjangoConnector(alias=DEFAULT_DB_ALIAS)),
        queue=queue,
        lock=place,
        queueing_lock=place,
    )
    return _defer(job, arguments)


def defer_later(task: str, *, at: datetime, place: str, **arguments: Any) -> bool:
    """As ``defer_once``, but not before ``at``, and without keeping other jobs waiting.

    A job that waits for its time would block every later one of the same lock, so it has none.
    """
    job = configure_task(
        name=task,
        job_manager=JobManager(DjangoConnector(alias=DEFAULT_DB_ALIAS)),
        queue=task.partition(".")[0],
        queueing_lock=place,
        schedule_at=at,
    )
    return _defer(job, arguments)


def _defer(job: JobDeferrer, arguments: dict[str, Any]) -> bool:
    try:
        with transaction.atomic():  # a refused insert must not abort the caller's transaction
            job.defer(tenant_id=current_tenant_id(), **arguments)
    except AlreadyEnqueued:
        return False
    return True


def _held_back(place: str) -> bool:
    """Lock the job that waits in ``place``, whose row workers then skip; False if none waits.

    A worker may take it the moment the caller commits, or at its next look a few seconds later.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT FROM procrastinate_jobs"
            " WHERE queueing_lock = %s AND status = 'todo' FOR KEY SHARE",
            [place],
        )
        return cursor.fetchone() is not None


def is_waiting(place: str) -> bool:
    """Whether a job of that place is in the queue or being worked on."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM procrastinate_jobs"
            " WHERE lock = %s AND status IN ('todo', 'doing'))",
            [place],
        )
        return bool(cursor.fetchone()[0])
