"""Glue to Procrastinate, whose jobs live in the same database.

A job deferred inside a tenant scope commits or rolls back with it: that is the outbox. What a
reader would get wrong: a worker starts without a tenant. A task either receives ``tenant_id``
and opens the scope itself, or walks all tenants with ``each_tenant``, one transaction each.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable

from procrastinate.contrib.django import app

from xindun.kit.tenancy import tenant_scope

__all__ = ["app", "each_tenant"]

log = logging.getLogger(__name__)


class SomeTenantsFailed(Exception):
    """Work over all tenants failed for some; the others' is committed."""

    def __init__(self, failures: dict[int, Exception]) -> None:
        self.failures = failures
        super().__init__(f"failed for tenants {sorted(failures)}")


def each_tenant(tenant_ids: Iterable[int], work: Callable[[int], object]) -> None:
    """Run ``work(tenant_id)`` in the scope of each tenant, one transaction each.

    One tenant's failure does not stop the next one's work.

    Raises:
        SomeTenantsFailed: at the end, with what each failing tenant raised.
    """
    failures: dict[int, Exception] = {}
    for tenant_id in tenant_ids:
        try:
            with tenant_scope(tenant_id):
                work(tenant_id)
        # Any failure of one tenant's is reported at the end, none is swallowed.
        except Exception as error:
            log.exception("work failed for tenant %s", tenant_id)
            failures[tenant_id] = error
    if failures:
        raise SomeTenantsFailed(failures)
