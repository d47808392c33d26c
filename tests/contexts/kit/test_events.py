"""A job that is announced commits with what it is about, in a worker too."""

from __future__ import annotations

import pytest
from django.db import transaction
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
