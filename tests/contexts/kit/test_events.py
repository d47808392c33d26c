"""A job that is announced commits with what it is about, in a worker too."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.contexts.receivables.ledgers import START
from xindun.kit.events import LEDGER_CHANGED, announce
from xindun.kit.jobs import app
from xindun.kit.tenancy import tenant_scope
from xindun.record.tenants import actions as tenants
from xindun.record.tenants.values import NewTenant


def jobs() -> int:
    return len(ProcrastinateJob.objects.filter(task_name="monitoring.run_after_import"))


class Undone(Exception):
    pass


def test_inside_a_worker_a_job_belongs_to_the_caller_s_transaction(db: None) -> None:
    new = NewTenant(name="A", base_currency="EUR", time_zone="Europe/Berlin", country="DE")
    tenant = tenants.create_tenant(new, actor="system:test", now=START)
    before = jobs()
    # What the worker command does; its pool is closed here, so that using it would fail.
    with app.replace_connector(app.connector.get_worker_connector()):
        with pytest.raises(Undone), transaction.atomic(), tenant_scope(tenant.id):
            announce(LEDGER_CHANGED)
            assert jobs() == before + 1
            raise Undone
        assert jobs() == before
        with tenant_scope(tenant.id):
            announce(LEDGER_CHANGED)
            announce(LEDGER_CHANGED)
    assert jobs() == before + 1


def fetched() -> str | None:
    """The task of the job that a worker gets now, from a connection of its own."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT task_name FROM procrastinate_fetch_job_v2(NULL, NULL)")
            return str(task) if (task := cursor.fetchone()[0]) else None
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_a_waiting_job_is_not_taken_before_what_it_shall_see_has_committed() -> None:
    new = NewTenant(name="A", base_currency="EUR", time_zone="Europe/Berlin", country="DE")
    tenant = tenants.create_tenant(new, actor="system:test", now=START)
    with ThreadPoolExecutor(1) as worker:
        with tenant_scope(tenant.id):
            announce(LEDGER_CHANGED)  # by an earlier import
        with tenant_scope(tenant.id):
            announce(LEDGER_CHANGED)
            assert jobs() == 1
            assert worker.submit(fetched).result() is None
        assert worker.submit(fetched).result() == "monitoring.run_after_import"
        with tenant_scope(tenant.id):
            announce(LEDGER_CHANGED)  # the first one runs and may have looked already
        assert jobs() == 2
